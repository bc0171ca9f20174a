"""What stands on somebody's desk and is not in the log; it goes with them, and most of it soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from secrets import token_bytes
from typing import LiteralString, NamedTuple
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag

from eventlog.access import Rows
from eventlog.keys import NONCE_BYTES, KeyRing, MasterKey

KEPT_FOR = timedelta(days=7)
"""How long a draft is kept."""
MOST_DRAFTS = 200
"""Of one person; the oldest go first."""
_RETENTION = "desk"
"""The key that drafts are sealed with: one of each person, for this alone."""
AT_ONCE = 1_000
"""Drafts that one statement takes away."""

_KEEP: LiteralString = """
SELECT desk.keep(%(person)s, %(role)s, %(form)s, %(trajectory)s, %(key)s, %(sealed)s, %(at)s,
                 %(most)s)"""
_ONE: LiteralString = """
 person = %(person)s AND role = %(role)s AND form = %(form)s AND trajectory = %(trajectory)s"""
_DRAFT: LiteralString = f"SELECT key_id, sealed FROM desk.draft WHERE {_ONE} AND at > %(since)s"
_DROP: LiteralString = f"DELETE FROM desk.draft WHERE {_ONE} RETURNING true"
_DRAFTS: LiteralString = """
SELECT form, trajectory, at FROM desk.draft
 WHERE person = %(person)s AND role = %(role)s AND at > %(since)s ORDER BY at DESC"""
_EXPIRE: LiteralString = """
DELETE FROM desk.draft d USING (
    SELECT person, role, form, trajectory FROM desk.draft WHERE at <= %(since)s
     ORDER BY at LIMIT %(most)s FOR UPDATE SKIP LOCKED
) AS old
 WHERE d.person = old.person AND d.role = old.role AND d.form = old.form
   AND d.trajectory = old.trajectory AND d.at <= %(since)s
RETURNING true"""

_MAKE_FEED: LiteralString = """
INSERT INTO desk.feed VALUES (%(person)s, %(role)s, %(organisation)s, %(fingerprint)s, %(at)s)
ON CONFLICT (person, role) DO UPDATE
   SET organisation = EXCLUDED.organisation, fingerprint = EXCLUDED.fingerprint, at = EXCLUDED.at
RETURNING true"""
_FEED: LiteralString = """
SELECT person, role, organisation FROM desk.feed WHERE fingerprint = %(fingerprint)s"""
_HAS_FEED: LiteralString = """
SELECT true FROM desk.feed WHERE person = %(person)s AND role = %(role)s"""
_END_FEED: LiteralString = """
DELETE FROM desk.feed WHERE person = %(person)s AND role = %(role)s RETURNING true"""

_SEEN: LiteralString = """
SELECT position FROM desk.seen
 WHERE person = %(person)s AND role = %(role)s AND trajectory = %(trajectory)s"""
_ALL_SEEN: LiteralString = """
SELECT trajectory, position FROM desk.seen WHERE person = %(person)s AND role = %(role)s"""
_MOVE_ON: LiteralString = """
INSERT INTO desk.seen AS s
VALUES (%(person)s, %(role)s, %(trajectory)s, %(position)s, %(at)s)
ON CONFLICT (person, role, trajectory) DO UPDATE
   SET position = greatest(s.position, EXCLUDED.position), at = EXCLUDED.at
