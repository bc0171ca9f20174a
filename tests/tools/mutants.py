"""Changes policy and rules by machine and counts what no spec notices: `make mutants`."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

MADE = Path("mutants")
"""Where mutmut puts the changed copies, and beside each what came of its changes."""
_MUTMUT = "from mutmut.__main__ import cli; cli()"
_OUTCOMES = {0: "survived", 5: "no spec", 33: "no spec", None: "not tried"}
_SENTENCE = re.compile(r'(?:f?"[^"]*[ .?!][^"]*"\s*)+')


def main() -> None:
    """Try every change that was not tried yet, for some minutes, and say what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=45)
    parser.add_argument("--children", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    command = [sys.executable, "-c", _MUTMUT, "run", "--max-children", str(asked.children)]
    with subprocess.Popen(command) as running:
        failed = _within(asked.minutes * 60, running)
    if not any(MADE.rglob("*.meta")):
        sys.exit(failed or 1)
    print("\n".join(report()))


def _within(seconds: int, running: subprocess.Popen[bytes]) -> int:
    try:
        return running.wait(seconds)
    except subprocess.TimeoutExpired:
        print("Out of time; what was tried is kept, and the next run goes on from here.")
    running.send_signal(signal.SIGINT)
    try:
        return running.wait(timeout=60)
    except subprocess.TimeoutExpired:
        running.kill()
        return running.wait()


def report() -> Iterator[str]:
    """Word the share that survived, and name each survivor that is more than words."""
    told: list[str] = []
    for part in ("policy", "rules"):
        outcomes = dict(_tried(part))
        counts = Counter(outcomes.values())
        unseen = [name for name, outcome in outcomes.items() if outcome in {"survived", "no spec"}]
        logic = [name for name in unseen if not only_words(_change(name))]
        tried = counts.total() - counts["not tried"]
        yield (
            f"{part}: {tried} of {counts.total()} changes tried, {counts['noticed']} noticed, "
            f"{counts['survived']} survived, {counts['no spec']} without a spec: "
            f"{len(unseen) / max(tried, 1):.1%} unseen, {len(unseen) - len(logic)} of them only "
            f"in the words of a sentence"
        )
        told += logic
    yield from told
    yield "See one with: PYTHONPATH=.mutants .venv/bin/python .mutants/bin/mutmut show NAME"


def _tried(part: str) -> Iterator[tuple[str, str]]:
    for path in sorted(MADE.glob(f"domain/{part}/*.meta")):
        for name, code in json.loads(path.read_text("utf-8"))["exit_code_by_key"].items():
            yield name, _OUTCOMES.get(code, "noticed")


def _change(name: str) -> str:
    # Only make mutants installs it, apart from what the service needs.
    from mutmut.mutation.diff_apply import get_diff_for_mutant  # noqa: PLC0415

    return str(get_diff_for_mutant(name))


def only_words(diff: str) -> bool:
    """Say whether a change is only one in the words of a sentence."""
    before, after = (
        " ".join(line[1:].strip() for line in diff.splitlines() if re.match(side, line))
        for side in (r"-(?!--)", r"\+(?!\+\+)")
    )
    said = _SENTENCE.sub("SAID", before)
    return said != before and said in {_SENTENCE.sub("SAID", after), after.replace("None", "SAID")}


def pytest_runtest_setup() -> None:
    """Forget what was answered before: each spec asks anew, and so is known to reach the code.

    A plugin of the runs that mutmut starts, and of no other; each change is tried in a copy of one
    warm process.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("domain"):
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


if __name__ == "__main__":
    main()
