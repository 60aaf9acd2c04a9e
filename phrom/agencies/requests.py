"""What a view is handed: Django's request with what the middleware puts on it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from phrom.agencies.access import Access
from phrom.agencies.models import Person
from phrom.agencies.sessions import SessionStore


class SignedRequest(HttpRequest):
    """A request of somebody signed in. `at` is the moment it came in, `access` what the person may do."""

    at: datetime
    access: Access
    user: Person
    session: SessionStore
