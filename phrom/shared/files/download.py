"""Handing out a kept file: an attachment by default, never guessed at by the browser, never run."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from phrom.shared.files.kinds import MAY_BE_SHOWN, PDF
from phrom.shared.files.models import StoredFile
from phrom.shared.files.names import extension_of
from phrom.shared.files.store import read

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
# What is shown may stand in a frame of our own pages, beside what is said of it; nothing else may be framed anywhere.
# Browsers do not show a PDF inside a sandbox; without scripts and connections its viewer still works.
SHOWN_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"
SHOWN_PICTURE = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def answer(stored: StoredFile, *, name: str, inline: bool = False) -> HttpResponseBase:
    """Stream the file under its Thai name. `inline` shows PDF, PNG and JPEG; other kinds stay attachments.

    Who may have it is the caller's to decide, before calling. Refuses DamagedFile and HeldFile.
    """
    shown = inline and stored.content_type in MAY_BE_SHOWN
    response = StreamingHttpResponse(read(stored), content_type=_header_type(stored))
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = disposition("inline" if shown else "attachment", name)
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = SANDBOX if not shown else (SHOWN_PDF if stored.content_type == PDF else SHOWN_PICTURE)
    return response


def just_made(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Hand out bytes that were made for this answer and are kept nowhere, as an attachment under their Thai name."""
    headers = {
        "Content-Disposition": disposition("attachment", name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def disposition(how: str, name: str) -> str:
    """The Content-Disposition header: an ASCII name for old programs and the true one (RFC 6266, RFC 8187)."""
    extension = re.sub(r"[^a-z0-9]", "", extension_of(name))
    plain = name if re.fullmatch(r"[A-Za-z0-9 ._()\-]+", name) else "file" + ("." + extension if extension else "")
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _header_type(stored: StoredFile) -> str:
    return stored.content_type + ("; charset=utf-8" if stored.content_type.startswith("text/") else "")
