"""A projector as a process of its own, to be killed: python -m tests.projections.runner DSN."""

from __future__ import annotations

import sys
from threading import Event

from eventlog.keys import MasterKey
from projections.projector import Projector
from tests.projections.world import SECRET

if __name__ == "__main__":
    Projector(sys.argv[1], MasterKey(SECRET)).run(Event())
