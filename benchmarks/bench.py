"""What every part of a run works with: the database, the sizes and where figures go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from statistics import median

from benchmarks import region
from benchmarks.database import one_row_inserts
from benchmarks.peers.library import Peer, environment
from benchmarks.table import Results
from eventlog.embedded import Server
from eventlog.embedded.roles import OWNER
from eventlog.log import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured, and for how long."""

    events: int
    """In our log; the peers get as many."""
    projected: int
    """Of the library's log, by its own runner."""
    long: int
    """Entries of a long stream."""
    writers: tuple[int, ...] = (1, 8, 16, 64)
    rounds: int
    """Times that each figure is taken, in turn; the median counts."""
    seconds: float
    """Of one round."""
    reference: int
    """Whole seconds of pgbench right before each."""
    lag: float
    """Seconds of appends at each pace."""
    paces: tuple[int, ...] = (100, 1_000)
    clients: int = 16
    region: int = 0
    """Trajectories of the region; 0 leaves it out."""
    town: int = 50
    """Trajectories that the region is compared with."""


FULL = Size(
    events=120_000,
    projected=4_000,
    long=1_000,
    rounds=3,
    seconds=1.5,
    reference=1,
    lag=10,
    region=23_000,
)
QUICK = Size(events=12_000, projected=1_000, long=1_000, rounds=1, seconds=0.6, reference=1, lag=2)


@dataclass
class Bench:
    """A database of a run."""

    lease: Server
    name: str
    size: Size
    results: Results

    def dsn(self, role: str = "samenspoor_service") -> str:
        """Word how to connect as a role."""
        return self.lease.dsn(role, self.name)

    @property
    def owner(self) -> str:
        """Word how to connect as the owner."""
        return self.dsn(OWNER)

    @property
    def projector(self) -> str:
        """Word how to connect as the projector."""
        return self.dsn("samenspoor_projector")

    @cached_property
    def log(self) -> Log:
        """Our log."""
        return region.open_log(self.dsn())

    @cached_property
    def library(self) -> Peer:
        """The library's application on the same database."""
        return Peer(environment(self.owner, pool=4))

    def inserts(self, clients: int, protocol: str = "simple") -> float:
        """Take pgbench's reference with so many clients."""
        return one_row_inserts(self.lease, self.name, clients, self.size.reference, protocol)

    def close(self) -> None:
        """Close every connection."""
        self.log.close()
        self.library.close()


def middle(values: list[float]) -> float:
    """Give the median: one disturbed round does not count."""
    return median(values)
