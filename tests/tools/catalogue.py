"""Writes the event catalogue and the golden schemas: `python -m tests.tools.catalogue`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from domain.events import (
    BY_TYPE,
    DirectoryEvent,
    EmployerEvent,
    FundingEvent,
    PeerGroupEvent,
    ProgrammeEvent,
    TrajectoryEvent,
)
from domain.events.base import Event, Kind, field_kinds
from domain.policy import recorded_by
from domain.rules import COMMANDS

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
_INTRO = """# Events

Made from the event classes by `python -m tests.tools.catalogue`; a test compares. Words on screen
are Dutch first. Each event has a golden JSON schema under `events/`: a published event never
changes, a new meaning gets a new version. Fields are facts unless marked: *words* (somebody's own
text), *health*, *third* (another person's confidence), *given*, *family*, *contact*.
`occurred_on` and `late_reason` (words) are part of every event.

Who records an event is what the policy answers when asked: the roles that may by some tie, each
within their own (a mandate, an invitation, an own job, the team of a file). Who stands in for a
coach records as one. A correction is recorded by who records what it corrects.
"""


def documents() -> dict[str, str]:
    """Give every generated file by its path below docs/reference."""
    schemas = {f"events/{kind}.json": _json(schema(event)) for kind, event in BY_TYPE.items()}
    return {"events.md": catalogue(), **schemas}


def schema(event: type[Event]) -> dict[str, Any]:
    """Give the published shape of an event: its JSON schema, and how the service treats it."""
    shape: dict[str, Any] = _bare(event.model_json_schema())
    marks = {name: kind.value for name, kind in field_kinds(event).items()}
    return {
        **shape,
        "x-samenspoor": {
            "type": event.TYPE,
            "stream": event.STREAM.value,
            "category": event.CATEGORY.value,
            "retention": event.RETENTION.value,
            "subject": event.SUBJECT,
            "correctable": event.CORRECTABLE,
            "stands": event.STANDS,
            "ends": list(event.ENDS),
            "kinds": marks,
        },
    }


def catalogue() -> str:
    """Word the catalogue: per stream, each event with its sentence, recorder and command."""
    streams = {
        "Trajectory": TrajectoryEvent,
        "Directory": DirectoryEvent,
        "Employer": EmployerEvent,
        "Programme": ProgrammeEvent,
        "Peer group": PeerGroupEvent,
        "Funding": FundingEvent,
    }
    parts = [_INTRO]
    for name, union in streams.items():
        parts.append(f"\n## {name}\n")
        parts.extend(_section(event) for event in get_args(union))
    return "\n".join(parts)


def _section(event: type[Event]) -> str:
    by = ", ".join(sorted(role.label.en for role in recorded_by(event)))
    command = next(each.NAME for each in COMMANDS if event in each.YIELDS)
    row = f"{event.CATEGORY.value} ({event.CATEGORY.label.en})"
    fields = ", ".join(
        f"`{name}`" + ("" if kind is Kind.FACT else f" *{kind}*")
        for name, kind in field_kinds(event).items()
        if name not in Event.model_fields
    )
    summary = (event.__doc__ or "").strip().splitlines()[0]
    return (
        f"### {event.__name__}\n\n"
        f"{summary}\n\n"
        f"- stored as [`{event.TYPE}`](events/{event.TYPE}.json), by command `{command}`\n"
        f"- row {row}; recorded by {by}\n"
        f"- nl: {event.SENTENCE.nl}\n"
        f"- en: {event.SENTENCE.en}\n"
        f"{_to_client(event)}"
        f"- fields: {fields or 'none of its own'}\n"
    )


def _to_client(event: type[Event]) -> str:
    said = event.TO_CLIENT
    return "" if said is None else f"- to the client: {said.nl} / {said.en}\n"


def _bare(value: Any) -> Any:
    """Leave titles and descriptions out: words about a field are no part of its shape."""
    if isinstance(value, dict):
        return {
            key: _bare(each)
            for key, each in value.items()
            if not (key in {"title", "description"} and isinstance(each, str))
        }
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    """Write every file, and remove what no longer belongs."""
    wanted = documents()
    (REFERENCE / "events").mkdir(parents=True, exist_ok=True)
    for found in (REFERENCE / "events").glob("*.json"):
        if f"events/{found.name}" not in wanted:
            found.unlink()
    for path, text in wanted.items():
        (REFERENCE / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
