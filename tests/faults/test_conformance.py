"""Our own installation passes our own kit, and an installation that breaks a rule does not."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phrom.letters.exchange import conformance
from phrom.letters.exchange.client import Reply
from phrom.letters.exchange.conformance import CHECKS, conform
from tests.faults.node import Node
from tests.servers import free_port, start_server

pytestmark = pytest.mark.faults


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    data, port, kit = tmp_path_factory.mktemp("node"), free_port(), free_port()
    node = Node(data, "", f"http://127.0.0.1:{port}")
    node.do("make")
    server = start_server(data, port=port, workers=1, more=node.settings)
    threading.Timer(2, lambda: node.do("approve", f"http://127.0.0.1:{kit}")).start()
    yield f"{node.url} {kit}"  # type: ignore[misc]
    server.kill()


def test_our_installation_keeps_every_rule(url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    said, (address, port) = list[str](), url.split()
    folder: Path = tmp_path_factory.mktemp("kit")
    assert conform(address, listen=f"127.0.0.1:{port}", folder=folder, say=said.append, clock=now, wait=60), said
    assert len([line for line in said if "OK" in line]) == len(CHECKS) == 21


def test_the_kit_sees_what_is_broken(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that answers 200 to everything keeps few rules."""
    said, real = list[str](), conformance.call

    def says_yes(method: str, address: str, **how: object) -> Reply:
        reply = real(method, address, **how)  # type: ignore[arg-type]
        return reply if address.endswith(conformance.PATH) else Reply(200, b"{}", {})

    monkeypatch.setattr(conformance, "call", says_yes)
    listen = f"127.0.0.1:{free_port()}"
    assert not conform(url.split()[0], listen=listen, folder=tmp_path, say=said.append, clock=now, wait=5)
    assert len([line for line in said if "failed" in line]) > 15
