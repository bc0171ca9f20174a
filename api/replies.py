"""Makes an answer of bytes with a tag over what it depends on, or tells that nothing changed."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.reading.asking import Asking
from api.reading.kept import Page
from api.wiring import Services


def page_of(services: Services, who: Asking, ground: bytes, content: Any, part: str = "") -> Page:
    """Render what somebody is given; `ground` is what it depends on besides what it holds."""
    body = orjson.dumps(content)
    whole = services.tokens.tag(
        who.actor.person.bytes,
        who.actor.role.encode(),
        who.language.encode(),
        services.today().isoformat().encode(),
        ground,
        body,
    )
    return Page(body, f'"{part}.{whole[1:-1]}"' if part else whole)


def reply(request: Request, who: Asking, page: Page) -> Response:
    """Answer with a page, or with 304 to who has it."""
    headers = {
        "ETag": page.tag,
        "Content-Language": who.language,
        "Vary": "Accept-Language, Authorization, Cookie",
    }
    given = request.headers.get("if-none-match")
    if given is not None and _names(given, page.tag):
        return Response(b"", 304, headers)
    return Response(page.body, 200, headers, "application/json")


def _names(given: str, tag: str) -> bool:
    return any(each.strip().removeprefix("W/") in {tag, "*"} for each in given.split(","))
