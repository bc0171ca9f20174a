"""First the judgement, then the outcome; findings that team and client answer."""

from __future__ import annotations

from domain.events.audit import (
    AuditFinding,
    FindingKind,
    FindingReplied,
    FindingTo,
    JudgementWritten,
)
from domain.events.trust import TrustDecisionRevised
from domain.roles import Role
from domain.rules.audit import RecordFinding, ReplyToFinding, WriteJudgement
from domain.wording import word
from tests.domain.histories import CLOSED, REFERRED, TOMORROW
from tests.domain.test_trust import DECIDED, FOUR
from tests.spec import TODAY, an_id, given

KIM = an_id("Kim, auditor")
OTHER = an_id("another auditor")
REVISED = TrustDecisionRevised(
    occurred_on=TODAY,
    decision=an_id("newer"),
    revises=DECIDED.decision,
    client_words_by=DECIDED.client_words_by,
    **FOUR,
)


def judge(**said: object) -> WriteJudgement:
    return WriteJudgement(**{"decision": DECIDED.decision, "words": "zorgvuldig", **said})


def judged(asked: WriteJudgement, auditor=KIM) -> JudgementWritten:
    return JudgementWritten(occurred_on=TODAY, auditor=auditor, **asked.said())


def test_an_auditor_judges_a_choice_once_also_after_the_closing():
    asked = judge()
    event = judged(asked)
    given(REFERRED, DECIDED).when(asked).by(Role.AUDITOR, KIM).then(event)
    given(REFERRED, DECIDED, CLOSED).when(asked).by(Role.AUDITOR, KIM).then(event)
    given(REFERRED, DECIDED, event).when(asked).by(Role.AUDITOR, KIM).nothing()
    again = given(REFERRED, DECIDED, event).when(judge()).by(Role.AUDITOR, KIM)
    again.refused("blijft zoals het was", at="decision")
    assert given(REFERRED, DECIDED, event).when(judge()).by(Role.AUDITOR, OTHER).decide()


def test_a_judgement_needs_a_choice_and_a_day_that_has_come():
    given(REFERRED).when(judge()).by(Role.AUDITOR, KIM).refused("staat er niet", at="decision")
    later = judge(occurred_on=TOMORROW)
    given(REFERRED, DECIDED).when(later).by(Role.AUDITOR, KIM).refused(
        "moet nog komen", at="occurred_on"
    )


def test_a_finding_about_a_choice_is_of_who_judged_it():
    newer = RecordFinding(
        decision=REVISED.decision, kind=FindingKind.QUESTION, to_whom=FindingTo.TEAM, words="en?"
    )
    past, earlier = (REFERRED, DECIDED, REVISED), judged(judge())
    given(*past).when(newer).by(Role.AUDITOR, KIM).refused("staat er niet", at="decision")
    early = given(*past, earlier).when(newer).by(Role.AUDITOR, KIM)
    early.refused("Schrijf dat eerst", at="decision")
    own, others = (judged(judge(decision=REVISED.decision), who) for who in (KIM, OTHER))
    assert given(*past, earlier, own).when(newer).by(Role.AUDITOR, KIM).decide()
    not_theirs = given(*past, earlier, others).when(newer).by(Role.AUDITOR, KIM)
    not_theirs.refused("Schrijf dat eerst", at="decision")
    other = given(*past, earlier).when(newer).by(Role.AUDITOR, OTHER)
    other.refused("staat er niet", at="decision")


def test_a_choice_in_the_place_of_another_is_judged_after_that_other():
    newer = judge(decision=REVISED.decision)
    past = (REFERRED, DECIDED, REVISED)
    given(*past).when(newer).by(Role.AUDITOR, KIM).refused("staat er niet", at="decision")
    others = judged(judge(), OTHER)
    given(*past, others).when(newer).by(Role.AUDITOR, KIM).refused("staat er niet", at="decision")
    assert given(*past, judged(judge())).when(newer).by(Role.AUDITOR, KIM).decide()


def finding(**said: object) -> RecordFinding:
    body = {"kind": FindingKind.LEARN, "to_whom": FindingTo.TEAM, "words": "vraag haar zelf"}
    return RecordFinding(**{**body, **said})


def test_a_finding_is_about_the_file_or_about_a_choice():
    for asked in (finding(), finding(decision=DECIDED.decision)):
        event = AuditFinding(occurred_on=TODAY, auditor=KIM, **asked.said())
        past = (REFERRED, DECIDED, judged(judge()))
        given(*past).when(asked).by(Role.AUDITOR, KIM).then(event)
        given(*past, event).when(asked).by(Role.AUDITOR, KIM).nothing()
    unknown = finding(decision=an_id("none"))
    given(REFERRED).when(unknown).by(Role.AUDITOR, KIM).refused("staat er niet", at="decision")


def test_a_concern_is_never_for_the_client():
    asked = finding(kind=FindingKind.CONCERN, to_whom=FindingTo.CLIENT)
    given(REFERRED).when(asked).by(Role.AUDITOR, KIM).refused("niet voor de cliënt", at="to_whom")
    kind = finding(kind=FindingKind.APPRECIATE, to_whom=FindingTo.CLIENT)
    assert given(REFERRED).when(kind).by(Role.AUDITOR, KIM).decide()


def test_a_talk_with_team_and_client_can_be_part_of_a_finding():
    both = (FindingTo.TEAM, FindingTo.CLIENT)
    asked = finding(talked_with=(*both, FindingTo.TEAM), talked_on=TODAY, talk="Samen gekeken.")
    (event,) = given(REFERRED).when(asked).by(Role.AUDITOR, KIM).decide()
    assert (event.talked_with, event.talked_on, event.talk) == (both, TODAY, "Samen gekeken.")
    told = word(event.TYPE, event.model_dump(mode="json"), "nl", {})
    assert "na een gesprek met het team, de cliënt" in told
    with_nobody = finding(talk="Samen gekeken.")
    asking = given(REFERRED).when(with_nobody).by(Role.AUDITOR, KIM)
    asking.refused("Kies met wie dit gesprek was", at="talked_with")
    later = finding(talked_with=both, talked_on=TOMORROW)
    given(REFERRED).when(later).by(Role.AUDITOR, KIM).refused("moet nog komen", at="talked_on")


def test_team_and_client_reply_to_a_finding():
    found = AuditFinding(occurred_on=TODAY, auditor=KIM, **finding(finding=an_id("f")).said())
    asked = ReplyToFinding(finding=an_id("f"), words="dat deden wij")
    event = FindingReplied(occurred_on=TODAY, auditor=KIM, **asked.said())
    for role in (Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER):
        given(REFERRED, found).when(asked).by(role).then(event)
    given(REFERRED, found, event).when(asked).nothing()
    given(REFERRED).when(asked).refused("Deze bevinding staat er niet", at="finding")