RETURNING position"""
_NEWER: LiteralString = """
SELECT event_id FROM log.entry
 WHERE originator_id = %(trajectory)s AND notification_id > %(position)s
   AND event_id = ANY(%(entries)s)
   AND strpos(convert_from(header, 'UTF8'), %(by)s) = 0"""

_CHOSEN: LiteralString = "SELECT chosen::text FROM desk.setting WHERE person = %(person)s"
_CHOOSE: LiteralString = """
INSERT INTO desk.setting VALUES (%(person)s, %(chosen)s::jsonb)
ON CONFLICT (person) DO UPDATE SET chosen = EXCLUDED.chosen RETURNING true"""

_SWEEP: LiteralString = """
WITH gone AS (DELETE FROM desk.swept WHERE day < %(day)s)
INSERT INTO desk.swept VALUES (%(day)s) ON CONFLICT DO NOTHING RETURNING true"""
_NEXT: LiteralString = """
WITH first AS (
    (SELECT person, role FROM desk.draft WHERE (person, role) > (%(person)s, %(role)s)
      ORDER BY person, role LIMIT 1)
    UNION
    (SELECT person, role FROM desk.seen WHERE (person, role) > (%(person)s, %(role)s)
      ORDER BY person, role LIMIT 1)
    ORDER BY person, role LIMIT 1
)
SELECT f.person, f.role, ARRAY(
           SELECT d.trajectory FROM desk.draft d WHERE d.person = f.person AND d.role = f.role
           UNION
           SELECT s.trajectory FROM desk.seen s WHERE s.person = f.person AND s.role = f.role)
  FROM first f"""
_LET_GO: LiteralString = """
WITH drafts AS (DELETE FROM desk.draft WHERE person = %(person)s AND role = %(role)s
                   AND trajectory = ANY(%(trajectories)s))
