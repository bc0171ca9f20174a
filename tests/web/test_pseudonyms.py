"""Nothing that an auditor is given names a person, not by an id either: pseudonyms would fall."""

from __future__ import annotations

import re

import pytest

from api.demo.people import KIM, PERSONAS, TOM, trajectory_of
from domain.roles import Role
from tests.demo.region import DemoRegion
from tests.web.reading import page, send

READS = (
    *("", "/timeline?limit=100", "/audit-trail?limit=100", "/timeline?limit=100&lang=en"),
    *("?known_at=2100-01-01T00:00:00Z", "/timeline?limit=100&known_at=2100-01-01T00:00:00Z"),
)
_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@pytest.fixture(scope="module")
def people(region: DemoRegion) -> frozenset[str]:
    """Everybody's id, but for that of the auditor."""
    rows = region.services.log.entries_recorder.rows(
        "SELECT DISTINCT originator_id FROM log.entry WHERE topic = 'person.registered.v1'", ()
    )
    everybody = {str(who) for (who,) in rows} | {str(p.actor.person) for p in PERSONAS.values()}
    return frozenset(everybody - {str(PERSONAS["kim"].actor.person)})


@pytest.mark.parametrize("read", READS)
def test_an_auditor_is_given_no_id_of_a_person(
    region: DemoRegion, people: frozenset[str], read: str
) -> None:
    kim, ria = region.browser("kim"), region.browser("ria")
    given: set[str] = set()
    for trajectory in kim.get("/api/v1/me").json()["trajectories"]:
        found = kim.get(f"/api/v1/trajectories/{trajectory}{read}")
        assert found.status_code == 200
        assert people.isdisjoint(_ID.findall(found.text))
        given.update(_ID.findall(ria.get(f"/api/v1/trajectories/{trajectory}{read}").text))
    assert given & people, "the team is given some, so that this test can fail"


def test_what_stands_keeps_its_place_under_pseudonyms(region: DemoRegion) -> None:
    kim = region.browser("kim")
    for trajectory in kim.get("/api/v1/me").json()["trajectories"]:
        standing = kim.get(f"/api/v1/trajectories/{trajectory}").json()["standing"]
        slots = [each["slot"] for each in standing]
        assert len(slots) == len(set(slots))
        assert any(re.fullmatch(r"team/[2-9A-Z]{5}", slot) for slot in slots)


def test_a_role_is_said_once(region: DemoRegion) -> None:
    kim = region.browser("kim")
    roles = "|".join(
        sorted({each.label.nl for each in Role} | {"werkgever"}, key=len, reverse=True)
    )
    twice = re.compile(rf"\b({roles}) [2-9A-Z]{{5}}\b[^.;:]*\b\1\b|\b({roles}) \2\b", re.IGNORECASE)
    said = 0
    for trajectory in kim.get("/api/v1/me").json()["trajectories"]:
        found = kim.get(f"/api/v1/trajectories/{trajectory}/timeline?limit=100").json()["entries"]
        for each in found:
            assert not twice.search(each["sentence"]), each["sentence"]
            said += bool(re.search(r"\b[2-9A-Z]{5}\b.*(?:als|aan)", each["sentence"]))
        page = re.sub(r"<[^>]+>", " ", kim.get(f"/traject/{trajectory}").text)
        assert not re.search(rf"({roles}) [2-9A-Z]{{5}},?\s+\1", page)
    assert said, "somebody joined in a role"


_ALSO_WORDS = {"Kim", "Wil"}
"""The auditor's own name, and one that begins sentences of other files as a word."""
_PLACES = ("", "/keuzes", "/nagaan", "/verantwoording")
_ON = re.compile(r'href="(/traject/[^"#]+(?:/keuzes/|verder=|/regel/)[^"#]+|/steekproef\?[^"#]+)')
_TAGS = re.compile(r"<script.*?</script>|<[^>]+>", re.DOTALL)
CHOICES = 3
ENTRIES = 25
"""So many entries of all that are linked to are opened by themselves."""


@pytest.fixture(scope="module")
def called(region: DemoRegion) -> re.Pattern[str]:
    """Find the given or family name of anybody who was registered, but for the auditor's own."""
    log = region.services.log
    rows = log.entries_recorder.rows(
        "SELECT DISTINCT originator_id FROM log.entry WHERE topic = 'person.registered.v1'", ()
    )
    names: set[str] = set()
    for (who,) in rows:
        if who != KIM.actor.person:
            (first, *_) = log.entries(who)
            body = first.body.model_dump() if first.body else {}
            names |= {each for each in (body["given_name"], body["family_name"]) if each}
    either = "|".join(map(re.escape, sorted(names - _ALSO_WORDS, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?:['’]?s)?(?!\w)")


def pages_of(region: DemoRegion, persona: str, files: list[str]) -> dict[str, str]:
    """Give the words on the pages of these files, and of what they lead to."""
    who, told = region.browser(persona), dict[str, str]()
    to_open = ["/steekproef", *(f"/traject/{file}{place}" for file in files for place in _PLACES)]
    entries = 0
    while to_open:
        path = to_open.pop(0)
        entries += "/regel/" in path
        if path in told or ("/regel/" in path and entries > ENTRIES):
            continue
        found = who.get(path)
        assert found.status_code == 200, path
        told[path] = _TAGS.sub(" ", found.text)
        to_open += [each.replace("&amp;", "&") for each in _ON.findall(found.text)]
    return told


def test_no_name_of_anybody_stands_on_what_an_auditor_reads(
    region: DemoRegion, called: re.Pattern[str]
) -> None:
    """In what people wrote, a pseudonym stands in the place of each name."""
    files = region.browser("kim").get("/api/v1/me").json()["trajectories"]
    seen = pages_of(region, "kim", files)
    assert {path: called.findall(said) for path, said in seen.items() if called.search(said)} == {}
    assert sum("/keuzes/" in path for path in seen) >= CHOICES
    for read in ("timeline?limit=100", "audit-trail?limit=100", "trust-decisions", "checks"):
        for file in files:
            said = region.browser("kim").get(f"/api/v1/trajectories/{file}/{read}").text
            assert called.findall(said) == [], (file, read)


def test_what_the_team_wrote_is_read_by_the_team_with_names(region: DemoRegion) -> None:
    """They read on with the names; the auditor reads who it was, each time by the same mark."""
    words = "Tom's broer bracht Tom. Kuipers belde: TOM en Tommy, niet tom."
    toms = trajectory_of(TOM)
    choice = {"question": "Mag het?", "client_want": words, "choice": "Ja", "rationale": "Kan."}
    review = {"review_on": region.services.today().isoformat(), "gelezen": "ja"}
    assert send(region, region.browser("ria"), f"/traject/{toms}/keuze", **choice, **review) == 303
    assert words in page(region.browser("ria"), f"/traject/{toms}/keuzes")
    told = page(region.browser("kim"), f"/traject/{toms}/keuzes")
    found = re.search(
        r"Cliënt ([2-9A-Z]{5})’s broer bracht cliënt \1\. Cliënt \1 belde: TOM en Tommy, niet tom",
        told,
    )
    assert found is not None, told
