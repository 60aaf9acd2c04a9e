"""An official's browser, as lean as can be: saves, uploads, and remembers what was acknowledged."""

from __future__ import annotations

import contextlib
import http.client
import json
from dataclasses import dataclass, field
from typing import Any

from tests.faults.province import Official

TOKEN = "t" * 32
BOUNDARY = "phrom-boundary"


@dataclass(frozen=True)
class Reply:
    """What came back; status 0 when nothing did."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)


class Browser:
    """One keep-alive connection with one official's cookies."""

    def __init__(self, port: int, official: Official) -> None:
        self.port, self.official = port, official
        self.connection: http.client.HTTPConnection | None = None

    def save(self, ask: int, value: object, version: int) -> Reply:
        """Autosave one answer upon a version."""
        content = {"value": value, "detail": None, "provider": "", "cannot": ""}
        body = json.dumps({"version": version, "content": content}).encode()
        return self.post(f"/asks/{ask}/answer/", body, "application/json")

    def upload(self, ask: int, name: str, content: bytes, key: str) -> Reply:
        """Attach a file under a question."""
        fields = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in (("once", key), ("name", ""), ("slot", ""), ("url", ""), ("issued_on", ""))
        )
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        body = fields.encode() + head.encode() + b"Content-Type: application/pdf\r\n\r\n" + content
        body += f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.post(f"/asks/{ask}/evidence/", body, f"multipart/form-data; boundary={BOUNDARY}")

    def post(self, path: str, body: bytes, kind: str) -> Reply:
        """Send and read the answer; a dead server is status 0."""
        headers = {"Content-Type": kind, "Accept": "application/json", "X-CSRFToken": TOKEN}
        headers["Cookie"] = f"session={self.official.session}; csrf={TOKEN}"
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            self.connection.request("POST", path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return Reply(0)
        try:
            found = json.loads(text)
        except ValueError:
            found = {"text": text.decode("utf-8", "replace")[:500]}
        return Reply(answer.status, found)

    def close(self) -> None:
        """Forget the connection."""
        if self.connection:
            with contextlib.suppress(OSError):
                self.connection.close()
        self.connection = None
