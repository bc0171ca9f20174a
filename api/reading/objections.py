"""Who disagrees with the choices in an answer, as far as their reader sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from api.reading.opening import Shown
from domain.events.trust import (
    Agreement,
    DissentRecorded,
    TrustDecisionRecorded,
    TrustDecisionRevised,
)
from domain.language import Language
from domain.objections import Chosen, Objection, Stand, objections
from domain.roles import ROLE_OF

CHOICES = frozenset({TrustDecisionRecorded.TYPE, TrustDecisionRevised.TYPE})
SPOKEN = CHOICES | {DissentRecorded.TYPE}
"""What tells who stands where."""
_AGREEMENTS = {each.value: each for each in Agreement}


def beside_choices(
    shown: Sequence[Shown],
    there: Iterable[Shown],
    language: Language,
    since: Collection[UUID] = (),
) -> dict[UUID, list[dict[str, Any]]]:
    """Give them by the entry of each choice that is shown; `there` is all that its reader sees.

    `since` names what was only said after the moment that is told of.
    """
    known = list(there)
    here = {each.row.event_id: _chosen(each) for each in shown if each.row.type in CHOICES}
    made = [_chosen(each) for each in known if each.row.type in CHOICES]
    others = {each.decision: each for each in made}
    views = [_view(each) for each in known if each.row.type == DissentRecorded.TYPE]
    return {
        entry: [
            _told(each, choice, language, since=each.entry in since)
            for each in objections(choice, others, views)
        ]
        for entry, choice in here.items()
    }


def _chosen(shown: Shown) -> Chosen:
    row, fields = shown.row, shown.fields
    revises = fields.get("revises")
    return Chosen(
        row.event_id,
        UUID(fields["decision"]),
        row.occurred_on,
        tuple(map(_stand, fields.get("participants", ()))),
        revises and UUID(revises),
    )


def _stand(took_part: Mapping[str, Any]) -> Stand:
    person = took_part.get("person")
    return Stand(
        ROLE_OF[took_part["role"]],
        person and UUID(person),
        _AGREEMENTS[took_part.get("agreement", Agreement.NOT_ASKED.value)],
        took_part.get("words"),
    )


def _view(shown: Shown) -> Objection:
    row, fields = shown.row, shown.fields
    said = fields.get("text")
    return Objection(
        row.event_id, UUID(fields["decision"]), ROLE_OF[fields["by"]], row.occurred_on, said
    )


def _told(each: Objection, choice: Chosen, language: Language, *, since: bool) -> dict[str, Any]:
    return {
        "entry": each.entry,
        "decision": each.decision,
        "by": each.by,
        "label": each.by.label.to(language),
        "occurred_on": each.on,
        "sentence": each.told(choice.decision).to(language),
        "words": each.words,
        "since": since,
    }
