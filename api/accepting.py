"""What somebody says they can read: who takes no JSON is told, before anything is done."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request

from api.problems import Kind, Problem
from domain.language import Text

NOT_ACCEPTABLE = Kind("not-acceptable", 406, Text("Alleen JSON", "JSON only"))
_JSON = frozenset({"*/*", "application/*", "application/json"})


def answered_in_json(request: Request) -> None:
    """Refuse who cannot take the answer; no header means that anything is fine. Raises Problem."""
    given = request.headers.get("accept")
    if given is not None and not _takes_json(given):
        raise Problem(
            NOT_ACCEPTABLE,
            Text(
                "Hier komt een antwoord in JSON. Vraag om application/json.",
                "The answer here is JSON. Ask for application/json.",
            ),
        )


@lru_cache(maxsize=1024)
def _takes_json(accept: str) -> bool:
    """Say whether one of these media ranges is JSON; the most exact one that fits decides."""
    fits: dict[str, bool] = {}
    for each in accept.lower().split(","):
        media, *parameters = (part.strip() for part in each.split(";"))
        if media in _JSON:
            fits[media] = not any(_none(parameter) for parameter in parameters)
    ranges = ("application/json", "application/*", "*/*")
    return next((fits[each] for each in ranges if each in fits), not accept.strip())


def _none(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip().strip("0.") == ""
