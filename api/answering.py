"""What every read over HTTP has: who asks, how fresh the answer is, its bytes and its tag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.accepting import answered_in_json
from api.commands import identifier
from api.reading.asking import Asking
from api.reading.freshness import wait
from api.reading.gate import Access
from api.replies import page_of, reply
from api.signin import asking
from api.wiring import Services

READ_AFTER = "read-after"
"""The header in which a client gives the `position` of its last write back."""


class Answering:
    """Answers reads with these services."""

    def __init__(self, services: Services) -> None:
        """Read with these services."""
        self.services = services

    def _of_file(
        self,
        request: Request,
        file: str,
        model: str,
        read: Callable[[Services, Asking, UUID], tuple[Access, dict[str, Any]]],
    ) -> Response:
        """Answer a read of one file that is asked by nothing else."""
        who = self._who(request, model)
        access, content = read(self.services, who, identifier(file))
        return self._answer(request, who, access.ground(), content)

    def _who(self, request: Request, model: str) -> Asking:
        who = asking(request)
        answered_in_json(request)
        wait(self.services, who, request.headers.get(READ_AFTER), model)
        return who

    def _answer(
        self, request: Request, who: Asking, ground: bytes, content: Any, part: str = ""
    ) -> Response:
        """Answer with bytes and a tag over all that they depend on, or with 304."""
        return reply(request, who, page_of(self.services, who, ground, content, part))
