"""Keeping what letters are found by. Called by the acts that write a letter, in their transaction, which hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from phrom.letters.models import Findable, Incoming, Letter
from phrom.shared.thai.words import search_key

LONGEST = 100_000  # some forty pages: a longer text is found by its beginning


def keep_letter_findable(letter: Letter) -> None:
    """The words of a letter of ours as it stands now: a draft, or as it was issued."""
    number = letter.entry.number_text if letter.entry else ""
    words = [number, letter.subject, letter.addressed_to, letter.signer_name, letter.copies_to, letter.text]
    names = [recipient.name for recipient in letter.recipients.all()]
    lines = [reference.text for reference in letter.references.all()]
    files = [text for one in letter.attachments.all() for text in (one.described, one.name)]
    key = _key([*words, *names, *lines, *files])
    if not Findable.objects.filter(letter=letter).update(key=key):
        Findable.objects.create(letter=letter, key=key)


def keep_incoming_findable(incoming: Incoming) -> None:
    """The words of a letter that came: ours and its sender's number, names, subject, what it says, names of its files."""
    number = incoming.entry.number_text if incoming.entry else ""
    words = [number, incoming.their_number, incoming.subject, incoming.from_name, incoming.to_name, incoming.note]
    files = [kept.name for kept in incoming.files.all()]
    key = _key([*words, *files, *_texts(incoming.content)])
    if not Findable.objects.filter(incoming=incoming).update(key=key):
        Findable.objects.create(incoming=incoming, key=key)


def _key(words: Iterable[str]) -> str:
    # The sign between two words is none that anybody searches for: no match runs over from one into the next.
    return "\n".join(filter(None, (search_key(word) for word in words)))[:LONGEST]


def _texts(content: Any) -> Iterator[str]:
    """Every text of a document that was kept as JSON, without the names of its parts."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for part in content:
            yield from _texts(part)
    elif isinstance(content, dict):
        for name, part in content.items():
            if name not in ("kind", "form", "digits", "align"):
                yield from _texts(part)
