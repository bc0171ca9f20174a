"""The visibility matrix as the reference words it (7.5 and 0.1), read without the service's own."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.events.base import Category, Kind
from domain.roles import Role

TABLE = """
|Category|Client|Network member|Job coach|Care worker|Employer|Job broker|Client mgr/UWV|EK coord.|Peer (group)|Auditor|Sys-admin|
|A identity, team|F+|O|F+|F|S(name at work)|S c|S|S c|first name|p|–|
|B referral, stage, closing|F+|c|F+|F+|–|S c|S|–|–|p|–|
|C permissions, disclosure|F+|O|F+|F|text in force only|–|S own|–|–|F p|–|
|D profile, preferences|F+|c|F+|F+|–|S c (no health)|–|c|–|p|–|
|E search, employer contacts|F+|c|F+|F|O|F own +|–|–|–|p|–|
|F job facts, hours, accommodations|F+|c|F+|F|own job only +|S|S c|–|–|p|–|
|G instruments|F|–|F+|S|own job|S|F own +|–|–|p|–|
|H support contacts: fact / text|F / F|c / –|F+ / F+|F / c|own / –|–|– / –|–|–|p / p sample|–|
|I wellbeing|F+|c|c|c|–|–|–|–|–|aggregate|–|
|J setback: that / text|F+ / F+|c / c (+ worry)|F+ / F+|F / F+|– (+ worry only)|–|–|–|–|timing / –|–|
|K clinical|F (from care org)|–|"care first" flag|F+|–|–|–|–|–|–|–|
|L blocking issues|F+|c|F+|S c|–|–|S c|c|–|p kind only|–|
|M benefits advice|F+|c|F+|–|–|–|S c|–|–|p|–|
|N EK plan / own actions|F+|plan c, O+|F c|c|–|–|–|F+ until handover|–|p counts|–|
|P peer group|O+|–|F+ (group)|–|–|–|–|–|F+ own group|aggregate|–|
|Q trust decisions|F+|if participant|F+|F+|–|–|if participant|–|–|F p|–|
|R access log|F own|own|–|–|–|–|–|–|–|F p (own org)|technical only|
"""  # noqa: E501 - the very text of the reference, its dashes too
FURTHER = (
    "team lead = summaries of the caseload and, while covering, the coach's rights; "
    "privacy officer = R and C in full, the rest pseudonymous; "
    "peer worker = as network member plus H by permission; "
    "legal representative = what the mandate names; "
    "benefits adviser = M in full, B summary; labour expert = as client manager"
)
COLUMNS = (
    *(Role.CLIENT, Role.NETWORK_MEMBER, Role.JOB_COACH, Role.CARE_WORKER, Role.EMPLOYER),
    *(Role.JOB_BROKER, Role.CLIENT_MANAGER, Role.EK_COORDINATOR, Role.PEER, Role.AUDITOR),
    Role.SYSADMIN,
)
LEAD = "ABDEFGH"
"""What a caseload is made of: the summary of a team lead."""
_JOB = "occurred_on placement employer"
_BEGUN = f"{_JOB} title starts_on hours_per_week tasks days"
_ARRANGED = f"{_JOB} accommodation kind what"
_PLANNED = f"{_JOB} appointment planned_on at"
_MEETING = f"{_PLANNED} minutes place comes"
LISTED = {
    # 7.2 and 0.1: start, hours, tasks, accommodations (what, not why), and what to arrange when.
    "job": {
        "job.started.v1": _BEGUN,
        "trial.started.v1": f"{_BEGUN} ends_on",
        "trial.extended.v1": f"{_JOB} ends_on",
        "volunteering.started.v1": _BEGUN,
        "sheltered.started.v1": _BEGUN,
        "hours.changed.v1": f"{_JOB} hours_before hours_per_week starts_on",
        "accommodation.agreed.v1": _ARRANGED,
        "accommodation.changed.v1": _ARRANGED,
        "appointment.made.v1": _MEETING,
        "appointment.moved.v1": _MEETING,
        "appointment.cancelled.v1": _PLANNED,
        "wage_subsidy.granted.v1": f"{_JOB} kind starts_on ends_on",
        "job.carved.v1": f"{_JOB} tasks",
        "employer.asked_call.v1": _JOB,
    },
    # 0.1: of an ended job only that it ended.
    "over": {f"{kind}.ended.v1": _JOB for kind in ("job", "trial", "volunteering", "sheltered")},
    # That it was not going well, and when the team answered.
    "timing": dict.fromkeys(
        ("setback.signalled.v1", "setback.answered.v1", "recovery.noted.v1", "crisis.escalated.v1"),
        "occurred_on",
    ),
    "kind": dict.fromkeys(
        ("issue.raised.v1", "issue.plan_made.v1", "issue.resolved.v1"), "occurred_on kind"
    ),
    "flag": dict.fromkeys(("own_care.noted.v1", "own_care.ended.v1"), "occurred_on"),
}
"""The entries that a limited cell shows, each with its fields; of other entries it shows none."""


class Cell(NamedTuple):
    """On which ground facts and words are seen: all, own, permitted, '' for never; or a limit."""

    facts: str = ""
    words: str = ""
    limit: str = ""

    def sees(self, kind: Kind, *, own: bool, permitted: bool) -> bool:
        """Say whether a field of this kind is seen."""
        on = self.facts if kind is Kind.FACT else self.words
        return "all" in on or ("own" in on and own) or ("permitted" in on and permitted)


_ALL, _OWN, _BY = Cell("all", "all"), Cell("own", "own"), Cell("permitted", "permitted")
_WORDS_OF = {
    **dict.fromkeys(("F", "F own", "F own group", "F p", "F until handover"), _ALL),
    **dict.fromkeys(("O", "own", "if participant"), _OWN),
    **dict.fromkeys(("c", "F c"), _BY),
    **dict.fromkeys(("S", "p"), Cell("all")),
    "S c": Cell("permitted"),
    "S own": Cell("own"),
    "plan c, O": Cell("own permitted", "own permitted"),
    "own job only": Cell("job", "", "job"),
    "own job": Cell("job", "", "job"),
    '"care first" flag': Cell("all", "", "flag"),
    "p kind only": Cell("all", "", "kind"),
    "timing": Cell("all", "", "timing"),
    # Totals, names and lists are no entries.
    **dict.fromkeys(("–", "aggregate", "p counts", "technical only", "first name"), Cell()),
}
# Where 0.1 or a decision wins over the cell, or its own words say more than its mark; each by what.
_INSTEAD = {
    # 7.2, 7.5 "name at work": it stands with the state, and the entries on person and team do not.
    (Role.EMPLOYER, "A"): Cell(),
    # 0.1, employer view: "disclosure is spoken", and its wording is not shown to the employer.
    (Role.EMPLOYER, "C"): Cell(),
    # 0.1, employer view: what it lists is of the job (F, G) alone; 7.2: "everything else absent".
    (Role.EMPLOYER, "E"): Cell(),
    (Role.EMPLOYER, "H"): Cell(),
    # 0.1, setback: "the client may choose the reader" (ADR 0016).
    (Role.NETWORK_MEMBER, "J"): Cell("own permitted", "own permitted"),
    # 7.5 "F own": of the own entries everything. Of looks, in R, it is those at one's own file.
    (Role.JOB_BROKER, "E"): _OWN,
    (Role.CLIENT_MANAGER, "G"): _OWN,
    # 7.5 "p sample" is the facts; 7.1: words by a permission for an audit (ADR 0014).
    (Role.AUDITOR, "H"): Cell("all", "permitted"),
    # 7.5 "own org": looks and emergencies are read at /access, of that organisation alone; what the
    # file holds of them is of any. Looks are no entries (ADR 0010).
    (Role.AUDITOR, "R"): Cell(),
}


def _read(text: str) -> Cell:
    """Read one cell: `+` and remarks in brackets are about recording, not about reading."""
    facts, _, words = re.sub(r"\(.*?\)", "", text).replace("+", "").strip().partition(" / ")
    first = _WORDS_OF[facts.strip()]
    return Cell(first.facts, _WORDS_OF[words].words, first.limit) if words else first


def _table() -> dict[tuple[Role, str], Cell]:
    _, *lines = (line.strip("|").split("|") for line in TABLE.strip().splitlines())
    return {
        (role, name[0]): _INSTEAD[role, name[0]] if (role, name[0]) in _INSTEAD else _read(cell)
        for name, *cells in lines
        for role, cell in zip(COLUMNS, cells, strict=True)
    }


def _further(found: dict[tuple[Role, str], Cell]) -> dict[tuple[Role, str], Cell]:
    """Read the sentences on the further roles."""
    letters = [category.value for category in Category]
    told = dict(each.split(" = ") for each in FURTHER.split("; "))
    more: dict[tuple[Role, str], Cell] = {}
    for name, text in told.items():
        role = Role(name.replace(" ", "_"))
        like = re.match(r"as (\w+ \w+)", text)
        full = re.match(r"([A-Z])(?: and ([A-Z]))? in full", text)
        for letter in letters:
            cell = Cell()
            if like:
                cell = found[Role(like[1].replace(" ", "_")), letter]
            if like and f"plus {letter} by permission" in text:
                cell = _BY
            if full:
                cell = Cell("all") if "the rest" in text or f"{letter} summary" in text else cell
                cell = _ALL if letter in full.groups() else cell
            if role is Role.TEAM_LEAD and letter in LEAD:
                cell = Cell("all")
            if role is Role.LEGAL_REPRESENTATIVE and letter != "P":
                own = letter in "ACJ"  # whom it is about, the own mandate, and as a chosen reader
                cell = Cell("own permitted", "own permitted") if own else _BY
            more[role, letter] = cell
    # No source: 0.1 gives them M and B. As the "S c" of a broker, whose file it is, if permitted.
    more[Role.BENEFITS_ADVISER, "A"] = Cell("permitted")
    return more


CELLS = _table()
CELLS |= _further(CELLS)


def cell(role: Role, category: Category, *, outside: bool) -> Cell:
    """Give a cell; `outside`: the coach is not employed by the care organisation (footnote)."""
    found = CELLS[role, category.value]
    if outside and role is Role.CARE_WORKER and category.value in "DEFGH":
        facts = "permitted" if found.facts else ""
        return Cell(facts, "permitted" if found.words else "")
    if outside and role is Role.JOB_COACH and category is Category.SETBACK:
        return Cell(found.facts, "permitted own")
    return found
