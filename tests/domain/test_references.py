"""What a command names must exist: each id is looked up as what it is, under its own field."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.events.base import StreamKind
from domain.events.permissions import RecipientKind
from domain.rules import COMMANDS, Command
from domain.rules.corrections import Correct, CorrectProgrammeEntry
from tests.spec import an_id

PERSON, WORKS_AT = StreamKind.DIRECTORY, StreamKind.DIRECTORY
NAMES = {
    **dict.fromkeys(("person", "client", "received_by", "coach", "giver", "wants_reader"), PERSON),
    **dict.fromkeys(
        ("auditor", "witnessed_by", "supervisor", "mentor", "recipient", "checked_by"), PERSON
    ),
    **dict.fromkeys(("attendees", "organisation", "organisations"), WORKS_AT),
    **dict.fromkeys(("trajectory", "other"), StreamKind.TRAJECTORY),
    "employer": StreamKind.EMPLOYER,
    "programme": StreamKind.PROGRAMME,
}
# Who is taken out, or does something of their own, must be in it: the rule says so.
IN_IT_ALREADY = {
    *("remove-team-member", "join-network", "remove-network-member", "remove-contact-person"),
    *("remove-peer", "survey-needs", "log-training", "add-action", "end-role"),
}
CORRECTIONS = [each for each in COMMANDS if issubclass(each, Correct)]


def filled(command: type[Command]) -> Command:
    """Give it with an id in every field that takes one."""
    ids: dict[str, object] = dict.fromkeys(command.model_fields)
    for name, field in command.model_fields.items():
        if "tuple[" in str(field.annotation):
            ids[name] = (an_id(f"{name} 1"), an_id(f"{name} 2"))
        elif "UUID" in str(field.annotation):
            ids[name] = an_id(name)
    return command.model_construct(**ids)


def expected(command: Command) -> dict[str, tuple[UUID, StreamKind]]:
    found = {}
    for name, kind in NAMES.items():
        value = getattr(command, name, None)
        if isinstance(value, tuple):
            found |= {f"{name}.{at}": (each, kind) for at, each in enumerate(value)}
        elif value is not None:
            found[name] = (value, kind)
    return found


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if each not in CORRECTIONS], ids=lambda c: c.NAME
)
def test_every_person_place_and_file_that_is_named_is_looked_up(command: type[Command]):
    asked = filled(command)
    names = {} if command.NAME in IN_IT_ALREADY else expected(asked)
    assert asked.refers() == names
    empty = dict.fromkeys(NAMES) | {"attendees": (), "organisations": ()}
    left_out = {
        name: empty[name]
        for name, field in command.model_fields.items()
        if name in empty and (not field.is_required() or isinstance(empty[name], tuple))
    }
    assert filled(command).model_copy(update=left_out).refers().keys() == {
        name for name in names if name in command.model_fields and name not in left_out
    }


def test_a_permission_is_for_a_person_or_an_employer():
    (grant,) = (each for each in COMMANDS if each.NAME == "grant-permission")
    recipient = an_id("recipient")
    for kind, stream in (
        (RecipientKind.PERSON, StreamKind.DIRECTORY),
        (RecipientKind.EMPLOYER, StreamKind.EMPLOYER),
    ):
        asked = filled(grant).model_copy(update={"recipient_kind": kind})
        assert asked.refers()["recipient"] == (recipient, stream)


@pytest.mark.parametrize("command", CORRECTIONS)
def test_a_correction_names_what_stands_in_its_body(command: type[Command]):
    employer, programme = an_id("employer"), an_id("programme")
    asked = command.model_construct(body={"employer": str(employer), "programme": str(programme)})
    assert asked.refers() == {
        "body.employer": (employer, StreamKind.EMPLOYER),
        "body.programme": (programme, StreamKind.PROGRAMME),
    }
    assert command.model_construct(body={"employer": "geen", "programme": 3}).refers() == {}


def test_a_correction_of_a_programme_names_the_people_in_its_body():
    one, two = an_id("one"), an_id("two")
    body = {"coach": str(one), "attendees": [str(one), str(two), "no id"]}
    assert CorrectProgrammeEntry.model_construct(body=body).refers() == {
        "body.coach": (one, PERSON),
        "body.attendees.0": (one, PERSON),
        "body.attendees.1": (two, PERSON),
    }
