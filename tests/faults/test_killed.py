"""kill -9 of the service and of PostgreSQL, twenty times in mid-write."""

from __future__ import annotations

import random
from pathlib import Path
from threading import Thread

from eventlog.embedded import start
from eventlog.handler import Handler
from eventlog.log import Log
from eventlog.migrate import migrate
from tests.embedded.support import kill, postmaster_of
from tests.eventlog.world import MASTER, World
from tests.faults.client import Clients, Service

KILLS = 20
NAMES = ["peace-a", "peace-b", "peace-c", "note-a", "note-b", "note-c"]
SHARED = ["note-b", "note-c"]


def test_every_acknowledged_entry_is_there_once_and_in_order(folder: Path) -> None:
    chance = random.Random(20)
    with start(folder) as server:
        migrate(server.dsn("samenspoor_owner"))
        log = Log(server.dsn(), MASTER)
        world = World(Handler(log))
        clients = Clients(Service(server.dsn()), world.coach)
        clients.streams = {name: world.trajectory() for name in NAMES}
        clients.streams["note-c"] = clients.streams["note-b"]
        threads = [Thread(target=clients.work, args=(name,)) for name in NAMES]
        for thread in threads:
            thread.start()
        try:
            for number in range(KILLS):
                clients.wait_for_more(chance.randint(5, 40))
                if number % 2:
                    kill(postmaster_of(folder))
                else:
                    clients.service.kill()
                    clients.replace(Service(server.dsn()))
            clients.wait_for_more(30)
        finally:
            clients.over.set()
            for thread in threads:
                thread.join()
        try:
            assert clients.wrong == []
            assert clients.retried >= KILLS // 2
            check_the_log(clients, log)
            check_the_answers(clients)
        finally:
            clients.service.end()
            log.close()


def check_the_log(clients: Clients, log: Log) -> None:
    """What stands in the log is what was acknowledged: all of it, once, in the order of asking."""
    for name in NAMES:
        told = [a for key, a in clients.acknowledged.items() if key.rsplit("-", 1)[0] == name]
        entries = log.entries(clients.streams[name])
        assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
        places = {str(entry.event_id): (entry.version, entry.position) for entry in entries}
        found = [places[answer["entries"][0]] for answer in told]
        assert found == [(answer["version"], answer["position"]) for answer in told]
        assert found == sorted(set(found))
        if name not in SHARED:
            assert len(entries) == len(told) + 1  # and the referral
    both = [a for key, a in clients.acknowledged.items() if key.rsplit("-", 1)[0] in SHARED]
    assert len(log.entries(clients.streams["note-b"])) == len(both) + 1


def check_the_answers(clients: Clients) -> None:
    """Sent once more, each command gets the answer that it got before."""
    position = {}
    for key, answer in list(clients.acknowledged.items())[::7]:
        name, number = key.rsplit("-", 1)
        position[key] = clients.send(name, int(number), times=False), answer
    assert position
    assert all(again == before for again, before in position.values())
