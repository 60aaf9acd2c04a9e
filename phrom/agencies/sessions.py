"""How long a browser stays signed in: while somebody works in it, and no longer than a day's work.

The end stands in the session's own row, so that looking whether it is over costs nothing beyond reading the session; whoever
works pushes the end on, at most once a minute.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as KeptInDatabase
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.utils import timezone

BEGAN = "began"
A_MOMENT = timedelta(minutes=1)


class SessionStore(KeptInDatabase):
    """A session that ends PHROM_IDLE after the last request, and SESSION_COOKIE_AGE after signing in whatever is done in it."""

    ends: datetime | None = None

    def load(self) -> dict[str, Any]:
        """Read the session; one that is over is empty."""
        row: Session | None = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        self.ends = row.expire_date
        return self.decode(row.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to keep, with the moment at which the session began."""
        data.setdefault(BEGAN, timezone.now().timestamp())
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        return row

    def get_expiry_date(self, **_: Any) -> datetime:
        """The end if nothing more is done from now on."""
        now = timezone.now()
        began = datetime.fromtimestamp(self.get(BEGAN, now.timestamp()), UTC)
        idle: timedelta = settings.PHROM_IDLE
        return min(now + idle, began + timedelta(seconds=settings.SESSION_COOKIE_AGE))

    def cycle_key(self) -> None:
        """A password was typed: the day's work begins again, under a new key."""
        self.pop(BEGAN, None)
        super().cycle_key()

    def stay(self) -> None:
        """Somebody is at work: push the end on. A database that cannot write just now does not stop the work."""
        end = self.get_expiry_date()
        if self.ends is None or end - self.ends < A_MOMENT:
            return
        try:
            with transaction.atomic():
                Session.objects.filter(session_key=self.session_key, expire_date__gt=timezone.now()).update(expire_date=end)
        except DatabaseError:
            logging.getLogger(__name__).warning("a session could not be kept open", exc_info=True)
