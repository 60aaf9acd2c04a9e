"""Finding kept files by any part of a word in them. Who may see which file is the caller's to say, before anything is counted.

Every word that was typed must be there, each anywhere. Three letters and more ask the index (migration 0002); one and two, and
a database without an index, look through the texts: the answer is the same, only later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from phrom.shared.files.models import FileText, Scan, StoredFile, TextState
from phrom.shared.files.texts.limits import NEW_PAGE
from phrom.shared.thai.digits import to_thai
from phrom.shared.thai.words import SHIFTED_MARKS, text_key

LEAST_INDEXED = 3  # letters: the index knows them by threes
MOST_WORDS = 8
LONGEST = 100
BEFORE, AFTER = 60, 90  # letters shown around a hit


@dataclass(frozen=True)
class Snippet:
    """Where a word stands: what is before it, the word as it was written, what comes after, and the page (0: not known)."""

    before: str
    hit: str
    after: str
    page: int = 0


@dataclass(frozen=True)
class Found:
    """One content that has every word."""

    sha256: str
    snippet: Snippet


def words_of(typed: str) -> list[str]:
    """The words to look for, as search looks at them."""
    keys = (text_key(word) for word in typed[:LONGEST].split())
    return list(dict.fromkeys(key for key in keys if key))[:MOST_WORDS]


def texts_with(words: Sequence[str]) -> QuerySet[FileText]:
    """The texts in which every one of these words stands (`words_of`), of files that may be handed out."""
    texts = FileText.objects.filter(state=TextState.READ, file__scan__in=(Scan.NONE, Scan.CLEAN))
    for word in words:
        texts = texts.filter(pk__in=_indexed(word)) if _has_index(word) else texts.filter(key__contains=word)
    return texts


def search_files(typed: str, within: QuerySet[StoredFile] | Iterable[int], most: int = 20) -> list[Found]:
    """The contents among these that have every word, newest first, with the place of the first one."""
    words = words_of(typed)
    if not words:
        return []
    texts = texts_with(words).filter(file__in=within).select_related("file").order_by("-pk")[:most]
    return [Found(text.file.sha256, snippet(text.text, words)) for text in texts]


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """The first of these words in the text as it was read; the text's beginning where it was read apart."""
    found = next((hit for word in words if (hit := _pattern(word).search(text))), None)
    start, end = found.span() if found else (0, 0)
    before, after = text[:start].rpartition(NEW_PAGE)[2][-2 * BEFORE :], text[end : end + 2 * AFTER].partition(NEW_PAGE)[0]
    pages = text.count(NEW_PAGE)
    return Snippet(
        before=_in_one_line(before)[-BEFORE:].lstrip(_MARKS),
        hit=_in_one_line(text[start:end]),
        after=_in_one_line(after)[:AFTER],
        page=text.count(NEW_PAGE, 0, start) + 1 if found and pages > 1 else 0,
    )


def _has_index(word: str) -> bool:
    return len(word) >= LEAST_INDEXED and connection.vendor == "sqlite"


def _indexed(word: str) -> RawSQL:
    phrase = '"' + word.replace('"', '""') + '"'
    return RawSQL("SELECT rowid FROM files_textindex WHERE files_textindex MATCH %s", [phrase])


_ABOVE, _TONES = "\u0e31\u0e34-\u0e3a\u0e47", "\u0e48-\u0e4c"
_MARKS = "".join(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
_PARTS = re.compile(f"[{_TONES}]?\u0e33|[ก-ฮ][{_ABOVE}][{_TONES}]|[{_ABOVE}][{_TONES}]|.", re.DOTALL)
_SPACE = re.compile(r"\s+")
_BETWEEN = "[\\s\u200b-\u200d\u2060\u00ad\ufeff]*"


def _in_one_line(text: str) -> str:
    return _SPACE.sub(" ", text)


def _pattern(word: str) -> re.Pattern[str]:
    """The word as a file may have it: all that `text_key` forgives."""
    return re.compile(_BETWEEN.join(map(_written, _PARTS.findall(word))), re.IGNORECASE)


def _written(part: str) -> str:
    if part.endswith("\u0e33"):
        tone = part[:-1]
        apart = (f"{tone}\u0e4d", f"\u0e4d{tone}") if tone else ("\u0e4d",)
        ways = [part, *(f"{marks}\u0e32" for marks in apart)]
        return "(?:" + "|".join(_BETWEEN.join(map(_letter, way)) for way in ways) + ")"
    if len(part) > 1:
        first, vowel, tone = part[:-2], part[-2], part[-1]
        ways = [_BETWEEN.join(map(_letter, (*first, *marks))) for marks in ((vowel, tone), (tone, vowel))]
        return f"(?:{'|'.join(ways)})" + ("{1,2}" if first else "")
    return f"(?:แ|เ{_BETWEEN}เ)" if part == "แ" else r"\s+" if part == " " else _letter(part)


def _letter(letter: str) -> str:
    shifted = "".join(chr(code) for code, meant in SHIFTED_MARKS.items() if meant == letter)
    digit = to_thai(letter) if letter.isdecimal() else ""
    return f"[{letter}{shifted}{digit}]" if shifted or digit else re.escape(letter)
