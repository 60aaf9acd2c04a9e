"""Taking turns: a worker does one thing at a time, yet nobody's slow line holds up the others.

With SQLite a second thread at work only waits for the same lock. But whoever uploads from a phone for five minutes must not
stop the whole province: while a request waits for its line, it gives its turn to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class InTurns:
    """A WSGI application that runs in one thread at a time, except while bytes come in or go out."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.turn = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input"] = _Incoming(environ["wsgi.input"], self.turn)
        with self.turn:
            answer = self.application(environ, start_response)
        return _Outgoing(answer, self.turn)


class _Incoming:
    """The body of a request. Its readers hold the turn; they give it away while they wait."""

    def __init__(self, body: Any, turn: Lock) -> None:
        self.body, self.turn = body, turn

    def read(self, *size: int) -> bytes:
        return self._meanwhile(self.body.read, *size)

    def readline(self, *size: int) -> bytes:
        return self._meanwhile(self.body.readline, *size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _meanwhile(self, read: Any, *size: int) -> bytes:
        self.turn.release()
        try:
            return bytes(read(*size))
        finally:
            self.turn.acquire()


class _Outgoing:
    """An answer that is made piece by piece in turn, and sent out of turn."""

    def __init__(self, answer: Iterable[bytes], turn: Lock) -> None:
        self.answer, self.pieces, self.turn = answer, iter(answer), turn

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self.turn:
            return next(self.pieces)

    def close(self) -> None:
        """Tell Django that the request is over."""
        with self.turn:
            getattr(self.answer, "close", lambda: None)()
