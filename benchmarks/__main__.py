"""`python -m benchmarks [--quick] [--json FILE]`: everything beside each other in one run."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from time import perf_counter

import psycopg

from benchmarks import appending, http, projecting, proofs, regional, storing
from benchmarks.bench import FULL, QUICK, Bench, Size
from benchmarks.database import database, server
from benchmarks.table import Results
from eventlog.embedded import Server


def main() -> int:
    """Measure; 1 when a proof fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, without the region")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args()
    results, began = Results(), perf_counter()
    with server() as lease:
        run(lease, QUICK if chosen.quick else FULL, results)
    results.machine["load average at the end"] = _load()
    results.machine["minutes"] = f"{(perf_counter() - began) / 60:.1f}"
    results.print()
    if chosen.json:
        results.write(chosen.json)
    return 0 if results.proven else 1


def run(lease: Server, size: Size, results: Results) -> None:
    """Take every row of one size."""
    with database(lease) as name:
        bench = Bench(lease, name, size, results)
        _describe(bench)
        try:
            storing.rows(bench)
            projecting.rows(bench)
            appending.rows(bench)
            projecting.lags(bench)
            http.rows(bench)
            proofs.rows(bench)
            projecting.equal_to_rebuild(bench)
        finally:
            bench.close()
    if size.region:
        with database(lease) as large, database(lease) as small:
            regional.rows(Bench(lease, large, size, results), Bench(lease, small, size, results))


def _describe(bench: Bench) -> None:
    """Say what this is measured on: figures of two machines, or of two hours, do not compare."""
    machine, load = bench.results.machine, _load()
    with psycopg.connect(bench.owner, autocommit=True) as connection:
        for name in ("server_version", "fsync", "synchronous_commit"):
            row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
            machine[name] = str(row and row[0])
    machine["cores"] = str(os.cpu_count())
    machine["python"] = sys.version.split()[0]
    machine["durable inserts of one client"] = f"{bench.inserts(1):,.0f}/s (pgbench)"
    machine["load average at the start"] = load + (" NOISY" if os.getloadavg()[0] > 1 else "")
    for what, value in machine.items():
        print(f"{what}: {value}", flush=True)


def _load() -> str:
    return f"{os.getloadavg()[0]:.2f}"


if __name__ == "__main__":
    sys.exit(main())