DELETE FROM desk.seen WHERE person = %(person)s AND role = %(role)s
   AND trajectory = ANY(%(trajectories)s) RETURNING true"""


class Place(NamedTuple):
    """Where a draft lies: of one person in one role, one form about one trajectory."""

    person: UUID
    role: str
    form: str
    trajectory: UUID

    def bound(self) -> bytes:
        """Word it so that what is sealed for here opens nowhere else."""
        named = f"draft/{self.role}/{self.form}".encode()
        return self.person.bytes + self.trajectory.bytes + named


class Lying(NamedTuple):
    """A draft as it is listed, without its words."""

    form: str
    trajectory: UUID
    at: datetime


class Feed(NamedTuple):
    """Whose calendar an address opens."""

    person: UUID
    role: str
    organisation: UUID | None


class Tied(NamedTuple):
    """What stands on the desk of one person in one role, by trajectory."""

    person: UUID
    role: str
    trajectories: list[UUID]


_BEFORE_ALL = Tied(UUID(int=0), "", [])


class Desk:
    """Keeps and gives what is on desks; whether somebody may have it is asked elsewhere.

    Every call raises Unavailable when the database stays away.
    """

    def __init__(self, database: Rows, keys: KeyRing, master: MasterKey) -> None:
        """Take where it stands, and what it is sealed and fingerprinted with."""
        self._database = database
        self._keys = keys
        self._fingerprint = master.fingerprint("feed")

    def keep(self, place: Place, typed: Mapping[str, str], at: datetime) -> bool:
        """Keep what was typed instead of what lay there; False when their key was destroyed."""
        key_id, cipher = self._keys.sealing(place.person, _RETENTION)
        nonce = token_bytes(NONCE_BYTES)
        sealed = nonce + cipher.encrypt(nonce, orjson.dumps(typed), place.bound())
        asked = {**place._asdict(), "key": key_id, "sealed": sealed, "at": at, "most": MOST_DRAFTS}
        return bool(self._database.rows(_KEEP, asked)[0][0])

    def draft(self, place: Place, now: datetime) -> dict[str, str] | None:
        """Give what was typed; None when nothing lies there, or its time or its key is gone."""
        rows = self._database.rows(_DRAFT, {**place._asdict(), "since": now - KEPT_FOR})
        if not rows:
            return None
        key_id, sealed = rows[0]
        cipher = self._keys.opening(key_id)
        if cipher is None:
            return None
        try:
            plain = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.bound())
        except InvalidTag:
            return None
        typed: dict[str, str] = orjson.loads(plain)
        return typed

    def drop(self, place: Place) -> bool:
        """Take a draft away; says whether there was one."""
        return bool(self._database.rows(_DROP, place._asdict()))

    def drafts(self, person: UUID, role: str, now: datetime) -> list[Lying]:
        """List the drafts of one person in one role, the newest first."""
        asked = {"person": person, "role": role, "since": now - KEPT_FOR}
        return [Lying(*row) for row in self._database.rows(_DRAFTS, asked)]

    def expire(self, now: datetime) -> int:
        """Take away drafts of which the time is over, a thousand at most; says how many."""
        asked = {"since": now - KEPT_FOR, "most": AT_ONCE}
        return len(self._database.rows(_EXPIRE, asked))

    def make_feed(self, feed: Feed, token: str, at: datetime) -> None:
        """Let this token open somebody's calendar, and no earlier one any more."""
        asked = {**feed._asdict(), "fingerprint": self._fingerprint(token.encode()), "at": at}
        self._database.rows(_MAKE_FEED, asked)

    def feed(self, token: str) -> Feed | None:
        """Say whose calendar a token opens."""
        rows = self._database.rows(_FEED, {"fingerprint": self._fingerprint(token.encode())})
        return Feed(*rows[0]) if rows else None

    def has_feed(self, person: UUID, role: str) -> bool:
        """Say whether an address opens this calendar."""
        return bool(self._database.rows(_HAS_FEED, {"person": person, "role": role}))

    def end_feed(self, person: UUID, role: str) -> bool:
        """Let nothing open this calendar any more; says whether something did."""
        return bool(self._database.rows(_END_FEED, {"person": person, "role": role}))

    def seen(self, person: UUID, role: str, trajectory: UUID) -> int | None:
        """Say up to which position somebody has seen a timeline; None when never."""
        asked = {"person": person, "role": role, "trajectory": trajectory}
        rows = self._database.rows(_SEEN, asked)
        return rows[0][0] if rows else None

    def all_seen(self, person: UUID, role: str) -> dict[UUID, int]:
        """Say up to which position somebody has seen each timeline that they saw."""
        rows = self._database.rows(_ALL_SEEN, {"person": person, "role": role})
        return dict(rows)

    def move_on(
        self, person: UUID, role: str, trajectory: UUID, position: int, at: datetime
    ) -> None:
        """Note that somebody has seen a timeline up to a position; never back."""
        asked = {"person": person, "role": role, "trajectory": trajectory}
        self._database.rows(_MOVE_ON, {**asked, "position": position, "at": at})

    def newer(
        self, person: UUID, trajectory: UUID, position: int, entries: Sequence[UUID]
    ) -> frozenset[UUID]:
        """Name those of these entries that stand after a position and that others recorded."""
        asked = {
            "trajectory": trajectory,
            "position": position,
            "entries": list(entries),
            "by": f'"actor":"{person}"',
        }
        return frozenset(row[0] for row in self._database.rows(_NEWER, asked))

    def chosen(self, person: UUID) -> str | None:
        """Give the settings of one person, as JSON."""
        rows = self._database.rows(_CHOSEN, {"person": person})
        return rows[0][0] if rows else None

    def choose(self, person: UUID, chosen: str) -> None:
        """Keep the settings of one person."""
        self._database.rows(_CHOOSE, {"person": person, "chosen": chosen})

    def sweeps(self, day: date) -> bool:
        """Say whether this process is the first of the day to go by all desks."""
        return bool(self._database.rows(_SWEEP, {"day": day}))

    def after(self, last: Tied | None) -> Tied | None:
        """Give the next desk to go by; None when that was the last."""
        person, role, _ = last or _BEFORE_ALL
        rows = self._database.rows(_NEXT, {"person": person, "role": role})
        return Tied(*rows[0]) if rows else None

    def let_go(self, tied: Tied) -> None:
        """Take away what stands there about these trajectories."""
        self._database.rows(_LET_GO, tied._asdict())
