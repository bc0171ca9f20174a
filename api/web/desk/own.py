"""How somebody likes their screen: letters, language, and whether anything calls for attention."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from api.reading.asking import Asking
from api.web.texts import OFFERED
from api.wiring import Services
from domain.language import Choice


class Letters(Choice):
    """How large the letters are."""

    NORMAL = "normal", "gewoon", "normal"
    LARGE = "large", "groot", "large"
    LARGER = "larger", "groter", "larger"


def _offered(code: str) -> str:
    if code not in OFFERED:
        raise ValueError(code)
    return code


class Own(BaseModel):
    """The settings of one person, in all of their roles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    letters: Letters = Letters.NORMAL
    language: Annotated[str, AfterValidator(_offered)] | None = None
    """The code of one that the pages are offered in; None as long as none was chosen."""
    quiet: bool = True
    """Nothing calls for attention; it waits until somebody looks."""
    keys: bool = True
    """The key "/" goes to the field in which one finds somebody."""


def own(services: Services, asking: Asking) -> Own:
    """Give one's own settings; what this version does not know stands as it is for everybody."""
    chosen = services.desk.chosen(asking.actor.person)
    try:
        return Own() if chosen is None else Own.model_validate_json(chosen)
    except ValidationError:
        return Own()


def choose(services: Services, asking: Asking, chosen: Own) -> None:
    """Keep one's own settings."""
    services.desk.choose(asking.actor.person, chosen.model_dump_json())
