"""Rules for shielding an entry and taking one back; nothing is rewritten, others do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.events.audit import AuditEvent
from domain.events.base import Category, Event
from domain.events.correction import EntryShielded, EntryUndone, EntryUnshielded
from domain.events.referral import Referred
from domain.events.setback import SetbackSignalled
from domain.events.support import ContactWelcomeAgain, LeftInPeace
from domain.roles import Role
from domain.rules.base import Command, Facts, Refused, Target
from domain.rules.limits import Story
from domain.rules.shared import known, nothing_new, pointed_at
from domain.state import Trajectory
from domain.state.said import mark

UNDO_WITHIN = timedelta(seconds=30)
"""How long an entry can be taken back: the button that appears after saving (reference 7.3, P)."""

_SHARED = frozenset({Category.IDENTITY, Category.REFERRAL, Category.PERMISSIONS, Category.ACCESS})
_ACTED_ON = AuditEvent, LeftInPeace, ContactWelcomeAgain
"""Who does not see these cannot do what they ask: leave somebody in peace, answer a finding."""
_ANSWERED_FOR = frozenset({Category.TRUST, Category.SETBACK})
"""What the team answers for: it hides none of it from who looks along; the client may."""
_TEAM = frozenset({Role.JOB_COACH, Role.CARE_WORKER})


class _AboutEntry(Command):
    GUARDS = False

    entry: UUID

    def target(self) -> UUID:
        return self.entry


class ShieldEntry(_AboutEntry):
    """Shield an entry: only the client and whoever wrote it still see it."""

    NAME = "shield-entry"
    YIELDS = (EntryShielded,)

    reason: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        target = _target(state, facts)
        if facts.role is not Role.CLIENT and not _wrote(facts, target):
            raise Refused(
                "Dit schreef iemand anders. De cliënt kan het afschermen, of wie het schreef.",
                "Somebody else wrote this. The client can shield it, or whoever wrote it.",
                "entry",
            )
        if (shield := state.protection.shield(self.entry)) is not None:
            return nothing_new((mark(self.reason), shield.reason))
        _may_be_shielded(state, facts, target.body)
        return [
            EntryShielded(
                occurred_on=facts.today,
                target=self.entry,
                target_type=target.body.TYPE,
                shielded_by=facts.person,
                begins=target.begins,
                reason=self.reason,
            )
        ]


class UnshieldEntry(_AboutEntry):
    """Show an entry that you shielded again."""

    NAME = "unshield-entry"
    YIELDS = (EntryUnshielded,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        target = _target(state, facts)
        shield = state.protection.shield(self.entry)
        if shield is None:
            return []
        if shield.by != facts.person:
            raise Refused(
                "Wie dit afschermde, kan het ook weer laten zien. Vraag het aan diegene.",
                "Whoever shielded this can show it again. Ask them.",
                "entry",
            )
        return [
            EntryUnshielded(
                occurred_on=facts.today,
                target=self.entry,
                target_type=target.body.TYPE,
                shielded_by=facts.person,
                begins=shield.begins,
            )
        ]


class UndoEntry(_AboutEntry):
    """Take back what you just noted, as long as nobody has read it."""

    NAME = "undo-entry"
    YIELDS = (EntryUndone,)
    ASKS_SINCE = True

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        target = _target(state, facts)
        body = target.body
        if isinstance(body, EntryUndone) and body.target == self.entry:
            return []
        if not _wrote(facts, target):
            raise Refused(
                "Dit schreef iemand anders. Alleen wie iets noteerde, neemt het terug.",
                "Somebody else wrote this. Only whoever noted something takes it back.",
                "entry",
            )
        if not body.CORRECTABLE or isinstance(body, Referred):
            raise Refused(
                "Dit neem je niet terug met deze knop. Noteer wat nu anders is.",
                "This is not taken back in this way. Note what is different now.",
                "entry",
            )
        _still_fresh(target)
        return [EntryUndone(occurred_on=facts.today, target=self.entry, target_type=body.TYPE)]


def _target(state: Trajectory, facts: Facts) -> Target:
    known(state)
    return pointed_at(facts)


def _wrote(facts: Facts, target: Target) -> bool:
    return (facts.person, facts.role) == (target.recorded_by, target.role)


def _may_be_shielded(state: Trajectory, facts: Facts, body: Event) -> None:
    """Refuse what others act on, and a call for help that nobody answered yet."""
    gives_rights = type(body).grants is not Event.grants
    if gives_rights or body.category in _SHARED or isinstance(body, _ACTED_ON):
        raise Refused(
            "Anderen moeten dit weten om zich eraan te houden, dus het blijft te zien. Klopt het "
            "niet meer? Noteer dan wat nu anders is.",
            "Others must know this to keep to it, so it stays visible. Is it no longer so? Then "
            "note what is different now.",
            "entry",
        )
    if facts.role in _TEAM and body.category in _ANSWERED_FOR:
        raise Refused(
            "Hierover legt het team uit wat het deed, dus het blijft te zien. De cliënt kan het "
            "wel afschermen.",
            "The team explains what it did about this, so it stays visible. The client can shield "
            "it.",
            "entry",
        )
    if isinstance(body, SetbackSignalled):
        signal = state.wellbeing.setback(body.setback)
        if signal is not None and signal in state.wellbeing.unanswered:
            raise Refused(
                "Er is nog niet gereageerd, en wie dit niet ziet, kan niet helpen. Noteer eerst "
                "dat het weer gaat; dan kun je het afschermen.",
                "There was no answer yet, and who does not see this cannot help. First note that "
                "it is going better; then you can shield it.",
                "entry",
            )


def _still_fresh(target: Target) -> None:
    since = target.since
    if since is None or since.age > UNDO_WITHIN:
        raise Refused(
            "De halve minuut is voorbij. Je kunt dit nog wel verbeteren of afschermen.",
            "The half minute is over. You can still correct or shield this.",
            "entry",
        )
    if since.looked:
        raise Refused(
            "Iemand heeft het dossier al bekeken. Verbeter dit liever; dan is duidelijk wat er "
            "veranderde.",
            "Somebody looked at the file already. Rather correct this, so that it is clear what "
            "changed.",
            "entry",
        )
    if since.followed:
        raise Refused(
            "Iets anders bouwt hier al op voort. Neem eerst terug wat erna kwam, of verbeter dit.",
            "Something else builds on it. First take back what came after, or correct this.",
            "entry",
        )
