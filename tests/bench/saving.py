"""Saving answers and opening pages through the production server, beside the floor in the same run."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.load import Client, Figures, Reply, hammer, memory_mb, request
from tests.bench.table import Line
from tests.servers import ROOT, Server, free_port, serving, wait_for

SECONDS = 5.0
CSRF = "c" * 32
FORM = "application/x-www-form-urlencoded"


def measure(folder: Path) -> list[Line]:
    """Floor and ours with 1, 16, 64 connections; the same with 7,850 bodies; a section; an upload; memory."""
    lines: list[Line] = []
    floor = _floor(folder / "floor")
    ours = prepare(folder / "small", 0)
    with serving(folder / "small") as server:
        before = memory_mb(server.pid)
        warm(server, ours)
        small = {n: hammer(server.port, savers(ours, n), seconds=SECONDS, server=server.pid) for n in (1, 16, 64)}
        lines += [_saving(n, small[n], floor[n]) for n in (1, 16, 64)]
        lines.append(_section(server, ours))
        lines.append(_upload(server, ours))
        lines.append(
            Line(
                "memory of the server (2 workers and the job process), PSS",
                f"{before:.0f} MB at the start, {memory_mb(server.pid):.0f} MB after",
                "160 MB for two workers",
            )
        )
    lines += _nation(folder / "large", small[16])
    return lines


def prepare(data: Path, bodies: int) -> dict[str, Any]:
    """Fill a data folder in a process of its own; returns sessions and asks."""
    data.mkdir()
    command = [sys.executable, "-m", "tests.bench.prepare", str(data), str(bodies)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def warm(server: Server, prepared: dict[str, Any]) -> None:
    """Let every worker load what the first request loads, so that only the work itself is measured."""
    hammer(server.port, savers(prepared, 16), seconds=1.5, server=server.pid)


def savers(prepared: dict[str, Any], count: int) -> list[Client]:
    """Clients that each save their own answer again and again, always upon the newest version."""
    return [_saver(person) for person in prepared["people"][:count]]


def _saver(person: dict[str, Any]) -> Client:
    state = {"version": person.get("version", 0), "n": 0}
    headers = headers_of(person["session"]) | {"Content-Type": FORM, "Accept": "application/json"}

    def make() -> bytes:
        state["n"] += 1
        fields = {"version": state["version"], "value": "yes", "provider": "own", "detail": f"รายละเอียดครั้งที่ {state['n']}"}
        return request("POST", f"/asks/{person['ask']}/answer/", headers, urlencode(fields).encode())

    def take(reply: Reply) -> bool:
        if reply.status == 200:
            state["version"] = person["version"] = json.loads(reply.body)["version"]
        return reply.status == 200

    return Client(make, take)


def headers_of(session: str) -> dict[str, str]:
    """Cookies and the form key of a signed-in browser."""
    return {"Cookie": f"session={session}; csrf={CSRF}", "X-CSRFToken": CSRF, "Connection": "keep-alive"}


def _saving(connections: int, ours: Figures, floor: Figures) -> Line:
    share = ours.per_second / floor.per_second if floor.per_second else 0
    figure = f"{ours.per_second:.0f}/s, p50 {ours.p50:.0f}, p95 {ours.p95:.0f}, p99 {ours.p99:.0f} ms, CPU {ours.cpu_ms:.1f} ms"
    beside = f"floor {floor.per_second:.0f}/s, p95 {floor.p95:.0f} ms, CPU {floor.cpu_ms:.1f} ms; ours is {share:.2f} of it"
    if ours.errors or floor.errors:
        beside += f"; errors {ours.errors} / {floor.errors}"
    return Line(
        f"save one answer, {connections} connections",
        figure,
        "0.55 x floor, p95 90 ms, 5 ms CPU" if connections == 16 else "",
        beside,
    )


def _section(server: Server, prepared: dict[str, Any]) -> Line:
    people = prepared["people"][:16]
    sizes: list[int] = []

    def client(person: dict[str, Any]) -> Client:
        path = f"/rounds/{prepared['round']}/agencies/{person['agency']}/"
        asked = request("GET", path, headers_of(person["session"]))

        def take(reply: Reply) -> bool:
            sizes.append(len(reply.body))
            return reply.status == 200

        return Client(lambda: asked, take)

    got = hammer(server.port, [client(person) for person in people], seconds=SECONDS, server=server.pid)
    figure = f"{got.per_second:.0f}/s, p95 {got.p95:.0f} ms, CPU {got.cpu_ms:.1f} ms, {max(sizes) / 1000:.0f} kB"
    return Line("open a section of the questionnaire, 16 connections", figure, "11 ms CPU, 40 kB", f"errors {got.errors}")


def _upload(server: Server, prepared: dict[str, Any]) -> Line:
    person = prepared["people"][0]
    count = iter(range(10_000))

    def make() -> bytes:
        content = b"%PDF-1.4\n% " + str(next(count)).encode() + b"\n" + os.urandom(1024).hex().encode() * 5120 + b"\n%%EOF\n"
        parts = (
            b'--b\r\nContent-Disposition: form-data; name="files"; filename="evidence.pdf"\r\n\r\n' + content + b"\r\n--b--\r\n"
        )
        headers = headers_of(person["session"]) | {
            "Content-Type": "multipart/form-data; boundary=b",
            "Accept": "application/json",
        }
        return request("POST", f"/asks/{person['ask']}/evidence/", headers, parts)

    got = hammer(server.port, [Client(make, lambda reply: reply.status in (200, 201))], seconds=SECONDS, server=server.pid)
    figure = f"p50 {got.p50:.0f} ms, p95 {got.p95:.0f} ms, CPU {got.cpu_ms:.0f} ms"
    return Line(
        "upload 10 MiB of evidence, hashed and fsynced", figure, "80 ms", f"{got.requests} uploads, errors {got.errors}"
    )


def _nation(data: Path, small: Figures) -> list[Line]:
    prepared = prepare(data, 7850)
    with serving(data) as server:
        warm(server, prepared)
        got = hammer(server.port, savers(prepared, 16), seconds=SECONDS, server=server.pid)
    figure = f"{got.per_second:.0f}/s, p95 {got.p95:.0f} ms, CPU {got.cpu_ms:.1f} ms"
    return [
        Line(
            "save one answer beside 7,850 bodies, 16 connections",
            figure,
            "flat from 22 to 7,850",
            f"{got.cpu_ms / small.cpu_ms:.2f} of the CPU beside 22 agencies",
        )
    ]


def _floor(data: Path) -> dict[int, Figures]:
    with floor_server(data) as (server, sessions):
        return {n: hammer(server.port, _floor_savers(sessions[:n]), seconds=SECONDS, server=server.pid) for n in (1, 16, 64)}


def _floor_savers(sessions: list[str]) -> list[Client]:
    def client(number: int, session: str) -> Client:
        body = urlencode({"value": "รายละเอียด " * 3}).encode()
        sent = request("POST", f"/save/{number}/", headers_of(session) | {"Content-Type": FORM}, body)
        return Client(lambda: sent, lambda reply: reply.status == 200)

    return [client(number, session) for number, session in enumerate(sessions, start=1)]


@contextlib.contextmanager
def floor_server(data: Path) -> Iterator[tuple[Server, list[str]]]:
    """The floor app behind the same server program with the same number of workers, and 64 sessions."""
    data.mkdir()
    environment = {**os.environ, "PHROM_DATA": str(data), "PHROM_DB": "", "DJANGO_SETTINGS_MODULE": "tests.bench.floor"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.bench.floor_app.prepare"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "1",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        [*command, "--no-access-log", "--log-level", "warning", "tests.bench.floor_app.wsgi:application"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    server = Server(port, process)
    wait_for(f"http://127.0.0.1:{port}/", server, 20)
    try:
        yield server, json.loads(made.stdout)
    finally:
        server.stop()
