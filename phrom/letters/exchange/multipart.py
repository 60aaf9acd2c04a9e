"""The message with its files as one body: multipart/form-data, the envelope first, then each file under its hash."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from phrom.letters.exchange.trouble import Unreadable
from phrom.shared.files.uploads import CappedUpload

MOST_FILES = 200  # as many as an envelope may name


def written(envelope: str, files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The body and its content type; `files` by their hashes."""
    boundary = f"phrom-{secrets.token_hex(16)}"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="envelope"\r\nContent-Type: application/json\r\n\r\n'
    body = [head.encode(), envelope.encode(), b"\r\n"]
    for sha256, content in files.items():
        place = f'Content-Disposition: form-data; name="file"; filename="{sha256}"'
        body += [f"--{boundary}\r\n{place}\r\nContent-Type: application/octet-stream\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*body, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def read(body: bytes, content_type: str) -> tuple[str, dict[str, bytes]]:
    """The envelope's text and the files by the names of their parts. Refuses Unreadable."""
    meta = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body))}
    handlers: list[FileUploadHandler] = [MemoryFileUploadHandler(), CappedUpload()]
    try:
        fields, parts = MultiPartParser(meta, io.BytesIO(body), handlers, "utf-8").parse()
    except (MultiPartParserError, SuspiciousOperation, UnicodeDecodeError) as problem:  # too many parts are suspicious
        raise Unreadable("no multipart/form-data") from problem
    if len(parts.getlist("file")) > MOST_FILES:
        raise Unreadable(f"more than {MOST_FILES} files")
    if "envelope" not in fields:
        raise Unreadable("there is no part `envelope`")
    return str(fields["envelope"]), {str(part.name): b"".join(part.chunks()) for part in parts.getlist("file")}
