"""Forms made from commands: everything is asked in words, read as the command takes it, kept."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from api import web
from api.reading.looking import VIEWS
from api.web.assets import STATIC
from api.web.forms.fields import Shown, body, fields_of
from api.web.forms.form import label, plain
from api.web.forms.posting import command
from api.web.forms.questions import lay_out
from api.web.forms.registry import FORMS, MADE
from domain.events.referral import Want
from domain.events.support import WithWhom
from domain.rules import COMMANDS
from domain.rules.base import Command
from domain.rules.placement import ChangeHours, EndPlacement
from domain.rules.profile import StatePreferences, WriteProfile
from domain.rules.referral import ExpressWorkWish
from domain.rules.support import AgreeRhythm, LogContact

TODAY = date(2026, 3, 9)
TRAJECTORY = {each.NAME for each in COMMANDS if each.STREAM.value == "trajectory"}
HAS_NO_FORM = {
    "refer",  # begins a file: there is no file yet to be on, and a page of its own
    "correct-entry",  # asks of one entry how it should read, in a form of that entry: `anew`
    "order-issues",  # puts things in an order
}
OF_ANOTHER_STREAM = {each.NAME for each in COMMANDS if each.STREAM.value != "trajectory"}
HAS_NO_PAGE = {
    **dict.fromkeys(
        ("give-role", "end-role", "register-organisation", "found-programme"),
        "setting up is for the administrator, who comes in by the API",
    ),
    **dict.fromkeys(
        (
            *("correct-registration", "correct-employer-entry", "correct-funding-entry"),
            *("correct-group-entry", "correct-programme-entry"),
        ),
        "what is said there is said anew by its own form; a slip of the pen is for the API",
    ),
    **dict.fromkeys(
        ("approve-funding", "extend-funding", "end-funding", "note-funding-document"),
        "fundings come over from the administration of who pays",
    ),
    **dict.fromkeys(
        (
            *("log-supervision", "log-group-supervision", "log-field-mentoring"),
            *("log-outcomes-review", "log-fidelity-review", "log-funder-contact"),
            *("set-coach-capacity", "record-work-time-sample", "review-employer-log"),
        ),
        "what a lead does for the quality of a programme, which no daily page is about",
    ),
    "log-team-meeting": "goes along with the page of the team meeting, which saves all of it",
}
"""Of another stream than a file, and why no page gives it."""


def given_on_pages() -> set[str]:
    """Name the commands that the modules of the pages know."""
    names = (each.name for each in walk_packages(web.__path__, f"{web.__name__}."))
    return {
        each.NAME
        for name in names
        for each in vars(import_module(name)).values()
        if isinstance(each, type) and issubclass(each, Command) and hasattr(each, "NAME")
    }


def test_every_command_of_another_stream_has_a_page_or_a_reason() -> None:
    given = given_on_pages()
    assert given & OF_ANOTHER_STREAM | HAS_NO_PAGE.keys() == OF_ANOTHER_STREAM
    assert given.isdisjoint(HAS_NO_PAGE), "there is a page now"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_question_is_worded(form) -> None:
    assert form.heading()
    for each in form.fields:
        assert label(each), each.name


def test_every_command_of_a_trajectory_has_a_form_or_a_reason() -> None:
    assert {form.command.NAME for form in FORMS.values()} | HAS_NO_FORM == TRAJECTORY


def test_no_form_stands_where_another_page_is() -> None:
    taken = {path.rsplit("/", 1)[1] for path in VIEWS if path.startswith("/traject/{id}/")}
    assert {"noteer", "verantwoording"} <= taken
    assert taken.isdisjoint(FORMS)


def test_every_icon_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', Path(STATIC / "icons.svg").read_text("utf-8")))
    asked = {icon for form in MADE for each in form.fields for icon in (each.icons or {}).values()}
    assert asked
    assert asked <= drawn


def test_a_field_is_asked_as_what_it_is() -> None:
    asked = {name: each.shown for name, each in fields_of(LogContact).items()}
    assert asked["mode"] is Shown.CHOICE
    assert asked["worked_out"] is Shown.YES_NO
    assert asked["minutes"] is Shown.NUMBER
    assert asked["employer"] is Shown.PICK
    assert asked["location"] is Shown.LINE
    assert asked["text"] is Shown.STORY
    assert list(asked)[-2:] == ["occurred_on", "late_reason"]
    assert "note" not in asked  # an id that it makes itself
    assert fields_of(WriteProfile)["skills"].shown is Shown.LINES
    assert fields_of(ExpressWorkWish)["wants"].shown is Shown.TICKS
    assert fields_of(LogContact)["mode"].required
    assert fields_of(LogContact)["worked_out"].first == "yes"
    assert fields_of(LogContact)["with_whom"].first == WithWhom.CLIENT.value


def test_what_is_typed_becomes_the_body_of_the_command() -> None:
    typed = {"skills": "koken\n\n  fietsen \n", "strengths": " rustig ", "experience": "  "}
    assert body(list(fields_of(WriteProfile).values()), typed) == {
        "skills": ["koken", "fietsen"],
        "strengths": "rustig",
    }
    assert body(list(fields_of(ChangeHours).values()), {"hours_per_week": "12,5"}) == {
        "hours_per_week": 12.5
    }
    hours = fields_of(StatePreferences)["hours_per_week"]
    assert body([hours], {"hours_per_week": "veel"}) == {"hours_per_week": "veel"}
    several = {"wants": f"{Want.PAID.value}\n{Want.EDUCATION.value}"}
    assert command(plain(ExpressWorkWish), several).wants == (Want.PAID, Want.EDUCATION)


def test_what_must_be_known_is_asked_first_and_the_rest_behind_more() -> None:
    form = plain(EndPlacement)
    assert [each.name for each in form.asks] == ["placement"]
    assert "lessons" in {each.name for each in form.more}
    assert [each.name for each in plain(AgreeRhythm).asks] == ["per_month"]


def test_the_reason_for_lateness_is_asked_when_it_is_late() -> None:
    form = FORMS["contact"]
    names = [q.field.name for q in lay_out(form, {}, {}, {}, TODAY).more]
    assert "late_reason" not in names
    late = lay_out(form, {"late_reason": "ziek geweest"}, {}, {}, TODAY)
    assert "late_reason" in [q.field.name for q in late.more]
    assert late.unfold
