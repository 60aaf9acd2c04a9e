"""Finding letters: any part of a number, name, subject or text, with either digits; others' secrets are not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from phrom.agencies.access import Access
from phrom.letters.models import Incoming, Letter, RegisterEntry
from phrom.letters.scopes import incoming_within, letters_within, registers_within
from phrom.shared.thai.digits import to_arabic, to_thai
from phrom.shared.thai.words import search_key

PER_GROUP = 20
MOST_WORDS = 8
LONGEST = 100
_COLUMNS = ("number_text", "subject", "from_name", "to_name", "their_number", "remark")
GROUPS = {"in": "หนังสือรับ", "out": "หนังสือส่ง", "book": "รายการในทะเบียนที่ไม่มีตัวหนังสือในระบบ"}


@dataclass(frozen=True)
class Found:
    """One letter or line of a register. `route` and `pk` say where it opens; `number` may be empty on a draft."""

    route: str
    pk: int
    number: str
    subject: str
    whom: str
    dated: date | None


@dataclass(frozen=True)
class Group:
    """The finds of one kind on one page: `count` of all, `more` when there are others than those shown."""

    key: str
    title: str
    count: int
    found: tuple[Found, ...]
    page: int

    @property
    def next_page(self) -> int:
        """The number of the next page; 0 where there is none."""
        return self.page + 1 if self.count > self.page * PER_GROUP else 0


@dataclass(frozen=True)
class SearchPage:
    """What was asked and what was found; no groups before anything was asked."""

    words: str
    only: str
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many were found altogether."""
        return sum(group.count for group in self.groups)


def search_page(access: Access, at: datetime, *, words: str, only: str, page: int) -> SearchPage:
    """Look for every word, each anywhere. Two queries for each kind, whatever the number of letters."""
    words = words.strip()[:LONGEST]
    keys = search_key(words).split()[:MOST_WORDS]
    only, page = (only, max(page, 1)) if only in GROUPS else ("", 1)
    if not keys:
        return SearchPage(words, only, ())
    looks = {"in": _incoming, "out": _letters, "book": _entries}
    chosen = {only: looks[only]} if only else looks
    return SearchPage(words, only, tuple(look(access, at, keys, page) for look in chosen.values()))


def _incoming(access: Access, at: datetime, keys: Sequence[str], page: int) -> Group:
    rows = incoming_within(access, at).defer("content").filter(_all(keys)).order_by("-id")
    count, shown = _slice(rows, page)
    return Group("in", GROUPS["in"], count, tuple(map(_of_incoming, shown)), page)


def _letters(access: Access, at: datetime, keys: Sequence[str], page: int) -> Group:
    rows = letters_within(access, at).defer("content", "text").filter(_all(keys)).order_by("-id")
    count, shown = _slice(rows, page)
    return Group("out", GROUPS["out"], count, tuple(map(_of_letter, shown)), page)


def _entries(access: Access, at: datetime, keys: Sequence[str], page: int) -> Group:
    """Lines of registers without a letter here: imported, reserved, void. They keep no key: both ways of digits are asked."""
    rows = RegisterEntry.objects.filter(register__in=registers_within(access), letter=None, incoming=None)
    for key in keys:
        either = Q()
        for typed in {key, to_thai(key), to_arabic(key)}:
            for column in _COLUMNS:
                either |= Q(**{f"{column}__icontains": typed})
        rows = rows.filter(either)
    count, shown = _slice(rows.order_by("-id"), page)
    return Group("book", GROUPS["book"], count, tuple(map(_of_entry, shown)), page)


def _all(keys: Sequence[str]) -> Q:
    every = Q()
    for key in keys:
        every &= Q(findable__key__contains=key)
    return every


def _slice(rows: QuerySet[Any], page: int) -> tuple[int, Sequence[Any]]:
    count = rows.count()
    return count, list(rows[(page - 1) * PER_GROUP : page * PER_GROUP]) if count else []


def _of_incoming(one: Incoming) -> Found:
    number = f"เลขรับ {one.entry.number_text}" if one.entry else "ยังไม่ลงรับ"
    their = f"ที่ {one.their_number}" if one.their_number else ""
    return Found("incoming", one.pk, f"{number} {their}".strip(), one.subject, f"จาก {one.from_name}", one.their_date)


def _of_letter(one: Letter) -> Found:
    number = f"ที่ {one.entry.number_text}" if one.entry else "ร่าง"
    return Found("letter", one.pk, number, one.subject, f"ถึง {one.addressed_to}" if one.addressed_to else "", one.dated)


def _of_entry(one: RegisterEntry) -> Found:
    whom = f"จาก {one.from_name}" if one.from_name else f"ถึง {one.to_name}" if one.to_name else ""
    return Found("register", one.register_id, one.number_text, one.subject or one.get_state_display(), whom, one.dated)
