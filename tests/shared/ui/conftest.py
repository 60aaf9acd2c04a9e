"""A browser and a small server for the gallery's pages, under the same content security policy as the real one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from phrom.shared.ui.refusals import Refusal
from tests.shared.ui import gallery

POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".js": "text/javascript"}


class Gallery(BaseHTTPRequestHandler):
    """Answers /static/ from the rooms' folders and /<page> from the gallery."""

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            found = finders.find(self.path.removeprefix("/static/"))
            return self.answer(Path(found).read_bytes(), KINDS[Path(found).suffix]) if found else self.send_error(404)
        return self.answer(pages()[self.path.strip("/")].encode(), "text/html; charset=utf-8")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return None


@cache
def pages() -> dict[str, str]:
    """Every page of the gallery by its name, made once."""
    refusal = Refusal("ยังส่งไม่ได้ เพราะข้อ P1.4 ยังไม่มีหลักฐาน คำตอบทุกข้อยังอยู่ กรุณาแนบหลักฐานแล้วส่งใหม่", "Not sent.", where="P1.4")
    made = {name: gallery.page(name) for name in gallery.BODIES}
    made |= {"404": render_to_string("404.html"), "500": render_to_string("500.html")}
    return made | {"refusal": render_to_string("config/refusal.html", {"refusal": refusal})}


@pytest.fixture(autouse=True)
def only_our_routes(settings: Any) -> None:
    """The frame is looked at alone: the rooms' routes are not its business."""
    settings.ROOT_URLCONF = "tests.shared.ui.routes"


@pytest.fixture(scope="session")
def gallery_address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gallery)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def tab(chromium: Any, gallery_address: str) -> Iterator[Any]:
    page = chromium.new_page(base_url=gallery_address)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
