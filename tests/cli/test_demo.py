"""`samenspoor demo`: from nothing to a page, gone without a trace, and back with all it had."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path

import psutil
import pytest

from eventlog.embedded import start
from eventlog.keys import MasterKey
from eventlog.log import Log
from tests.cli.running import Running, data_folder, environment, get, gone, of_folder, run, until


def entries(folder: Path) -> int:
    with start(folder) as server:
        log = Log(server.dsn(), MasterKey.from_file(folder / "master-key"), pool=3)
        try:
            return log.position()
        finally:
            log.close()


@pytest.mark.timeout(300)
def test_start_look_stop_and_start_again() -> None:
    with data_folder() as folder:
        demo = Running("demo", "--port", "0", "--data", str(folder), environ=environment())
        address = demo.until_said("Stop with Ctrl-C")
        status, page = get(f"{address}/demo")
        assert status == 200
        assert "Ria Verhoeven" in page
        assert f"{address}/demo/ria" in demo.said
        status = run("status", "--data", str(folder), environ=environment()).returncode
        assert status == 0
        family = demo.family()
        assert len(family) >= 3
        assert demo.stop(signal.SIGINT) == 0
        until(lambda: gone(family))
        until(lambda: gone(of_folder(folder)))
        before = entries(folder)
        assert before > 1900
        assert json.loads((folder / "demo.json").read_text())["loaded"] is True

        again = Running("demo", "--port", "0", "--data", str(folder), environ=environment())
        again.until_said("Stop with Ctrl-C")
        family = again.family()
        again.process.kill()  # nothing is told to anybody
        again.stop(signal.SIGKILL)
        until(lambda: gone(family))
        until(lambda: gone(of_folder(folder)))
        assert entries(folder) == before


def test_a_taken_port_is_told_before_anything_is_made() -> None:
    with data_folder() as folder, socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = run("demo", "--port", port, "--data", str(folder), environ=environment())
        assert found.returncode == 1
        assert f"Port {port} on 127.0.0.1 is not free" in found.stderr
        assert not folder.exists()


def test_a_folder_that_is_no_folder_is_told() -> None:
    with data_folder() as folder:
        folder.write_text("a file stands here")
        found = run("demo", "--port", "0", "--data", str(folder), environ=environment())
        assert found.returncode == 4
        assert "Choose another folder with --data" in found.stderr
        assert "Traceback" not in found.stderr


def test_the_test_sees_processes() -> None:
    assert not gone([psutil.Process()])
