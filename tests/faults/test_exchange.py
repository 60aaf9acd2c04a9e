"""Two real installations, one on SQLite, one on PostgreSQL, and a line that fails: every letter arrives once (issue 4, G09).

Refused, answer lost, slow so that the retry overlaps, doubled, rolled back after the number, senders and servers killed -9,
both keys changed in mid-flight; then a duplicate that somebody altered.
"""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.environment import postgres_address
from tests.faults.node import Node
from tests.faults.proxy import Line
from tests.servers import Server, free_port, start_server

pytestmark = pytest.mark.faults
SENDERS = 2
LETTERS = 2_000


@dataclass
class Side:
    """An installation with its server and the line that leads to it."""

    node: Node
    line: Line
    server: Server

    def restart(self) -> None:
        """kill -9 of everything, and a start on the same port."""
        port = self.server.port
        self.server.kill()
        self.server = start_server(self.node.data, db=self.node.db, port=port, workers=1, more=self.node.settings)


def side(data: Path, db: str, seed: int) -> Side:
    port = free_port()
    line = Line(port, seed=seed, faults={})
    node = Node(data, db, line.address)
    data.mkdir(parents=True, exist_ok=True)
    node.do("make")
    return Side(node, line, start_server(data, db=db, port=port, workers=1, more=node.settings))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    folder = tmp_path_factory.mktemp("exchange")
    one, other = side(folder / "one", "", 2567), side(folder / "other", postgres_address(), 2568)
    one.node.do("approve", other.line.address)
    other.node.do("approve", one.line.address)
    yield one, other
    for each in (one, other):
        each.server.kill()
        each.line.close()


def exchange(one: Side, other: Side, count: int, start: int) -> dict[str, Any]:
    """Letters from one to the other under faults, until all are accepted there and the notices are back."""
    luck, kills, began = random.Random(count), 0, time.monotonic()
    for each in (one, other):
        each.line.faults = {"refuse": 0.04, "lose": 0.06, "slow": 0.01, "double": 0.05}
    issuer = one.node.start("issue", count, start)
    workers = [one.node.start("send", 600) for _ in range(SENDERS)]
    workers += [other.node.start("accept", 600), other.node.start("send", 600)]
    acts = [(one, "send"), (one, "send"), (other, "accept"), (other, "send")]
    steps = iter(["sender", "key", "server", "other sender", "other key", "other server", "sender", "acceptor"])
    try:
        while issuer.poll() is None or not settled(one, other, start + count - 1):
            assert time.monotonic() - began < 900, (one.node.do("state"), other.node.do("state"))
            time.sleep(max(1.0, count / 400) + luck.random())
            kills += disturb(next(steps, ""), one, other, workers, acts)
    finally:
        for process in (*workers, issuer):
            process.kill()
            process.wait()
    seconds = time.monotonic() - began
    for each in (one, other):
        each.line.faults = {}
    return {"seconds": seconds, "kills": kills, "faults": dict(one.line.done + other.line.done)}


def disturb(step: str, one: Side, other: Side, workers: list[subprocess.Popen[str]], acts: list[tuple[Side, str]]) -> int:
    """One disturbance: who was killed is started again. Returns the number of kill -9."""
    victims = {"sender": [0, 1], "other sender": [3], "acceptor": [2]}.get(step, [])
    for victim in victims:
        workers[victim].kill()
        workers[victim].wait()
        workers[victim] = acts[victim][0].node.start(acts[victim][1], 600)
    if step in ("key", "other key"):
        (one if step == "key" else other).node.do("rotate")
    if step in ("server", "other server"):
        (one if step == "server" else other).restart()
        return 1
    return len(victims)


def settled(one: Side, other: Side, total: int) -> bool:
    """Everything accepted, and the numbers known at the sender."""
    return one.node.do("waits") == [total, 0] and other.node.do("waits")[1] == 0


def check(one: Side, other: Side, total: int) -> None:
    """Lost 0, doubled 0, gaps 0 in both registers, a valid signed receipt for each, the same numbers on both sides."""
    here, there = one.node.do("state"), other.node.do("state")
    subjects = [f"หนังสือฉบับที่ {number}" for number in range(1, total + 1)]
    assert sorted(there["subjects"]) == sorted(subjects)  # none lost, none doubled
    assert here["books"] == {"send": list(range(1, total + 1))}
    assert there["books"] == {"receive": list(range(1, total + 1))}
    assert here["states"] == {"accepted": total}
    assert here["numbers"] == there["entries"]
    assert (here["receipts"], here["waiting"], there["waiting"]) == (total, 0, 0)
    assert (here["given_up"], there["given_up"]) == (0, 0)
    assert not {"other_content", "unknown_key", "unknown_letter", "crossed"} & {*here["alarms"], *there["alarms"]}


def test_two_thousand_letters_arrive_once_each(pair: tuple[Side, Side]) -> None:
    one, other = pair
    told = exchange(one, other, LETTERS, 1)
    check(one, other, LETTERS)
    print(told, one.node.do("state")["tries"])
    assert told["kills"] >= 4
    assert min(told["faults"][fault] for fault in ("refuse", "lose", "double")) > LETTERS // 40


def test_an_altered_duplicate_is_refused_and_alarms_both(pair: tuple[Side, Side]) -> None:
    one, other = pair
    before = other.node.do("state")
    assert one.node.do("alter").startswith("409")
    after = other.node.do("state")
    assert "other_content" in one.node.do("state")["alarms"]
    assert "other_content" in after["alarms"]
    assert sorted(after["subjects"]) == sorted(before["subjects"])
    assert after["entries"] == before["entries"]
