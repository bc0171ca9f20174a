"""What the address of a read can be asked by, as it is described and judged."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path, Query

from api.reading.timeline import MOST

Id = Annotated[str, Path(json_schema_extra={"format": "uuid"})]
KnownAt = Annotated[
    str | None,
    Query(
        description="As it was known then; rights stay those of now. With a time zone.",
        json_schema_extra={"format": "date-time"},
    ),
]
HappenedUntil = Annotated[
    str | None,
    Query(
        description="Only what had happened by the end of that day.",
        json_schema_extra={"format": "date"},
    ),
]
Day = Annotated[str | None, Query(json_schema_extra={"format": "date"})]
From = Annotated[str | None, Query(alias="from", json_schema_extra={"format": "date"})]
WantsReader = Annotated[
    str | None,
    Query(
        description="Whom the client thinks of choosing to read it.",
        json_schema_extra={"format": "uuid"},
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Cursor = Annotated[str | None, Query(max_length=2048, description="`next` of the page before.")]
Categories = Annotated[str | None, Query(max_length=50, description="Letters: `E,F,H`.")]
Lane = Literal["work", "care", "network", "self"]
