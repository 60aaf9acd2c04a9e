"""YAML text to plain values with the line of each, never trusting the file: no alias, no tag, no key twice, no deep nest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from phrom.rules.instrument.problems import Problem, problem

Place = tuple[str | int, ...]
MOST_BYTES = 1_000_000
DEEPEST = 30
MOST_DIGITS = 15
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Document:
    """One file as plain values. `data` is None when it could not be read; `lines` holds the line of every place in it."""

    file: str
    data: Any
    lines: Mapping[Place, int]
    problems: tuple[Problem, ...] = ()

    def line(self, place: Place) -> int:
        """Return the line of the place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, code: str, **words: object) -> Problem:
        """Return a problem at this place of this file."""
        return problem(self.file, self.line(place), code, **words)


class _Stop(Exception):
    """The file cannot be read further."""


@dataclass
class _Reader:
    file: str
    events: Iterator[Event]
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, event: Event, code: str, **words: object) -> None:
        self.problems.append(problem(self.file, event.start_mark.line + 1, code, **words))

    def value(self, event: Event, place: Place) -> Any:
        self.lines.setdefault(place, event.start_mark.line + 1)
        if isinstance(event, AliasEvent):
            self.say(event, "alias", name=event.anchor)
            return None
        if not isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            raise _Stop
        if event.anchor:
            self.say(event, "alias", name=event.anchor)
        if event.tag is not None:
            self.say(event, "tag", name=str(event.tag))
        if len(place) > DEEPEST:
            self.say(event, "too_deep", most=DEEPEST)
            raise _Stop
        if isinstance(event, MappingStartEvent):
            return self.mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(place)
        return self.scalar(event)

    def mapping(self, place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                self.say(event, "key_not_text")
                raise _Stop
            key = str(event.value)
            if key in data:
                self.say(event, "duplicate_key", key=key)
                self.value(next(self.events), (*place, key, "again"))
                continue
            self.lines[(*place, key)] = event.start_mark.line + 1
            data[key] = self.value(next(self.events), (*place, key))
        return data

    def sequence(self, place: Place) -> list[Any]:
        data: list[Any] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            data.append(self.value(event, (*place, len(data))))
        return data

    def scalar(self, event: ScalarEvent) -> str | bool | int | Decimal | None:
        text = str(event.value)
        if any("\ud800" <= letter <= "\udfff" or (letter < " " and letter not in "\n\t") for letter in text):
            self.say(event, "bad_character")
            return None
        if event.style:
            return text
        if text.lower() in _WORDS:
            return _WORDS[text.lower()]
        if not _NUMBER.fullmatch(text):
            return text
        if sum(letter.isdigit() for letter in text) > MOST_DIGITS:
            self.say(event, "number_too_long", most=MOST_DIGITS)
            return None
        return Decimal(text) if "." in text else int(text)


def parse(raw: bytes, file: str) -> Document:
    """Parse YAML 1.2 bytes. Dates stay text; numbers with a point become Decimal."""
    if len(raw) > MOST_BYTES:
        return nothing(problem(file, 1, "too_large", most=MOST_BYTES // 1000))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return nothing(problem(file, raw[: error.start].count(b"\n") + 1, "not_utf8"))
    reader = _Reader(file, iter(()))
    data: Any = None
    try:
        reader.events = YAML(typ="safe", pure=True).parse(text)
        data = _first_document(reader)
    except _Stop:
        pass
    except (YAMLError, ValueError, StopIteration, RecursionError) as error:
        reader.problems.append(_syntax(file, error))
    if data is None and not reader.problems:
        reader.problems.append(problem(file, 1, "empty_file"))
    if not isinstance(data, dict) and not reader.problems:
        reader.problems.append(problem(file, 1, "not_a_mapping"))
    return Document(file, data if isinstance(data, dict) else None, reader.lines, tuple(reader.problems))


def _first_document(reader: _Reader) -> Any:
    data: Any = None
    for seen, _ in enumerate(event for event in reader.events if isinstance(event, DocumentStartEvent)):
        if seen:
            reader.problems.append(problem(reader.file, 1, "many_documents"))
            raise _Stop
        data = reader.value(next(reader.events), ())
    return data


def _syntax(file: str, error: Exception) -> Problem:
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    why = (getattr(error, "problem", None) or str(error)).splitlines()
    return problem(file, mark.line + 1 if mark else 1, "bad_yaml", why=why[0] if why else "?")


def nothing(found: Problem) -> Document:
    """Return a file of which only a problem is known."""
    return Document(found.file, None, {}, (found,))
