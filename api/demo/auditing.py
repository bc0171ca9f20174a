"""The auditor's sample of these weeks: a judgement first, then a finding, and the reply to it."""

from __future__ import annotations

from collections.abc import Iterator

from api.demo.asking import asked
from api.demo.people import (
    BRAM,
    HEDWIG,
    KIM,
    LEONIE,
    NOOR,
    PROGRAMME,
    RIA,
    SAMIR,
    TOM,
    TRUST,
    VILLAGE,
    in_book,
    named,
    trajectory_of,
)
from domain.events.audit import FindingKind, FindingTo
from domain.rules.audit import RecordFinding, ReplyToFinding, WriteJudgement
from domain.rules.programme import DrawSample
from eventlog.request import Request


def ending() -> Iterator[Request]:
    """Draw the sample, and tell what the auditor made of one choice in it."""
    samples = (
        (LEONIE, PROGRAMME, tuple(map(trajectory_of, (NOOR, TOM, SAMIR)))),
        (LEONIE, VILLAGE, (in_book("HA-0003"),)),
        (HEDWIG, TRUST, (trajectory_of(BRAM),)),
    )
    for lead, programme, trajectories in samples:
        sample = DrawSample(
            sample=named("sample", str(programme)),
            auditor=KIM.actor.person,
            seed=2,
            trajectories=trajectories,
        )
        yield asked(programme, sample, lead.actor)
    choice = named(TOM.key, "begin")
    judgement = WriteJudgement(
        note=named(TOM.key, "judgement"),
        decision=choice,
        words="Zijn eigen wens staat voorop, en er was een plan voor een slechte dag.",
    )
    yield asked(trajectory_of(TOM), judgement, KIM.actor)
    finding = RecordFinding(
        finding=named(TOM.key, "finding"),
        kind=FindingKind.LEARN,
        to_whom=FindingTo.TEAM,
        words="Beginnen zonder cursus werkte. Wie in het team wist dat dit mocht?",
        decision=choice,
    )
    yield asked(trajectory_of(TOM), finding, KIM.actor)
    reply = ReplyToFinding(
        note=named(TOM.key, "reply"),
        finding=named(TOM.key, "finding"),
        words="Niet iedereen. We bespreken het in het teamoverleg.",
    )
    yield asked(trajectory_of(TOM), reply, RIA.actor)
