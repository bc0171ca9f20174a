"""One entry that the client sends to who pays: the exception to what they never read (0.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.corrections import begins
from domain.events.base import Category, Grant, GrantEnd, GrantKind, Kind
from domain.events.correction import EntryCorrected, EntryShielded, EntryUnshielded
from domain.events.people import OrganisationKind
from domain.events.permissions import (
    EntrySendingStopped,
    EntrySent,
    LegalBasis,
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
    RecipientKind,
)
from domain.events.search import EmployerContactMade, Mode
from domain.events.support import SupportContact, WithWhom
from domain.events.team import TeamMemberAdded, TeamMemberLeft
from domain.events.wellbeing import WellbeingScored
from domain.policy import SENDABLE, Reader, Relation, is_sent, may_append, may_record, sight
from domain.policy.relation import relation
from domain.roles import Role
from domain.rules.sending import SendEntry, StopSendingEntry
from domain.sharing import why
from tests.domain.histories import CLOSED, COURIERS, REFERRED, TOMORROW, YESTERDAY
from tests.spec import CLIENT, COACH, TODAY, an_id, given

ENTRY, OTHER, TRACK, TOWN = an_id("entry"), an_id("other"), an_id("track"), an_id("town")
ANK, SENDING, TRUUS = an_id("Ank"), an_id("sending"), an_id("Truus")
PAYS = (Role.CLIENT_MANAGER, Role.LABOUR_EXPERT, Role.BENEFITS_ADVISER)
TALK = SupportContact(
    occurred_on=YESTERDAY,
    note=an_id("note"),
    mode=Mode.WALK,
    with_whom=WithWhom.CLIENT,
    text="goed",
    in_confidence="haar broer belde",
)
CONTACT = EmployerContactMade(
    occurred_on=YESTERDAY, note=an_id("contact"), employer=COURIERS, mode=Mode.PHONE
)
SCORE = WellbeingScored(occurred_on=TODAY, note=an_id("score"), score=4)
ADDED = TeamMemberAdded(
    occurred_on=YESTERDAY, person=ANK, role=Role.CLIENT_MANAGER, organisation=TOWN
)
GONE = TeamMemberLeft(occurred_on=TODAY, person=ANK)
SEND = SendEntry(sending=SENDING, entry=ENTRY, recipient=ANK, words="lees dit even")
SENT = EntrySent(
    occurred_on=TODAY,
    sending=SENDING,
    entry=ENTRY,
    reader=ANK,
    role=Role.CLIENT_MANAGER,
    words="lees dit even",
    legal_basis=LegalBasis.CONSENT,
)
WITNESSED = SENT.model_copy(update={"said_yes_on": TODAY})
STOP = StopSendingEntry(sending=SENDING)
STOPPED = EntrySendingStopped(occurred_on=TODAY, sending=SENDING, entry=ENTRY)
SHIELDED = EntryShielded(occurred_on=TODAY, target=ENTRY, target_type=TALK.TYPE, shielded_by=CLIENT)
SHOWN = EntryUnshielded(occurred_on=TODAY, target=ENTRY, target_type=TALK.TYPE, shielded_by=CLIENT)
PLACE = "bij je traject hoort"


def permit(recipient=ANK, **more):
    return PermissionGranted(
        occurred_on=YESTERDAY,
        permission=an_id("permission"),
        recipient=recipient,
        recipient_kind=RecipientKind.PERSON,
        purpose=Purpose.INCOME,
        categories=(Category.INSTRUMENTS,),
        legal_basis=LegalBasis.PUBLIC_TASK,
        **more,
    )


def send(*past, command=SEND, about=TALK, held=((ANK, Role.CLIENT_MANAGER, TOWN),)):
    """Let the client send an entry to somebody who works somewhere."""
    asked = given(REFERRED, *past).when(command).by(Role.CLIENT).knowing(*held)
    found = asked.about(about) if about else asked
    return replace(found, facts=found.facts._replace(sendable=SENDABLE))


def test_those_who_read_nothing_of_search_and_support_can_be_sent_an_entry_of_it():
    assert set(SENDABLE) == set(PAYS)
    assert set(SENDABLE.values()) == {frozenset({Category.SEARCH, Category.SUPPORT})}


@pytest.mark.parametrize("role", PAYS)
@pytest.mark.parametrize("body", [TALK, CONTACT])
def test_the_client_sends_one_entry_to_somebody_on_the_team(role, body):
    added = ADDED.model_copy(update={"role": role})
    told = SENT.model_copy(update={"role": role})
    send(added, about=body, held=[(ANK, role, TOWN)]).then(told)


def test_for_what_it_is_sent_is_stored_with_it():
    told = SENT.model_copy(update={"purpose": Purpose.INCOME})
    asked = SEND.model_copy(update={"purpose": Purpose.INCOME})
    send(ADDED, command=asked).then(told)
    send(ADDED, told, command=asked.model_copy(update={"sending": OTHER})).nothing()


def test_what_was_sent_before_a_ground_was_stored_reads_as_it_was():
    before = EntrySent(
        occurred_on=TODAY, sending=SENDING, entry=ENTRY, reader=ANK, role=Role.CLIENT_MANAGER
    )
    assert (before.purpose, before.legal_basis) == (None, None)
    assert why(GrantKind.SENT, Role.CLIENT_MANAGER, OrganisationKind.UWV).basis.nl == "toestemming"


def test_and_to_who_reads_by_a_permission():
    send(permit()).then(SENT)
    send(permit(TOWN)).then(SENT)
    send(permit(until=TODAY)).then(SENT)
    withdrawn = PermissionWithdrawn(occurred_on=TODAY, permission=an_id("permission"))
    send(permit(), withdrawn).refused(PLACE, at="recipient")
    send(permit(until=YESTERDAY)).refused(PLACE, at="recipient")
    send(permit(), held=[(ANK, Role.BENEFITS_ADVISER, TOWN)]).refused(PLACE, at="recipient")


def test_what_was_sent_already_is_not_sent_again():
    send(ADDED, SENT).nothing()
    other = SEND.model_copy(update={"sending": OTHER})
    send(ADDED, SENT, command=other).nothing()
    send(ADDED, SENT, command=other.model_copy(update={"words": None})).nothing()
    told = other.model_copy(update={"words": "en dit"})
    send(ADDED, SENT, command=told).refused("al genoteerd")
    told = other.model_copy(update={"purpose": Purpose.INCOME})
    send(ADDED, SENT, command=told).refused("al genoteerd")
    again = SENT.model_copy(update={"sending": OTHER})
    send(ADDED, SENT, STOPPED, command=other).then(again)
    send(ADDED, SENT, STOPPED).nothing()  # the same request once more opens nothing anew
    for other in ({"words": "en dit"}, {"recipient": OTHER}, {"entry": OTHER}):
        send(ADDED, SENT, command=SEND.model_copy(update=other)).refused("al genoteerd")


@pytest.mark.parametrize("role", sorted(set(Role) - set(PAYS)))
def test_nobody_else_is_sent_anything(role):
    added = ADDED.model_copy(update={"role": role})
    send(added, permit(), held=[(ANK, role, TOWN)]).refused(PLACE, at="recipient")


def test_to_who_is_not_tied_to_the_file_the_answer_is_the_same():
    send().refused(PLACE, at="recipient")
    send(ADDED, GONE).refused(PLACE, at="recipient")
    send(ADDED, held=()).refused(PLACE, at="recipient")
    send(ADDED, held=[(ANK, Role.CLIENT_MANAGER, OTHER)]).refused(PLACE, at="recipient")
    anywhere = ADDED.model_copy(update={"organisation": None})
    send(anywhere, held=[(ANK, Role.CLIENT_MANAGER, OTHER)]).then(SENT)
    nobody = SEND.model_copy(update={"recipient": OTHER})
    send(ADDED, command=nobody).refused(PLACE, at="recipient")


def test_an_entry_that_is_not_there_or_of_another_row_is_refused():
    send(ADDED, about=None).refused("staat er niet", at="entry")
    send(ADDED, about=SCORE).refused("Je kunt een steuncontact sturen", at="entry")
    send(ADDED, about=SENT).refused("Je kunt een steuncontact sturen", at="entry")
    better = EntryCorrected(
        occurred_on=TODAY, target=ENTRY, target_type=TALK.TYPE, reason="typefout", body={}
    )
    send(ADDED, about=better).refused("Je kunt een steuncontact sturen", at="entry")


def test_who_does_not_see_it_whole_sends_nothing_and_a_shielded_one_stays():
    send(ADDED).not_seeing(Category.SUPPORT).refused("niet helemaal", at="entry")
    send(ADDED).not_seeing(Category.SEARCH).then(SENT)
    send(ADDED, SHIELDED).refused("afgeschermd", at="entry")
    send(ADDED, SHIELDED, SHOWN).then(SENT)
    began = SHIELDED.model_copy(update={"target": OTHER, "begins": (TALK.note,)})
    send(ADDED, began).refused("afgeschermd", at="entry")
    send(ADDED, CLOSED).refused("afgerond")
    given().when(SEND).by(Role.CLIENT).refused("nog niet")


def test_a_sending_stops_at_once_also_after_a_closing():
    def stop(*past):
        return given(REFERRED, *past).when(STOP).by(Role.CLIENT)

    stop(SENT).then(STOPPED)
    stop(SENT, CLOSED).then(STOPPED)
    stop(SENT, STOPPED).nothing()
    given(REFERRED).when(STOP).by(Role.CLIENT).refused("niet gestuurd", at="sending")


def noted(*past, said=TODAY, **more):
    """Let the coach note that the client said yes to it."""
    command = SEND.model_copy(update={"said_yes_on": said})
    asked = send(*past, command=command, **more)
    return replace(asked, facts=asked.facts._replace(role=Role.JOB_COACH, person=COACH))


@pytest.mark.parametrize("role", PAYS)
@pytest.mark.parametrize("body", [TALK, CONTACT])
def test_the_coach_sends_it_with_a_yes_of_the_client_and_its_day(role, body):
    added = ADDED.model_copy(update={"role": role})
    yes = WITNESSED.model_copy(update={"role": role})
    noted(added, about=body, held=[(ANK, role, TOWN)]).then(yes)
    assert yes.grants(TRACK) == SENT.model_copy(update={"role": role}).grants(TRACK)


def test_the_yes_is_of_a_day_on_which_there_was_something_to_say_yes_to():
    noted(ADDED, said=YESTERDAY).then(WITNESSED.model_copy(update={"said_yes_on": YESTERDAY}))
    before = YESTERDAY - timedelta(days=1)
    noted(ADDED, said=None).refused("Noteer op welke dag de cliënt ja zei", at="said_yes_on")
    noted(ADDED, said=TOMORROW).refused("moet nog komen", at="said_yes_on")
    noted(ADDED, said=before).refused("Die dag is voor wat", at="said_yes_on")


def test_by_a_yes_goes_nothing_that_the_client_could_not_send():
    noted().refused(PLACE, at="recipient")
    noted(ADDED, held=()).refused(PLACE, at="recipient")
    noted(ADDED, about=SCORE).refused("Je kunt een steuncontact sturen", at="entry")
    noted(ADDED, about=None).refused("staat er niet", at="entry")
    noted(ADDED).not_seeing(Category.SUPPORT).refused("niet helemaal", at="entry")
    noted(ADDED, SHIELDED).refused("afgeschermd", at="entry")
    noted(ADDED, CLOSED).refused("afgerond")
    work = ADDED.model_copy(update={"role": Role.EMPLOYER})
    noted(work, permit(), held=[(ANK, Role.EMPLOYER, TOWN)]).refused(PLACE, at="recipient")


def test_nobody_notes_a_yes_by_which_they_read_themselves():
    asked = noted(ADDED)
    own = replace(asked, facts=asked.facts._replace(person=ANK))
    own.refused("Met jezelf deel je niets", at="recipient")


def test_what_was_stopped_is_for_the_client_alone_to_share_again():
    for first in (SENT, WITNESSED):
        past = first.model_copy(update={"sending": OTHER})
        stop = STOPPED.model_copy(update={"sending": OTHER})
        noted(ADDED, past, stop).refused("Opnieuw delen doet de cliënt zelf", at="entry")
        send(ADDED, past, stop).then(SENT)
    for other in ({"entry": an_id("else")}, {"reader": TRUUS}):
        past = SENT.model_copy(update={"sending": OTHER, **other})
        stop = STOPPED.model_copy(update={"sending": OTHER})
        noted(ADDED, past, stop).then(WITNESSED)


def test_a_yes_that_was_noted_is_not_noted_again():
    noted(ADDED, WITNESSED).nothing()
    noted(ADDED, WITNESSED, said=YESTERDAY).refused("al genoteerd")
    noted(ADDED, WITNESSED, STOPPED).nothing()  # the same request once more opens nothing anew
    past = WITNESSED.model_copy(update={"sending": OTHER})
    noted(ADDED, past).nothing()
    noted(ADDED, past, said=YESTERDAY).refused("al genoteerd")


def test_who_shares_in_person_needs_no_yes():
    asked = SEND.model_copy(update={"said_yes_on": TODAY})
    send(ADDED, command=asked).refused("Laat die dag leeg", at="said_yes_on")
    spoken = send(ADDED, command=asked)
    for facts in (
        spoken.facts._replace(role=Role.LEGAL_REPRESENTATIVE, person=TRUUS),
        spoken.facts._replace(role=Role.JOB_COACH, person=COACH, on_behalf_of=CLIENT),
    ):
        replace(spoken, facts=facts).refused("Laat die dag leeg", at="said_yes_on")


def test_the_client_stops_both_and_the_coach_what_was_noted_of_a_yes():
    given(REFERRED, WITNESSED).when(STOP).by(Role.CLIENT).then(STOPPED)
    given(REFERRED, WITNESSED).when(STOP).then(STOPPED)
    given(REFERRED, WITNESSED, STOPPED).when(STOP).nothing()
    given(REFERRED, SENT, STOPPED).when(STOP).nothing()
    given(REFERRED, SENT).when(STOP).refused("Alleen de cliënt kan het", at="sending")
    given(REFERRED, SENT).when(STOP).by(Role.LEGAL_REPRESENTATIVE).then(STOPPED)


def test_a_sending_is_a_right_of_one_reader_to_one_entry_until_it_stops():
    key = f"sent/{SENDING}/{ENTRY}"
    assert SENT.grants(TRACK) == (
        Grant(TRACK, key, ANK, GrantKind.SENT, Role.CLIENT_MANAGER.value),
    )
    assert STOPPED.grants(TRACK) == (GrantEnd(TRACK, key),)
    assert begins(SENT, ()) == (SENDING,)


def test_the_client_who_represents_them_in_that_row_and_the_coach_send():
    """Since ADR 0020 the coach too: with a yes, which is for the rule to ask."""
    for command in (SendEntry, StopSendingEntry):
        for role in Role:
            tie = Relation(Reader(TRUUS, role), TRACK, frozenset(Category))
            may = role in {Role.CLIENT, Role.LEGAL_REPRESENTATIVE, Role.JOB_COACH}
            assert may_record(tie, command) == may, role
            assert may_append(tie, [SENT]) == may_append(tie, [STOPPED]) == may, role
        less = Relation(
            Reader(TRUUS, Role.LEGAL_REPRESENTATIVE), TRACK, frozenset({Category.SUPPORT})
        )
        assert not may_record(less, command)


def tie(*told, role=Role.CLIENT_MANAGER, place=True, person=ANK):
    rows = [Grant(ANK, "role", ANK, GrantKind.ROLE, role.value, TOWN)]
    rows += [Grant(TRACK, "team", ANK, GrantKind.TEAM, role.value, TOWN)] if place else []
    rows += [grant for each in told for grant in each.grants(TRACK) if isinstance(grant, Grant)]
    return relation(Reader(person, role), TRACK, rows, TODAY)


def test_the_reader_sees_facts_and_words_of_it_and_nothing_else_of_its_kind():
    found = tie(SENT)
    assert found is not None
    assert found.sent == {ENTRY, SENDING}
    assert found.permissions == {SENDING}, "by which more is seen: so each look tells"
    seen = sight(found)
    for category in (Category.SUPPORT, Category.SEARCH):
        assert seen.kinds(category, sent=True) == {Kind.FACT, Kind.WORDS}
        assert not seen.kinds(category)
        assert not seen.kinds(category, own=True)
    fields = seen.fields(SupportContact, sent=True)
    assert "text" in fields
    assert "in_confidence" not in fields
    assert not seen.fields(SupportContact)
    assert not seen.kinds(Category.WELLBEING, sent=True)
    assert seen.sent() == {Category.PERMISSIONS, Category.SEARCH, Category.SUPPORT}
    assert sight(tie()).sent() == frozenset()
    assert sight(tie()).fingerprint != seen.fingerprint


def test_it_ties_nobody_and_is_for_the_role_in_which_it_was_sent():
    assert tie(SENT, place=False) is None
    assert tie(SENT, role=Role.LABOUR_EXPERT).sent == frozenset()
    assert tie(SENT, role=Role.LABOUR_EXPERT).permissions == frozenset()
    garbled = Grant(TRACK, "sent/x", ANK, GrantKind.SENT, Role.CLIENT_MANAGER.value)
    rows = [
        garbled,
        garbled._replace(key=f"sent/x/{ENTRY}"),
        garbled._replace(key=f"sent/{ENTRY}"),
        garbled._replace(key=f"sent/{SENDING}/{ENTRY}/{OTHER}"),
        Grant(ANK, "role", ANK, GrantKind.ROLE, Role.CLIENT_MANAGER.value, TOWN),
        Grant(TRACK, "team", ANK, GrantKind.TEAM, Role.CLIENT_MANAGER.value, TOWN),
    ]
    assert relation(Reader(ANK, Role.CLIENT_MANAGER), TRACK, rows, TODAY).sent == frozenset()
    ended = [each._replace(until=YESTERDAY) for each in SENT.grants(TRACK)]
    assert relation(Reader(ANK, Role.CLIENT_MANAGER), TRACK, [*rows, *ended], TODAY).sent == set()
    later = [each._replace(until=TOMORROW) for each in SENT.grants(TRACK)]
    assert relation(Reader(ANK, Role.CLIENT_MANAGER), TRACK, [*rows, *later], TODAY).sent


def test_a_sending_that_stands_is_told_of_to_its_reader():
    ids = {ENTRY, SENDING}
    assert is_sent(ids, ENTRY, TALK.TYPE, {})
    assert is_sent(ids, OTHER, SENT.TYPE, {"sending": str(SENDING)})
    assert not is_sent(ids, OTHER, SENT.TYPE, {"sending": OTHER})
    assert not is_sent(ids, OTHER, STOPPED.TYPE, {"sending": SENDING})
    assert not is_sent(frozenset(), ENTRY, TALK.TYPE, {})
