"""How the demo asks what an operator sets up: each thing once, whatever interrupts the start."""

from __future__ import annotations

from uuid import UUID

from api.demo.people import OPERATOR
from domain.rules.base import Command
from eventlog.entry import Actor
from eventlog.request import Request


def asked(stream: UUID, command: Command, actor: Actor = OPERATOR, nth: str = "") -> Request:
    """Ask for something that stands once in its stream, or for the nth of it."""
    key = f"demo/{stream}/{command.NAME}{nth and f'/{nth}'}"
    return Request(actor, stream, command, key=key, operator=True)
