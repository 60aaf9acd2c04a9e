"""One at a time in a process, except while a line is waited for."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from phrom.config.turns import InTurns

FEW = 5  # seconds; nothing here waits, unless turns are broken


def start(*_: object) -> None:
    """What a server hands in; nothing is looked at here."""


class Line(io.BytesIO):
    """A body that comes only when `arrives` is set."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.arrives = threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        assert self.arrives.wait(FEW)
        return super().read(size)


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return [environ["wsgi.input"].read()]


def test_who_waits_for_a_line_lets_the_next_one_go_first() -> None:
    app, slow = InTurns(echo), Line(b"slow")
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(lambda: b"".join(app({"wsgi.input": slow}, start)))
        assert b"".join(app({"wsgi.input": io.BytesIO(b"quick")}, start)) == b"quick"
        slow.arrives.set()
        assert waiting.result(FEW) == b"slow"


def test_two_are_never_at_work_together() -> None:
    at_work, most = 0, 0

    def busy(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        nonlocal at_work, most
        for line in environ["wsgi.input"]:
            at_work += 1
            most = max(most, at_work)
            threading.Event().wait(0.001)
            at_work -= 1
            yield line

    app = InTurns(busy)
    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda n: b"".join(app({"wsgi.input": io.BytesIO(b"%d\n" % n * 9)}, start)), range(8)))
    assert (most, bodies) == (1, [b"%d\n" % n * 9 for n in range(8)])


def test_a_failure_gives_the_turn_back() -> None:
    def fails(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        raise ZeroDivisionError

    app = InTurns(fails)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            app({"wsgi.input": io.BytesIO()}, start)
    assert not app.turn.locked()
