"""One form: the command that it fills in, what it asks first, and what stands behind "more"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from api.web.forms.fields import Field, Shown, Typed, body, fields_of
from api.web.forms.labels import FIELDS, TITLES
from domain.events.base import Category
from domain.policy import chooses_reader
from domain.roles import Role
from domain.rules.base import Command

LATE = "late_reason"
"""Asked only when it is late."""
_ANEW: Mapping[str, str] = {
    "write-profile": "profile",
    "state-preferences": "preferences",
    "agree-rhythm": "rhythm",
    "agree-search-plan": "search_plan",
    "write-signal-plan": "signal_plan",
    "change-accommodation": "work/{placement}/accommodation/{accommodation}",
}
"""What a command states anew as a whole, by its slot."""


@dataclass(frozen=True, slots=True)
class Registers:
    """Who or what a form makes known first, when it was typed instead of picked."""

    field: str
    """The field of the form's command that names it."""
    command: type[Command]
    by: Mapping[str, str]
    """The fields of that command, by the name under which a form asks them."""
    always: bool = False
    """There is nothing to pick."""

    def typed(self, typed: Typed) -> dict[str, str]:
        """Read what was typed as the body of that command; nothing when nothing was."""
        said = {field: typed.get(name, "").strip() for name, field in self.by.items()}
        return {field: text for field, text in said.items() if text}


@dataclass(frozen=True, slots=True)
class Form:
    """One form: `asks` are shown at once, `more` when somebody wants to tell more."""

    name: str
    """In the address."""
    command: type[Command]
    asks: tuple[Field, ...]
    more: tuple[Field, ...] = ()
    title: str = ""
    icon: str = ""
    intro: str = ""
    warns: str = ""
    """What to know before one writes."""
    save: str = ""
    """The words on the button, when they are not "Save"."""
    others: Mapping[str, Any] = field(default_factory=dict)
    """The words that are otherwise for who does not speak for the client."""
    sees: bool = True
    """It says who will see this."""
    extra: Mapping[str, Field] = field(default_factory=dict)
    """What is typed beside the fields of the command, and read by who saves it."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """What this form says without asking."""
    registers: Registers | None = None
    then: str = ""
    """The address to which it leads on, when that is not the timeline; `{id}` is the trajectory."""
    calls: bool = False
    """Whom to call stands on it: it is a call for help, also when it cannot be saved."""
    own: bool | None = None
    """It is for who speaks for the client alone, or for all others alone."""
    states: str = ""
    """The slot that it fills anew; with slots for ids that its address may name. It begins with
    what stands there."""
    recalls: str = ""
    """A field that begins with what was used last in this file."""
    now: bool = False
    """It is about work that goes on, although its command takes what ended too."""

    @property
    def category(self) -> Category:
        """The row of the matrix that what is noted falls under."""
        return self.command.YIELDS[0].CATEGORY

    @property
    def running(self) -> bool:
        """Of work that ended nothing is offered."""
        return self.now or not getattr(self.command, "ENDED_TOO", True)

    def fits(self, role: Role) -> bool:
        """Say whether it is worded for somebody in this role."""
        return self.own is None or self.own is chooses_reader(role)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything that it asks."""
        return (*self.asks, *self.more, *self.extra.values())

    @property
    def several(self) -> frozenset[str]:
        """The fields of which several values can be sent."""
        return frozenset(each.name for each in self.fields if each.shown.value == "ticks")

    def heading(self) -> str:
        """Give its title: an id in the catalogue."""
        return self.title or TITLES[self.command.NAME]

    def body(self, typed: Typed) -> dict[str, Any]:
        """Read what was typed as the body of the command."""
        new = [Field(self.registers.field, Shown.PICK)] if self.registers else []
        return {**body([*self.asks, *self.more, *new], typed), **self.fixed}


def label(asked: Field) -> str:
    """Give the question of a field: an id in the catalogue."""
    return asked.label or FIELDS[asked.name]


def form(
    name: str,
    command: type[Command],
    *,
    asks: Sequence[str],
    more: Sequence[str] = (),
    but: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    **other: Any,
) -> Form:
    """Make the form of a command: what it asks by name, in another way where `but` says so."""
    known = fields_of(command)

    def fields(names: Sequence[str]) -> tuple[Field, ...]:
        return tuple(known[each].but(**but.get(each, {})) for each in names)

    return Form(name, command, fields(asks), fields(more), **other)


def plain(command: type[Command]) -> Form:
    """Make the form of a command of which nobody said how it should be: what it must know first."""
    found = fields_of(command).values()
    first = tuple(each for each in found if each.required)
    other = tuple(each for each in found if not each.required)
    asks, more = (first, other) if first else (other, ())
    return Form(command.NAME, command, asks, more, states=_ANEW.get(command.NAME, ""))
