"""Our words as an envelope takes them: an office as an address, a text on one line."""

from __future__ import annotations

from phrom.letters.exchange.envelope import Address
from phrom.letters.models import Office

_MAY_BE_UNSEEN = " \u200b\u200c\u200d"  # Thai needs them


def address_of(office: Office) -> Address:
    """One of our offices as an address."""
    codes = {"ministry_code": office.ministry_code, "department_code": office.department_code}
    return Address(id=office.uuid, name=one_line(office.agency.name, 300), **codes)


def one_line(text: str, longest: int) -> str:
    """The text on one line within the length that the envelope allows."""
    seen = "".join(letter if letter.isprintable() or letter in _MAY_BE_UNSEEN else " " for letter in text)
    words = " ".join(seen.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"
