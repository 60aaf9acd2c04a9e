"""Is the server alive, and can it save? Without sign-in and without secrets."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from phrom.shared.files.scanning import scanner_trouble

LEAST_FREE = 50 * 1024 * 1024


def healthz(request: HttpRequest) -> JsonResponse:
    """Alive."""
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """Whether an answer and a file could be saved now: 200, or 503 with what is wrong; a silent scanner is named."""
    problems = {name: text for name, text in (("database", _database()), ("storage", _storage())) if text}
    told = {"ready": not problems, "problems": problems}
    if trouble := scanner_trouble():
        told["warnings"] = {"scanner": trouble}  # files are taken and wait: no reason to send people elsewhere
    return JsonResponse(told, status=503 if problems else 200)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM journal_journalhead LIMIT 1")
    except DatabaseError:
        return "ติดต่อฐานข้อมูลไม่ได้ / the database does not answer"
    return ""


def _storage() -> str:
    try:
        free = shutil.disk_usage(settings.DATA).free
    except OSError:
        return "อ่านโฟลเดอร์ข้อมูลไม่ได้ / the data folder cannot be read"
    return "" if free > LEAST_FREE else "พื้นที่ดิสก์เหลือน้อย / the disk is nearly full"
