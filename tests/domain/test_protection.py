"""Shielding, taking back, and asking to erase: what is possible, and for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import hypothesis
import pytest

from domain.corrections import begins, resolve
from domain.events import BY_TYPE
from domain.events.base import Grant, GrantEnd, GrantKind
from domain.events.correction import EntryCorrected, EntryShielded, EntryUndone, EntryUnshielded
from domain.events.erasure import EraseDecided, EraseRequested, Erasure, Record
from domain.events.search import Mode
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled, SignalledBy
from domain.events.support import LeftInPeace, SupportContact, WithWhom
from domain.events.team import TeamMemberAdded
from domain.events.trust import DissentRecorded
from domain.events.wellbeing import WellbeingScored
from domain.policy import (
    Reader,
    Relation,
    but_hidden,
    may_append,
    may_record,
    relation,
    withheld,
)
from domain.roles import Role
from domain.rules.base import Since
from domain.rules.erasure import DecideErasure, RequestErasure
from domain.rules.protection import ShieldEntry, UndoEntry, UnshieldEntry
from domain.rules.third_parties import answer_by
from domain.state import fold
from tests.domain.histories import CLOSED, JOB, REFERRED, YESTERDAY
from tests.domain.strategies import IDS, events
from tests.spec import CLIENT, COACH, TODAY, an_id, given

ENTRY, SIGNAL, TRACK, CARE = an_id("entry"), an_id("signal"), an_id("track"), an_id("care")
TALK = SupportContact(
    occurred_on=YESTERDAY,
    note=an_id("note"),
    mode=Mode.WALK,
    with_whom=WithWhom.CLIENT,
    text="goed",
)
SCORE = WellbeingScored(occurred_on=TODAY, note=ENTRY, score=4)
WORRY = SetbackSignalled(occurred_on=TODAY, setback=SIGNAL, by=SignalledBy.CLIENT)
SHIELDED = EntryShielded(
    occurred_on=TODAY, target=ENTRY, target_type=TALK.TYPE, shielded_by=COACH, reason="te veel"
)
UNDONE = EntryUndone(occurred_on=TODAY, target=ENTRY, target_type=TALK.TYPE)
FRESH = Since(timedelta(seconds=5), looked=False, followed=False)


def asked(command, *past, about=TALK, by=COACH, role=Role.JOB_COACH, since=None, begun=()):
    """Point a command at an entry that somebody recorded."""
    found = given(REFERRED, *past).when(command).about(about, by)
    target = replace(found.facts.target, role=role, since=since, begins=begun)
    return replace(found, facts=found.facts._replace(target=target))


def shield(about=TALK, *past, **more):
    return asked(ShieldEntry(entry=ENTRY, reason="te veel"), *past, about=about, **more)


def test_the_client_and_the_author_shield_an_entry():
    shield().then(SHIELDED)
    by_client = SHIELDED.model_copy(update={"shielded_by": CLIENT})
    shield().by(Role.CLIENT).then(by_client)
    shield(TALK, CLOSED).then(SHIELDED)


def test_what_is_shielded_already_stays_so():
    shield(TALK, SHIELDED).nothing()
    shield(TALK, SHIELDED).by(Role.CLIENT).nothing()


def test_nobody_else_shields_it_nor_the_author_in_another_role():
    shield(by=an_id("Bas")).refused("wie het schreef", at="entry")
    shield(role=Role.CARE_WORKER).refused("wie het schreef", at="entry")
    given(REFERRED).when(ShieldEntry(entry=ENTRY)).refused("staat er niet", at="entry")


@pytest.mark.parametrize(
    "body",
    [
        REFERRED,
        JOB,
        CLOSED,
        TeamMemberAdded(occurred_on=TODAY, person=an_id("Bas"), role=Role.CARE_WORKER),
        LeftInPeace(occurred_on=TODAY, until=TODAY),
        SHIELDED,
    ],
)
def test_what_others_must_keep_to_is_not_shielded_not_even_by_the_client(body):
    shield(body).by(Role.CLIENT).refused("Anderen moeten dit weten", at="entry")


def test_a_call_for_help_is_shielded_once_it_was_answered_or_is_over():
    shield(WORRY, WORRY).by(Role.CLIENT).refused("wie dit niet ziet", at="entry")
    answered = SetbackAnswered(occurred_on=TODAY, note=an_id("answer"), setback=SIGNAL)
    better = RecoveryNoted(occurred_on=TODAY, setback=SIGNAL)
    assert shield(WORRY, WORRY, answered).by(Role.CLIENT).decide()
    assert shield(WORRY, WORRY, better).by(Role.CLIENT).decide()


def test_what_the_team_answers_for_is_shielded_by_the_client_alone():
    other = DissentRecorded(
        occurred_on=TODAY, note=ENTRY, decision=SIGNAL, by=Role.JOB_COACH, text="rustiger aan"
    )
    shield(other).refused("Hierover legt het team uit", at="entry")
    assert shield(other).by(Role.CLIENT).decide()


def test_whoever_shielded_it_shows_it_again():
    show = UnshieldEntry(entry=ENTRY)
    asked(show, SHIELDED).then(
        EntryUnshielded(occurred_on=TODAY, target=ENTRY, target_type=TALK.TYPE, shielded_by=COACH)
    )
    asked(show).nothing()
    (began,) = shield(begun=(SIGNAL,)).decide()
    (shown,) = asked(show, SHIELDED.model_copy(update={"begins": (SIGNAL,)})).decide()
    assert began.begins == shown.begins == (SIGNAL,)
    asked(show, SHIELDED).by(Role.CLIENT).refused("Wie dit afschermde", at="entry")
    given(REFERRED).when(show).refused("staat er niet", at="entry")


def undo(since=FRESH, **more):
    return asked(UndoEntry(entry=ENTRY), since=since, **more)


def test_an_entry_is_taken_back_at_once():
    undo().then(UNDONE)
    undo(about=UNDONE).nothing()


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        (FRESH._replace(age=timedelta(seconds=31)), "halve minuut"),
        (FRESH._replace(looked=True), "al bekeken"),
        (FRESH._replace(followed=True), "bouwt hier al op voort"),
    ],
)
def test_what_was_read_or_built_on_is_not_taken_back(since, sentence):
    undo(since).refused(sentence, at="entry")


def test_who_did_not_write_it_does_not_take_it_back():
    undo().by(Role.CLIENT).refused("iemand anders", at="entry")
    undo(role=Role.CARE_WORKER).refused("iemand anders", at="entry")
    undo(about=REFERRED).refused("Noteer wat nu anders is", at="entry")
    undo(about=SHIELDED).refused("Noteer wat nu anders is", at="entry")
    given(REFERRED).when(UndoEntry(entry=ENTRY)).refused("staat er niet", at="entry")


class Kept:
    """An entry for `resolve`."""

    def __init__(self, event_id: UUID, body):
        self.event_id, self.body = event_id, body

    def with_body(self, body):
        return Kept(self.event_id, body)


def test_what_was_taken_back_counts_nowhere_whatever_was_corrected_before():
    better = EntryCorrected(
        occurred_on=TODAY,
        target=ENTRY,
        target_type=TALK.TYPE,
        reason="vergist",
        body=TALK.model_dump(mode="json", exclude_none=True),
    )
    history = [REFERRED, TALK, better, UNDONE]
    ids = [an_id("first"), ENTRY, an_id("better"), an_id("undone")]
    told = [each.body for each in resolve([Kept(*each) for each in zip(ids, history, strict=True)])]
    assert told[1] == UNDONE
    assert fold(told).support == fold([REFERRED]).support


def test_only_what_is_new_begins_something():
    assert begins(WORRY, [REFERRED, TALK]) == (SIGNAL,)
    again = SetbackAnswered(occurred_on=TODAY, note=an_id("answer"), setback=SIGNAL)
    assert begins(WORRY, [again]) == ()
    assert begins(again, [WORRY]) == ()
    assert begins(TALK, []) == ()
    added = TeamMemberAdded(occurred_on=TODAY, person=an_id("Bas"), role=Role.CARE_WORKER)
    assert begins(added, []) == ()


def test_shielding_is_a_right_that_begins_and_ends():
    shielded = SHIELDED.model_copy(update={"begins": (SIGNAL,)})
    keys = [f"shield/{ENTRY}", f"shield/{SIGNAL}"]
    assert shielded.grants(TRACK) == tuple(
        Grant(TRACK, key, each, GrantKind.SHIELDED)
        for key, each in zip(keys, (ENTRY, SIGNAL), strict=True)
    )
    shown = EntryUnshielded(
        occurred_on=TODAY,
        target=ENTRY,
        target_type=TALK.TYPE,
        shielded_by=COACH,
        begins=(SIGNAL,),
    )
    assert shown.grants(TRACK) == tuple(GrantEnd(TRACK, key) for key in keys)


def tie(role: Role, person: UUID) -> Relation:
    rows = [
        Grant(TRACK, "client", CLIENT, GrantKind.CLIENT, "client"),
        *(
            Grant(TRACK, f"team/{each}", an_id(each), GrantKind.TEAM, each, CARE)
            for each in ("job_coach", "care_worker")
        ),
        Grant(person, "role", person, GrantKind.ROLE, role.value, CARE),
        Grant(TRACK, f"shield/{ENTRY}", ENTRY, GrantKind.SHIELDED),
        Grant(TRACK, f"shield/{SIGNAL}", SIGNAL, GrantKind.SHIELDED),
    ]
    found = relation(Reader(person, role), TRACK, rows, TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("entry", "kind", "body"),
    [
        (ENTRY, TALK.TYPE, {}),
        (an_id("answer"), SetbackAnswered.TYPE, {"setback": str(SIGNAL)}),
        (an_id("statement"), "statement.added.v1", {"about": str(ENTRY)}),
        (an_id("other"), EntryShielded.TYPE, {"target": str(an_id("long ago"))}),
    ],
)
def test_what_is_shielded_and_what_tells_of_it_exists_for_client_and_writer(entry, kind, body):
    other = tie(Role.CARE_WORKER, an_id("care_worker"))
    assert withheld(other, entry, kind, body, own=True, wrote=False)
    assert not withheld(other, entry, kind, body, own=True, wrote=True)
    client = tie(Role.CLIENT, CLIENT)
    assert not withheld(client, entry, kind, body, own=False, wrote=False)
    assert not client.shields
    assert other.shields


def test_an_id_of_what_is_hidden_is_left_out_of_lists():
    other = tie(Role.CARE_WORKER, an_id("care_worker"))
    fields = {"based_on": [str(ENTRY), str(TRACK)], "text": str(ENTRY)}
    assert but_hidden(other, fields) == {"based_on": [str(TRACK)], "text": str(ENTRY)}
    assert but_hidden(tie(Role.CLIENT, CLIENT), fields) == fields


@pytest.mark.parametrize("kind", sorted(BY_TYPE))
def test_nothing_that_others_are_shown_names_what_is_shielded(kind):
    tied = tie(Role.CARE_WORKER, an_id("care_worker"))
    others = replace(tied, hidden=frozenset(IDS[:2]))
    hidden = set(map(str, others.hidden))

    @hypothesis.given(events(BY_TYPE[kind]))
    @hypothesis.settings(max_examples=20)
    def law(event):
        body = event.model_dump(mode="json", exclude_none=True)
        if withheld(others, an_id("an entry"), kind, body, own=True, wrote=False):
            return
        for value in but_hidden(others, body).values():
            assert value not in hidden if isinstance(value, str) else True
            assert (
                hidden.isdisjoint(x for x in value if isinstance(x, str))
                if isinstance(value, list)
                else True
            )

    law()


@hypothesis.given(hypothesis.strategies.permutations([0, 1]))
def test_a_correction_and_a_shield_come_to_the_same_in_any_order(order):
    better = EntryCorrected(
        occurred_on=TODAY,
        target=ENTRY,
        target_type=TALK.TYPE,
        reason="vergist",
        body=TALK.model_copy(update={"with_whom": WithWhom.EMPLOYER}).model_dump(
            mode="json", exclude_none=True
        ),
    )
    about = [(an_id("better"), better), (an_id("shield"), SHIELDED)]
    history = [(an_id("first"), REFERRED), (ENTRY, TALK), *(about[each] for each in order)]
    told = fold(each.body for each in resolve([Kept(*each) for each in history]))
    assert told.support.talks == ()
    assert told.protection.shield(ENTRY) is not None


REQUEST, FAY = an_id("request"), an_id("Fay")
WISH = EraseRequested(
    occurred_on=TODAY,
    request=REQUEST,
    everything=True,
    answer_by=date(2026, 4, 10),
    words="alles van toen",
)
REFUSED = EraseDecided(
    occurred_on=TODAY,
    request=REQUEST,
    organisation=CARE,
    record=Record.CARE_FILE,
    outcome=Erasure.KEPT_BY_LAW,
    words="twintig jaar",
    checked_by=FAY,
    checked_on=TODAY,
)


def test_a_request_to_erase_is_kept_and_answered_within_a_month():
    wish = RequestErasure(request=REQUEST, words="alles van toen")
    given(REFERRED).when(wish).by(Role.CLIENT).then(WISH)
    given(REFERRED, CLOSED).when(wish).by(Role.CLIENT).then(WISH)
    given(REFERRED, WISH).when(wish).by(Role.CLIENT).nothing()
    given().when(wish).by(Role.CLIENT).refused("Noteer eerst de aanmelding")
    (some,) = given(REFERRED).when(RequestErasure(entries=(ENTRY,))).by(Role.CLIENT).decide()
    assert (some.entries, some.everything) == ((ENTRY,), False)


@pytest.mark.parametrize(
    ("day", "by"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_is_a_month(day, by):
    assert answer_by(day) == by


def decide(outcome=Erasure.KEPT_BY_LAW, words="twintig jaar", organisation=CARE, *past):
    command = DecideErasure(
        request=REQUEST,
        record=Record.CARE_FILE,
        outcome=outcome,
        words=words,
        checked_by=FAY,
        checked_on=TODAY,
    )
    found = given(REFERRED, WISH, *past).when(command).by(Role.PRIVACY_OFFICER)
    return replace(found, facts=found.facts._replace(organisation=organisation))


def test_each_record_holder_answers_for_its_own_record():
    decide().then(REFUSED)
    assert decide(Erasure.GRANTED, None).decide()
    decide(Erasure.KEPT_BY_LAW, "twintig jaar", CARE, REFUSED).nothing()
    town = decide(Erasure.KEPT_BY_LAW, "selectielijst", an_id("town"), REFUSED).decide()
    state = fold([REFERRED, WISH, REFUSED, *town])
    assert len(state.protection.request(REQUEST).decided) == 2


def test_an_answer_says_whose_it_is_to_what_and_why():
    decide(organisation=None).refused("Meld je aan voor je organisatie")
    decide(words=None).refused("Leg de cliënt uit", at="words")
    lone = given(REFERRED).when(decide().command).by(Role.PRIVACY_OFFICER)
    lone.refused("staat er niet", at="request")


def officer(*rows: Grant, organisation=None) -> Relation | None:
    team = Grant(TRACK, "team/x", an_id("x"), GrantKind.TEAM, "job_coach", CARE)
    reader = Reader(an_id("Fay"), Role.PRIVACY_OFFICER, organisation)
    return relation(reader, TRACK, [team, *rows], TODAY)


def test_a_privacy_officer_comes_in_where_their_organisation_is_on_the_team_and_answers_there():
    role = Grant(an_id("Fay"), "role", an_id("Fay"), GrantKind.ROLE, "privacy_officer", CARE)
    for tie in (officer(role), officer(role, organisation=CARE)):
        assert may_record(tie, DecideErasure)
        assert may_append(tie, [REFUSED])
        assert not may_record(tie, RequestErasure)
        assert not may_append(tie, [WISH])
    assert officer() is None
    assert officer(role._replace(organisation=an_id("town"))) is None
    assert officer(role, organisation=an_id("town")) is None


def test_who_represents_the_client_asks_to_erase_where_the_mandate_is_about_permissions():
    def represents(categories: str) -> Relation | None:
        row = Grant(TRACK, "mandate/x", COACH, GrantKind.MANDATE, categories=categories)
        return relation(Reader(COACH, Role.LEGAL_REPRESENTATIVE), TRACK, [row], TODAY)

    assert may_append(represents("A,C"), [WISH])
    assert not may_append(represents("A"), [WISH])
    assert not may_append(represents("A,C"), [REFUSED])
