"""The visibility matrix: for each role and category, on which ground what is seen and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from domain.events.base import Category, Kind
from domain.roles import Role


class Ground(StrEnum):
    """What makes something visible; a kind of field without any ground is never seen."""

    ALWAYS = "always"
    PERMISSION = "permission"  # a permission in force names the category
    OWN = "own"  # recorded by me, on my behalf, or addressed to me
    OWN_JOB = "own_job"  # about the job that this employer gives
    SENT = "sent"  # the client sent this one entry


class Limit(StrEnum):
    """Only listed fields of listed events are seen (see fields.py), whatever their kind."""

    JOB = "job"  # what an employer sees of its own job
    ENDED_JOB = "ended_job"  # what an employer sees of a job that is over
    TIMING = "timing"  # the day, nothing else
    KIND = "kind"  # the day and the kind, nothing else
    CARE_FIRST = "care_first"  # "first this": no clinical fact beyond it


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix: the grounds per kind of field, and whether one may record."""

    access: Mapping[Kind, frozenset[Ground]]
    record: bool = False
    pseudonymous: bool = False
    limit: Limit | None = None
    counted: bool = False
    """Of its entries nothing is seen, only how many there are of what."""

    def grounds(self, kind: Kind) -> frozenset[Ground]:
        """The grounds on which this kind is seen; none means never."""
        return self.access.get(kind, frozenset())


# The table of the reference (7.5, as changed by 0.1), in its own notation. A cell is one or two
# halves, `facts/words`, with `+` behind it when this role may record there.
#   F      all kinds
#   O      entries recorded by me, on my behalf, or addressed to me
#   S      facts and names; no words, nothing about health, no telephone
#   c      all kinds with a permission in force          Sc   facts and names with one
#   SO     facts of O                                    own  own job only, listed fields only
#   p      facts, pseudonymous                           Fp   facts and words, pseudonymous
#   cp     facts and words with one, pseudonymous        flag   "care first" and no more
#   t      that and when, pseudonymous                   name   given and family name
#   kind   which kind and when, pseudonymous             given  given name
#   n      counts, and no entry                         -      never
#   s      facts and words of what the client sent to this one reader
#   SO|s   facts of O, and s
# Of a legal representative, `c` asks the mandate instead: it names the categories.
# Facts carry the names with them; words carry health values and contact details.
#
# Where it differs from the letter of 7.5:
# - O (private family time) has no row: it is never recorded.
# - employer, C: disclosure is spoken; its wording is not shown to the employer (0.1).
# - employer, E: the facts of its own entries, never words, and of listed events only.
# - employer, H: support contacts are not in the employer's view of 0.1. J: a worry may be
#   written, and nothing is read. Somebody close reads, besides what a permission opens, what the
#   client addressed to them (0.1: the client may choose the reader) and what they wrote.
# - client manager, labour expert and benefits adviser, E and H: nothing, also not with a
#   permission, except an entry that the client sends (0.1); of C that it was sent.
# - auditor, H: "p sample" stands for the facts. Its words lift the secrecy of who wrote them, which
#   only the client does (7.1): a permission for an audit (ADR 0014).
# - auditor, I, N and P: counts are no entries. How it goes (I) and of groups (P) they are told with
#   the totals of the programme, of a plan (N) how much of it is done. R is given by the access log
#   alone (emergency.py), which narrows it to the own organisation.
# The further roles are those of 0.1, and narrower where it says nothing:
# - team lead: "summaries of the caseload" are the facts that a caseload is made of. Choices, issues
#   and care are not among them; of a setback (J) only how many wait for an answer (ADR 0021). Who
#   covers for a coach has the coach's column (see relation.py).
# - privacy officer: C and R by name and word; of all else the facts, by pseudonym.
# - peer worker: as somebody close, and H by permission.
# - legal representative: what the client sees and records, in the categories of the mandate. How
#   it goes (I) only the client says.
# - benefits adviser: whose file it is, they learn by permission, as a broker does.
TABLE = """
   client network_member job_coach care_worker employer job_broker client_manager ek_coordinator peer  auditor sysadmin team_lead privacy_officer peer_worker legal_representative benefits_adviser labour_expert
A  F+     O              F+        F           name     Sc         S              Sc             given p       -        S         p               O           c|O+                 Sc               S
B  F+     c              F+        F+          -        Sc         S              -              -     p       -        S         p               c           c+                   S                S
C  F+     O              F+        F           -        -          SO|s/s         -              -     Fp      -        -         F               O           c|O+                 s                SO|s/s
D  F+     c              F+        F+          -        Sc         -              c              -     p       -        S         p               c           c+                   -                -
E  F+     c              F+        F           SO       O+         s              -              -     p       -        S         p               c           c+                   s                s
F  F+     c              F+        F           own+     S          Sc             -              -     p       -        S         p               c           c+                   -                Sc
G  F      -              F+        S           own      S          O+             -              -     p       -        S         p               -           c                    -                O+
H  F/F    c/-            F/F+      F/c         -        -          s              -              -     p/cp    -        S         p               c           c/c                  s                s
I  F+     c              c         c           -        -          -              -              -     n       -        -         p               c           c                    -                -
J  F/F+   c|O+           F/F+      F/F+        -+       -          -              -              -     t/-     -        n         p               c|O+        c|O+                 -                -
K  F      -              flag      F+          -        -          -              -              -     -       -        -         p               -           c                    -                -
L  F+     c              F+        Sc          -        -          Sc             c              -     kind    -        -         p               c           c+                   -                Sc
M  F+     c              F+        -           -        -          Sc             -              -     p       -        -         p               c           c+                   F+               Sc
N  F+     c|O+           c         c           -        -          -              F+             -     n       -        -         p               c|O+        c+                   -                -
P  O+     -              F+        -           -        -          -              -              F+    n       -        -         p               -           -                    -                -
Q  F+     O              F+        F+          -        -          O              -              -     Fp      -        -         p               O           c+                   -                O
R  F      O              -         -           -        -          -              -              -     -       -        -         F               O           c                    -                -
"""  # noqa: E501 - a table is read by its columns

