"""Counting wrong passwords: whose counter an attempt belongs to, and the page somebody locked out sees.

A try is counted before its password is looked at, in one statement: however many come at the same moment, through however many
workers, no more than the limit reach the password.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.handlers.base import AxesHandler
from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phrom.agencies.models import Person, SignInCount

COOKIE = "__Host-known" if settings.HTTPS else "known"
SALT = "known browser"
COOKIE_AGE = timedelta(days=180)
FORGOTTEN_AFTER = timedelta(days=1)

# Both databases know this statement. After the pause the count begins again; while it is full not even its time changes.
_CHARGE = """
    INSERT INTO agencies_signincount AS held (counter, failures, last_at) VALUES (%s, 1, %s)
    ON CONFLICT (counter) DO UPDATE
    SET failures = CASE WHEN held.last_at <= %s THEN 1 ELSE held.failures + 1 END, last_at = excluded.last_at
    WHERE held.last_at <= %s OR held.failures < %s
    RETURNING failures
"""


class OneCount(AxesHandler):  # type: ignore[misc]
    """What axes asks about a sign-in: may it be tried, and what follows from how it ended."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Count the try; False when the count was full already."""
        return charge(counter_of(request, credentials), _moment(request))

    def user_login_failed(
        self, sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **_: object
    ) -> None:
        """Show the page of the pause with the try that fills the count, and from then on."""
        if request is not None and _is_full(counter_of(request, credentials), _moment(request)):
            request.axes_locked_out = True  # type: ignore[attr-defined]
            request.axes_credentials = credentials  # type: ignore[attr-defined]

    def user_logged_in(self, sender: object, request: HttpRequest, user: Person, **_: object) -> None:
        """The right password clears the count; counts of long ago go with it."""
        SignInCount.objects.filter(counter=counter_of(request, {"email": user.email})).delete()
        SignInCount.objects.filter(last_at__lt=_moment(request) - FORGOTTEN_AFTER).delete()


def charge(counter: str, at: datetime) -> bool:
    """Count one try; False, and nothing changed, when the limit is reached and the pause is not over."""
    now, past = (connection.ops.adapt_datetimefield_value(each) for each in (at, at - settings.AXES_COOLOFF_TIME))
    with connection.cursor() as cursor:
        cursor.execute(_CHARGE, [counter, now, past, past, settings.AXES_FAILURE_LIMIT])
        return bool(cursor.fetchall())


def counter_of(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return the name of the counter: the e-mail address, or the address with the browser it is known from.

    A browser in which the person has signed in before counts for itself, so that a stranger who guesses elsewhere
    cannot keep the person out (promise G27). The address is compared without regard to case, as the sign-in does.
    """
    given = credentials or {}
    email = str(given.get("email") or given.get("login") or given.get("username") or "").strip().casefold()[:200]
    device = known_device(request, email) if request else ""
    return f"{email}#{device}" if device else email


def known_device(request: HttpRequest, email: str) -> str:
    """Return the token of this browser if the person signed in with it before, else an empty string."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return ""
    return str(kept["device"]) if kept["email"] == email else ""


def remember_browser(response: HttpResponse, email: str) -> None:
    """Let this browser count for itself from now on. The cookie opens nothing; it only names a counter."""
    kept = signing.dumps({"email": email.casefold(), "device": secrets.token_hex(12)}, salt=SALT)
    response.set_cookie(COOKIE, kept, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS)


def locked_out(request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Answer 429 with how long to wait and whom to ask; the same for addresses that exist and that do not."""
    at = _moment(request)
    held = SignInCount.objects.filter(counter=counter_of(request, credentials)).first()
    until = (held.last_at if held else at) + settings.AXES_COOLOFF_TIME
    left = max(0.0, (until - at).total_seconds())
    response = render(request, "agencies/locked_out.html", {"minutes": max(1, ceil(left / 60))}, status=429)
    response["Retry-After"] = str(max(1, ceil(left)))
    return response


def _is_full(counter: str, at: datetime) -> bool:
    counts = SignInCount.objects.filter(counter=counter, last_at__gt=at - settings.AXES_COOLOFF_TIME)
    return counts.filter(failures__gte=settings.AXES_FAILURE_LIMIT).exists()


def _moment(request: HttpRequest) -> datetime:
    at: datetime = request.axes_attempt_time  # type: ignore[attr-defined]
    return at
