"""Nothing done twice: a form that makes something carries a key that can be used once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from phrom.shared.journal.models import OneTimeKey
from phrom.shared.ui.refusals import Refusal


class BadKey(Refusal):
    """The form came without its one-time key, or with something that is none."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "แบบฟอร์มนี้ไม่สมบูรณ์ ยังไม่มีอะไรถูกบันทึก กรุณาเปิดหน้าใหม่แล้วทำอีกครั้ง",
            "This form is incomplete. Nothing was saved. Please reload the page and try again.",
            where="once",
        )


class KeyUsedOtherwise(Refusal):
    """The key was used up for something else: changed after the first sending, or sent by somebody else or elsewhere."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "แบบฟอร์มนี้ส่งไปแล้วครั้งหนึ่ง ครั้งแรกบันทึกไว้ครบ ครั้งนี้เนื้อหาไม่ตรงกับครั้งแรกจึงไม่ได้บันทึก กรุณาเปิดหน้าใหม่ ดูสิ่งที่บันทึกไว้ แล้วแก้ไขจากหน้านั้น",
            "This form was sent once before, and that was saved. This time it says something else and was not saved. "
            "Please reload the page, look at what is saved, and change it there.",
            where="once",
        )


NOT_CONTENT = {"once", "csrfmiddlewaretoken"}


def once_for(request: HttpRequest, at: datetime, make: Callable[[], str]) -> str:
    """`once` for a posted form: its key holds for this person, this address and this content, and for nothing else.

    Refuses BadKey and KeyUsedOtherwise.
    """
    return once(request.POST.get("once", ""), at, make, sent=_sent(request))


def once(key: str, at: datetime, make: Callable[[], str], *, sent: str) -> str:
    """Run `make` once for this key and return its outcome (an address, at most 500 characters); a repeat returns the first one.

    The key and what `make` does commit together: after a refusal the same form may be sent again. Two that come at the same
    moment wait for each other. `sent` says what the key stands for. Refuses BadKey, and KeyUsedOtherwise for another `sent`.
    """
    if not re.fullmatch(r"[A-Za-z0-9_:.\-]{16,80}", key):
        raise BadKey
    with transaction.atomic():
        used, mine = _claim(key, sent, at)
        if used.sent != sent:
            raise KeyUsedOtherwise
        if not mine:
            return used.outcome
        used.outcome = make()
        OneTimeKey.objects.filter(pk=used.pk).update(outcome=used.outcome)
    return used.outcome


def _claim(key: str, sent: str, at: datetime) -> tuple[OneTimeKey, bool]:
    try:
        with transaction.atomic():
            return OneTimeKey.objects.create(key=key, sent=sent, outcome="", used_at=at), True
    except IntegrityError:
        return OneTimeKey.objects.get(key=key), False


def _sent(request: HttpRequest) -> str:
    fields = [(name, values) for name, values in sorted(request.POST.lists()) if name not in NOT_CONTENT]
    files = [(name, [_fingerprint(file) for file in given]) for name, given in sorted(request.FILES.lists())]
    who = request.user.pk
    return hashlib.sha256(json.dumps([who, request.get_full_path(), fields, files]).encode()).hexdigest()


def _fingerprint(file: UploadedFile) -> list[str | None]:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return [file.name, digest.hexdigest()]
