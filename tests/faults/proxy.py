"""A line between two installations that fails as lines do: refused, answer lost, slow, the same request twice."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections import Counter

FAULTS = {"refuse": 0.04, "lose": 0.06, "slow": 0.01, "double": 0.05}


class Line:
    """Listens on a port of its own and hands requests on to `port`, or does what `faults` say with their likelihood."""

    def __init__(self, port: int, *, faults: dict[str, float] | None = None, slow: float = 2.5, seed: int = 2567) -> None:
        self.port, self.faults, self.slow = port, dict(FAULTS if faults is None else faults), slow
        self.luck, self.done = random.Random(seed), Counter[str]()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self.listener.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(client, self._fault()), daemon=True).start()

    def _fault(self) -> str:
        roll = self.luck.random()
        for fault, share in self.faults.items():
            roll -= share
            if roll < 0:
                return fault
        return "pass"

    def _one(self, client: socket.socket, fault: str) -> None:
        self.done[fault] += 1
        with contextlib.suppress(OSError), client:
            client.settimeout(30)
            if fault == "refuse":
                return
            request = message(client)
            answer = self._asked(request)
            if fault == "double":
                answer = self._asked(request)
            if fault == "slow":
                time.sleep(self.slow)
            if fault != "lose":
                client.sendall(answer)

    def _asked(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as server:
            server.sendall(request)
            return message(server)


def message(line: socket.socket) -> bytes:
    """One HTTP message, whole, by its Content-Length."""
    whole = b""
    while b"\r\n\r\n" not in whole:
        whole += _some(line)
    head = whole.split(b"\r\n\r\n")[0]
    lengths = [field[15:] for field in head.lower().split(b"\r\n") if field.startswith(b"content-length:")]
    size = len(head) + 4 + int(lengths[0] if lengths else 0)
    while len(whole) < size:
        whole += _some(line)
    return whole


def _some(line: socket.socket) -> bytes:
    piece = line.recv(65536)
    if not piece:
        raise OSError("the other side went away")
    return piece
