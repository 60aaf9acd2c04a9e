"""The kit's own node: a key, a signed document, files by hash with ranges; served from a thread while the kit runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID, uuid4

from phrom.letters.exchange.documents import PATH, KeyData, Limits, WellKnown, well_known
from phrom.letters.exchange.keys import SigningKey, load_key, make_key, node_of

_FILES = "/exchange/files/"


@dataclass
class KitNode:
    """Who the kit is."""

    node_id: UUID
    key: SigningKey
    url: str
    folder: Path
    server: ThreadingHTTPServer
    files: dict[str, bytes] = field(default_factory=dict)

    def stop(self) -> None:
        """End the thread."""
        self.server.shutdown()
        self.server.server_close()


def start_kit(listen: str, folder: Path, clock: Callable[[], datetime]) -> KitNode:
    """Serve the kit's document at host:port, with the key that the folder holds, so that it is approved only once."""
    host, _, port = listen.rpartition(":")
    key = _kept_key(folder)
    node_id = node_of(key.keyid)
    assert node_id is not None  # noqa: S101  the kit made the name
    server = ThreadingHTTPServer((host, int(port)), BaseHTTPRequestHandler)
    url = f"http://{host}:{server.server_address[1]}"
    node = KitNode(node_id, key, url, folder, server)
    server.RequestHandlerClass = _handler(node, clock)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return node


def _kept_key(folder: Path) -> SigningKey:
    named = folder / "keyid"
    if named.exists():
        return load_key(folder, named.read_text())
    key = make_key(folder, uuid4())
    named.write_text(key.keyid)
    return key


def _document(node: KitNode, at: datetime) -> bytes:
    key = KeyData(keyid=node.key.keyid, public=node.key.public, valid_from=at)
    limits = Limits(file=1, per_minute=1)
    name = "ชุดทดสอบมาตรฐานการแลกเปลี่ยน"
    document = WellKnown(node_id=node.node_id, name=name, base_url=node.url, keys=(key,), limits=limits, issued_at=at)
    return well_known(document, [node.key]).encode()


def _handler(node: KitNode, clock: Callable[[], datetime]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """The document, or a piece of a file."""
            if self.path == PATH:
                self._answer(200, _document(node, clock()))
                return
            content = node.files.get(self.path.removeprefix(_FILES))
            start, _, last = self.headers.get("Range", "").removeprefix("bytes=").partition("-")
            if content is None or not start.isdigit() or not last.isdigit():
                self._answer(404, b"")
                return
            self._answer(206, content[int(start) : int(last) + 1])

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quietly."""

    return Handler
