"""Who took a copy of a register away, of which part and in which form, is told in the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.models import Register
from phrom.letters.telling import tell_register


@transaction.atomic
def record_export(*, register: Register, file_format: str, part: str, by: Person, at: datetime) -> None:
    """Told before the bytes leave: a copy that was asked for and broken off counts too."""
    details: dict[str, object] = {"format": file_format, "part": part, "number": register.last_number}
    tell_register("register.exported", register, by=by, at=at, details=details)