PROFESSIONALS = frozenset(
    {
        *(Role.JOB_COACH, Role.CARE_WORKER, Role.JOB_BROKER, Role.CLIENT_MANAGER),
        *(Role.EK_COORDINATOR, Role.BENEFITS_ADVISER, Role.LABOUR_EXPERT),
    }
)
"""Those who act for an organisation on a team; they alone see words of third parties."""

CARE_WORK = frozenset({*"DEFGH"})
"""Where a coach outside the care organisation changes what care workers see."""

_FACTS = (Kind.FACT, Kind.GIVEN, Kind.FAMILY)
_WORDS = (Kind.WORDS, Kind.HEALTH, Kind.CONTACT)
_NAMING = frozenset({Kind.GIVEN, Kind.FAMILY, Kind.CONTACT, Kind.THIRD})

_NEVER: frozenset[Ground] = frozenset()
_ALWAYS = frozenset({Ground.ALWAYS})
_PERMISSION = frozenset({Ground.PERMISSION})
_OWN = frozenset({Ground.OWN})
_OWN_JOB = frozenset({Ground.OWN_JOB})
_SENT = frozenset({Ground.SENT})


@dataclass(frozen=True, slots=True)
class _Mark:
    """What one mark of the notation stands for."""

    facts: frozenset[Ground] = _NEVER
    words: frozenset[Ground] = _NEVER
    only: frozenset[Kind] = frozenset(Kind)
    pseudonymous: bool = False
    limit: Limit | None = None
    counted: bool = False


