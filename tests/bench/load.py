"""A lean HTTP client that keeps many connections busy: it must cost far less than the server it measures."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Reply:
    """Status and body of one answer."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Figures:
    """What a run of requests came to; times in milliseconds."""

    requests: int
    errors: int
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_ms: float


class Client:
    """One keep-alive connection with one person's cookies. `next_request` makes the bytes, `take` sees the reply."""

    def __init__(self, next_request: Callable[[], bytes], take: Callable[[Reply], bool]) -> None:
        self.next_request = next_request
        self.take = take


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def hammer(port: int, clients: list[Client], *, seconds: float, server: int) -> Figures:
    """Run all clients against the port for so long; `server` is the pid whose process tree's CPU time is counted."""
    before = cpu_seconds(server)
    started = time.perf_counter()
    times, errors = asyncio.run(_all(port, clients, started + seconds))
    elapsed = time.perf_counter() - started
    used = cpu_seconds(server) - before
    times.sort()
    count = max(len(times), 1)
    at = lambda share: 1000 * times[min(int(share * len(times)), len(times) - 1)] if times else 0.0  # noqa: E731
    return Figures(len(times), errors, len(times) / elapsed, at(0.5), at(0.95), at(0.99), 1000 * used / count)


async def _all(port: int, clients: list[Client], until: float) -> tuple[list[float], int]:
    results = await asyncio.gather(*(_one(port, client, until) for client in clients))
    return [t for times, _ in results for t in times], sum(errors for _, errors in results)


async def _one(port: int, client: Client, until: float) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    times, errors = [], 0
    while time.perf_counter() < until:
        started = time.perf_counter()
        writer.write(client.next_request())
        reply = await read_reply(reader)
        times.append(time.perf_counter() - started)
        errors += not client.take(reply)
    writer.close()
    return times, errors


async def read_reply(reader: asyncio.StreamReader) -> Reply:
    """Read one answer, with a length or in chunks."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    if "transfer-encoding: chunked" in head:
        return Reply(status, await _chunks(reader))
    length = int(head.split("content-length:")[1].split("\r\n")[0]) if "content-length:" in head else 0
    return Reply(status, await reader.readexactly(length))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).strip() or b"0", 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


def process_tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        inner = [int(child) for child in children.read_text().split()]
    except FileNotFoundError:
        return []
    return [pid] + [one for child in inner for one in process_tree(child)]


def cpu_seconds(pid: int) -> float:
    """User and system time of the tree so far."""
    total = 0
    for one in process_tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / 100


def memory_mb(pid: int) -> float:
    """Resident memory of the tree, shared pages counted by share (PSS), in MB."""
    total = 0
    for one in process_tree(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, PermissionError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
