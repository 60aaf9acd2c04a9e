"""Checking a password. Takes the same time whether the person exists or not."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpRequest

from phrom.agencies.models import Person

# Plain SQL: every request asks this, and building the statement costs the ORM ten times what running it costs.
_COLUMNS = tuple(field.attname for field in Person._meta.concrete_fields if field.attname != "last_login")
_ACTIVE = f"SELECT {', '.join(_COLUMNS)} FROM agencies_person WHERE id = %s AND is_active"  # noqa: S608  our own columns


class PersonBackend(BaseBackend):
    """Signs in active people by e-mail and password."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", username: str = "", password: str = "", **_: Any
    ) -> Person | None:
        """Return the person, or None when the address, the password or the account does not do."""
        person = Person.objects.filter(email__iexact=email or username).first()
        if person is None:
            make_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """Return the active person of a session; asked at each request, so a closed account is out at once."""
        with connection.cursor() as cursor:
            cursor.execute(_ACTIVE, [user_id])
            row = cursor.fetchone()
        return Person.from_db(connection.alias, _COLUMNS, row) if row else None
