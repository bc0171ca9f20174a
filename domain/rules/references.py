"""Which streams a command refers to; the handler refuses what does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.events.base import StreamKind

Reference = tuple[UUID, StreamKind]


def each(
    values: Iterable[UUID], field: str, kind: StreamKind = StreamKind.DIRECTORY
) -> Mapping[str, Reference]:
    return {f"{field}.{at}": (value, kind) for at, value in enumerate(values)}


def employer(value: UUID | None, field: str = "employer") -> Mapping[str, Reference]:
    return {field: (value, StreamKind.EMPLOYER)} if value else {}


def person(value: UUID | None, field: str = "person") -> Mapping[str, Reference]:
    return {field: (value, StreamKind.DIRECTORY)} if value else {}


def organisation(value: UUID | None, field: str = "organisation") -> Mapping[str, Reference]:
    return {field: (value, StreamKind.DIRECTORY)} if value else {}


def trajectory(value: UUID, field: str = "trajectory") -> Mapping[str, Reference]:
    return {field: (value, StreamKind.TRAJECTORY)}


def programme(value: UUID | None, field: str = "programme") -> Mapping[str, Reference]:
    return {field: (value, StreamKind.PROGRAMME)} if value else {}