_MARKS: Mapping[str, _Mark] = {
    "F": _Mark(_ALWAYS, _ALWAYS),
    "O": _Mark(_OWN, _OWN),
    "S": _Mark(_ALWAYS),
    "c": _Mark(_PERMISSION, _PERMISSION),
    "Sc": _Mark(_PERMISSION),
    "SO": _Mark(_OWN),
    "s": _Mark(_SENT, _SENT, only=frozenset({Kind.FACT, Kind.WORDS})),
    "SO|s": _Mark(_OWN | _SENT, only=frozenset({*_FACTS, Kind.WORDS})),
    "c|O": _Mark(_PERMISSION | _OWN, _PERMISSION | _OWN),
    "own": _Mark(_OWN_JOB, limit=Limit.JOB),
    "p": _Mark(_ALWAYS, pseudonymous=True),
    "Fp": _Mark(_ALWAYS, _ALWAYS, pseudonymous=True),
    "cp": _Mark(_PERMISSION, _PERMISSION, pseudonymous=True),
    "t": _Mark(_ALWAYS, only=frozenset({Kind.FACT}), pseudonymous=True, limit=Limit.TIMING),
    "kind": _Mark(_ALWAYS, only=frozenset({Kind.FACT}), pseudonymous=True, limit=Limit.KIND),
    "flag": _Mark(_ALWAYS, only=frozenset({Kind.FACT}), limit=Limit.CARE_FIRST),
    "n": _Mark(counted=True),
    "name": _Mark(_ALWAYS, only=frozenset({Kind.GIVEN, Kind.FAMILY})),
    "given": _Mark(_ALWAYS, only=frozenset({Kind.GIVEN})),
    "-": _Mark(),
}


def _cell(role: Role, notation: str) -> Cell:
    facts, _, words = notation.removesuffix("+").partition("/")
    first, second = _MARKS[facts], _MARKS[words or facts]
    access = dict.fromkeys(_FACTS, first.facts) | dict.fromkeys(_WORDS, second.words)
    if role in PROFESSIONALS and second.words == _ALWAYS:
        access[Kind.THIRD] = _ALWAYS
    hidden = _NAMING if first.pseudonymous else frozenset()
    return Cell(
        access=MappingProxyType(
            {kind: on for kind, on in access.items() if on and kind in first.only - hidden}
        ),
        record=notation.endswith("+"),
        pseudonymous=first.pseudonymous,
        # An employer's own entries are listed as well: in its column only the name is not.
        limit=Limit.JOB if role is Role.EMPLOYER and facts == "SO" else first.limit,
        counted=first.counted,
    )


def _parse(table: str) -> Mapping[tuple[Role, Category], Cell]:
    roles = {role.value: role for role in Role}
    categories = {category.value: category for category in Category}
    header, *lines = (line.split() for line in table.strip().splitlines())
    return MappingProxyType(
        {
            (roles[name], categories[letter]): _cell(roles[name], notation)
            for letter, *cells in lines
            for name, notation in zip(header, cells, strict=True)
        }
    )


MATRIX: Mapping[tuple[Role, Category], Cell] = _parse(TABLE)
ROLES = frozenset(role for role, _ in MATRIX)
"""The roles that have a column."""


def cell(role: Role, category: Category, *, outside: bool = False) -> Cell:
    """Give a cell of the matrix; `outside`: no coach works for the care organisation.

    Then everything of care workers in D to H asks a permission, and so do the words of a setback
    for a coach, unless they are addressed to that coach: the client may choose the reader (0.1).
    """
    found = MATRIX[role, category]
    if not outside:
        return found
    if role is Role.CARE_WORKER and category in CARE_WORK:
        return _narrowed(found, frozenset(Kind), _PERMISSION)
    if role is Role.JOB_COACH and category is Category.SETBACK:
        return _narrowed(found, frozenset({*_WORDS, Kind.THIRD}), _PERMISSION | _OWN)
    return found


def _narrowed(found: Cell, kinds: frozenset[Kind], instead: frozenset[Ground]) -> Cell:
    """Put other grounds in the place of 'always'; what was never seen stays so."""
    access = {
        kind: instead if kind in kinds and on == _ALWAYS else on
        for kind, on in found.access.items()
        if not (kind is Kind.THIRD and kind in kinds)
    }
    return replace(found, access=MappingProxyType(access))
