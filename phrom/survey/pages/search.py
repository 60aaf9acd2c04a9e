"""One box for all that I may see: rows, answers, evidence and the words in it, agencies, letters. Others' is not counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.letters.pages.search import search_page as letters_found
from phrom.shared.files.searching import Snippet, search_files, snippet, texts_with, words_of
from phrom.shared.thai.digits import to_arabic, to_thai
from phrom.shared.thai.words import text_key
from phrom.survey.models import Evidence
from phrom.survey.models.scopes import agencies_within, evidence_within
from phrom.survey.pages.searched_rows import Seen, seen_rows

PER_PAGE = 20
FIRST = 5  # of each kind, where all kinds are shown
GROUPS = {"row": "ข้อคำถาม", "answer": "คำตอบ", "evidence": "หลักฐาน", "agency": "หน่วยงาน", "letter": "หนังสือ"}


@dataclass(frozen=True)
class Hit:
    """One find: where it opens (nowhere when empty), what it is called, what else is known, and the place of the word."""

    url: str
    title: str
    note: str = ""
    place: Snippet | None = None


@dataclass(frozen=True)
class Group:
    """The finds of one kind: `count` of all, those on this page, and where the others are (empty: nowhere)."""

    key: str
    title: str
    count: int
    hits: tuple[Hit, ...]
    more: str = ""


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


@dataclass(frozen=True)
class _Asked:
    access: Access
    at: datetime
    typed: str
    words: Sequence[str]
    start: int
    end: int


def search_page(access: Access, at: datetime, *, typed: str, only: str, page: int) -> SearchPage:
    """Look for every word, each anywhere in one thing. A fixed number of queries, whatever there is to be found."""
    typed = " ".join(typed.replace("\0", " ").split())[:100]  # PostgreSQL takes no zero letter
    words = words_of(typed)
    only = only if only in _LOOKS else ""
    if not words:
        return SearchPage(typed, only, ())
    start = (page - 1) * PER_PAGE if only and page > 1 else 0
    asked = _Asked(access, at, typed, words, start, start + (PER_PAGE if only else FIRST))
    seen = seen_rows(access) if only in ("", "row", "answer", "agency") else Seen((), {})
    looks = {only: _LOOKS[only]} if only else _LOOKS
    return SearchPage(typed, only, tuple(group for look in looks.values() if (group := look(asked, seen)).count))


def _rows(asked: _Asked, seen: Seen) -> Group:
    found = [(ask, text) for ask, text in seen.rows() if _has(asked, f"{ask.code} {text}")]
    found.sort(key=lambda row: text_key(row[0].code) not in asked.words)  # the code itself before longer ones
    hits = [Hit(seen.address_of(ask), f"{ask.code} {text}", seen.round_of(ask)) for ask, text in found[asked.start : asked.end]]
    return _group(asked, "row", len(found), hits)


def _answers(asked: _Asked, seen: Seen) -> Group:
    found = [(ask, text) for ask, text in seen.answers() if _has(asked, text)]
    hits = [
        Hit(seen.address_of(ask), f"{ask.code} {ask.agency}", seen.round_of(ask), snippet(text, asked.words))
        for ask, text in found[asked.start : asked.end]
    ]
    return _group(asked, "answer", len(found), hits)


def _evidence(asked: _Asked, seen: Seen) -> Group:
    found = evidence_within(asked.access, "evidence.view")
    for word in asked.words:
        found = found.filter(_named(word) | Q(file__in=texts_with([word]).values("file")))
    ids = list(found.order_by("-pk").values_list("pk", flat=True))  # the texts are looked through once, not for the count too
    shown = evidence_within(asked.access, "evidence.view").filter(pk__in=ids[asked.start : asked.end]).order_by("-pk")
    files = [each.file_id for each in shown if each.file_id]
    places = {hit.sha256: hit.snippet for hit in search_files(asked.typed, files)} if files else {}
    hits = [_hit_of(each, places.get(each.file.sha256) if each.file else None) for each in shown]
    return _group(asked, "evidence", len(ids), hits)


def _hit_of(evidence: Evidence, place: Snippet | None) -> Hit:
    letter = f"หนังสือที่ {evidence.letter}" if evidence.letter else ""
    note = " · ".join(filter(None, (evidence.agency.name, letter)))
    return Hit(reverse("library_item", args=[evidence.pk]), evidence.name, note, place)


def _named(word: str) -> Q:
    """Names and numbers keep no key: both digits are asked, and ำ as some keyboards make it."""
    either = Q()
    for typed in {word, to_thai(word), to_arabic(word), word.replace("\u0e33", "\u0e4d\u0e32")}:
        either |= Q(name__icontains=typed) | Q(letter__icontains=typed) | Q(url__icontains=typed)
    return either


def _agencies(asked: _Asked, seen: Seen) -> Group:
    mine = agencies_within(asked.access, "answer.view").order_by("position", "name")
    found = [agency for agency in mine if _has(asked, f"{agency.name} {agency.short_name} {agency.code}")]
    hits = [Hit(seen.sheet_of(agency.pk), agency.name) for agency in found[asked.start : asked.end]]
    return _group(asked, "agency", len(found), hits)


def _letters(asked: _Asked, seen: Seen) -> Group:
    if not asked.access.anywhere("letter.view"):
        return Group("letter", GROUPS["letter"], 0, ())
    page = letters_found(asked.access, asked.at, words=asked.typed, only="", page=1)
    found = [one for group in page.groups for one in group.found]
    hits = [Hit(reverse(one.route, args=[one.pk]), one.subject, f"{one.number} {one.whom}".strip()) for one in found[:FIRST]]
    return _group(asked, "letter", page.count, hits)


_LOOKS: dict[str, Callable[[_Asked, Seen], Group]] = {
    "row": _rows,
    "answer": _answers,
    "evidence": _evidence,
    "agency": _agencies,
    "letter": _letters,
}


def _has(asked: _Asked, text: str) -> bool:
    key = text_key(text)
    return all(word in key for word in asked.words)


def _group(asked: _Asked, key: str, count: int, hits: Sequence[Hit]) -> Group:
    """With the address of what is not shown: the next page of this kind alone, for letters their own search."""
    if count <= asked.end and (key != "letter" or count <= FIRST):
        return Group(key, GROUPS[key], count, tuple(hits))
    if key == "letter":
        more = f"{reverse('letter_search')}?{urlencode({'q': asked.typed})}"
    else:
        number = asked.end // PER_PAGE + 1
        more = f"{reverse('search')}?{urlencode({'q': asked.typed, 'only': key, 'page': number})}"
    return Group(key, GROUPS[key], count, tuple(hits), more)
