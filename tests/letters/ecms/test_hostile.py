"""Hostile and damaged messages, five hundred and more: refused with the reason or read, in a second, without the network."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phrom.letters.ecms.messages import Message
from phrom.letters.ecms.problems import EcmsUnreadable
from phrom.letters.ecms.reading import read_message
from phrom.letters.ecms.writing import write_message
from tests.letters.ecms.mutations import GOOD, attacks, mutated

MUTATIONS = 500
SECOND = 1.0
MEGABYTES = 200
ENTITIES = ("laughs", "blow-up", "file", "web", "parameter")
# What is strange but means something: what it points to is not followed.
HARMLESS = {
    *("stylesheet", "schema location", "other soap", "spaces for base64", "base64 bomb"),
    *("bytes utf-16-le", "bytes utf-16-be", "bytes utf-7"),
}
ROOT = Path(__file__).parents[3]


@pytest.fixture
def listener(monkeypatch: Any) -> Iterator[tuple[str, list[Any]]]:
    """An address that somebody listens at, and everybody who called there or tried to call anywhere."""
    called: list[Any] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            try:
                called.append(server.accept()[1])
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    with monkeypatch.context() as guarded:
        guarded.setattr(socket.socket, "connect", lambda _, to: called.append(to))
        guarded.setattr(socket, "getaddrinfo", lambda *to, **_: called.append(to) or [])
        yield f"http://127.0.0.1:{server.getsockname()[1]}/evil.dtd", called
    stop.set()
    thread.join()
    server.close()


def outcome(content: bytes) -> tuple[str, float]:
    """The code of the refusal or "read", and how long it took. Any other exception goes through."""
    begun = time.process_time()
    try:
        message = read_message(content)
    except EcmsUnreadable as refused:
        assert refused.th and refused.en and f"[{refused.code}]" in refused.th
        return refused.code, time.process_time() - begun
    assert isinstance(message, Message)
    return "read", time.process_time() - begun


def test_attacks_are_refused_quickly_and_reach_nobody(listener: tuple[str, list[Any]]) -> None:
    address, called = listener
    outcomes = {name: outcome(content) for name, content in attacks(address)}
    assert len(outcomes) >= 60
    assert {name for name, (code, _) in outcomes.items() if code == "read"} == HARMLESS
    assert {outcomes[name][0] for name in outcomes if name.endswith(" dtd") or name in ENTITIES} == {"dtd"}
    assert (outcomes["xinclude"][0], outcomes["xinclude root"][0]) == ("include", "include")
    assert {name: taken for name, (_, taken) in outcomes.items() if taken > SECOND} == {}
    assert called == []


def test_five_hundred_mutations_are_refused_with_a_reason_or_read(listener: tuple[str, list[Any]]) -> None:
    _, called = listener
    outcomes = [outcome(mutated(seed)) for seed in range(MUTATIONS)]
    codes = {code for code, _ in outcomes}
    assert max(taken for _, taken in outcomes) < SECOND
    assert {"read", "not-xml", "missing", "unknown", "twice", "dtd"} <= codes
    assert sum(code != "read" for code, _ in outcomes) > MUTATIONS // 2
    assert called == []


def test_a_mutation_that_is_read_is_a_whole_message() -> None:
    """What was read from a damaged file can be written again: nothing half goes on."""
    written = 0
    for seed in range(MUTATIONS):
        try:
            message = read_message(mutated(seed))
        except EcmsUnreadable:
            continue
        again = read_message(write_message(message)) if _complete(message) else message
        assert again == message
        written += again is not message
    assert written > 20


def _complete(message: Message) -> bool:
    """Whether it has what our own messages must have: a receiver's code may be missing in what others write."""
    letter = getattr(getattr(message.body, "item", None), "letter", None)
    return letter is None or bool(letter.receiver.department and letter.sender.department)


def test_good_messages_are_all_read() -> None:
    assert {outcome(content)[0] for content in GOOD} == {"read"}


_CHILD = """
import json, re
from tests.letters.ecms.mutations import attacks, mutated
from phrom.letters.ecms.reading import read_message
from phrom.letters.ecms.problems import EcmsUnreadable
worst = {}
for name, content in attacks("http://127.0.0.1:9/"):
    try:
        read_message(content)
    except EcmsUnreadable:
        pass
    worst[name] = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(json.dumps(worst))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is read from /proc")
def test_no_attack_takes_more_than_two_hundred_megabytes() -> None:
    made = subprocess.run([sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True, cwd=ROOT, timeout=120)
    worst = json.loads(made.stdout)
    assert max(worst.values()) < MEGABYTES, worst


@pytest.mark.parametrize("name", ["parsing", "reading"])
def test_the_parser_asks_nobody_for_anything(name: str) -> None:
    """No import of what could reach the network, a database or a file stands in what reads a message."""
    text = (ROOT / f"phrom/letters/ecms/{name}.py").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(?:import|from) (?:os|pathlib|socket|urllib|http|django|lxml)", text, re.MULTILINE)
    assert "open(" not in text.replace("self.open", "")
