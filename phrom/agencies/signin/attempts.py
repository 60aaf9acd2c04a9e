"""Counting wrong passwords: whose counter an attempt belongs to, and the page somebody locked out sees."""

from __future__ import annotations

import secrets
from datetime import timedelta
from math import ceil
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

COOKIE = "__Host-known" if settings.HTTPS else "known"
SALT = "known browser"
COOKIE_AGE = timedelta(days=180)


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
    at = request.axes_attempt_time  # type: ignore[attr-defined]
    newest = AccessAttempt.objects.filter(username=counter_of(request, credentials)).order_by("-attempt_time").first()
    until = (newest.attempt_time if newest else at) + settings.AXES_COOLOFF_TIME
    left = max(0.0, (until - at).total_seconds())
    response = render(request, "agencies/locked_out.html", {"minutes": max(1, ceil(left / 60))}, status=429)
    response["Retry-After"] = str(max(1, ceil(left)))
    return response
