"""Nothing done twice: a form that makes something carries a key that can be used once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

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


def once(key: str, at: datetime, make: Callable[[], str]) -> str:
    """Run `make` once for this key and return its outcome (an address, at most 500 characters); a repeat returns the first one.

    The key and what `make` does commit together: after a refusal the same form may be sent again. Two that come at the same
    moment wait for each other. Refuses BadKey.
    """
    if not re.fullmatch(r"[A-Za-z0-9_:.\-]{16,80}", key):
        raise BadKey
    with transaction.atomic():
        used, mine = _claim(key, at)
        if not mine:
            return used.outcome
        used.outcome = make()
        OneTimeKey.objects.filter(pk=used.pk).update(outcome=used.outcome)
    return used.outcome


def _claim(key: str, at: datetime) -> tuple[OneTimeKey, bool]:
    try:
        with transaction.atomic():
            return OneTimeKey.objects.create(key=key, outcome="", used_at=at), True
    except IntegrityError:
        return OneTimeKey.objects.get(key=key), False
