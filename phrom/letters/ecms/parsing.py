"""Bytes to a tree of elements: no DTD, no entity, no network, and never deeper, longer or larger than a message can be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from phrom.letters.ecms.names import DEEPEST, MOST_BYTES, MOST_ELEMENTS, XINCLUDE
from phrom.letters.ecms.problems import EcmsUnreadable

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
# As a message may name its encoding, and as Python knows it; None is left to the parser.
_ENCODINGS: dict[str, str | None] = {"utf-8": None, "utf8": None, "us-ascii": None, "ascii": None, "utf-16": None}
_ENCODINGS |= dict.fromkeys(("tis-620", "tis620", "iso-8859-11"), "tis-620") | dict.fromkeys(("windows-874", "cp874"), "cp874")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass
class Element:
    """A part of a message by its local name; `path` says where it stands."""

    name: str
    path: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(self.pieces).strip()


def parse(content: bytes) -> Element:
    """The root element. Refuses EcmsUnreadable for whatever is no message that could be meant."""
    if not content.strip():
        raise EcmsUnreadable("empty")
    if len(content) > MOST_BYTES:
        raise EcmsUnreadable("too-large")
    encoding = _encoding_of(content)
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, encoding=encoding, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException as wrong:
        raise EcmsUnreadable("dtd", builder.path) from wrong
    except ParseError as wrong:
        raise EcmsUnreadable("not-xml", _place(wrong)) from wrong
    except (ValueError, LookupError, UnicodeError) as wrong:  # what expat makes of an encoding that it cannot read
        raise EcmsUnreadable("encoding", builder.path) from wrong
    if builder.root is None:
        raise EcmsUnreadable("not-xml")
    return builder.root


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


class _Builder:
    """Takes what the parser tells and stops it at the first sign of too much."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0

    @property
    def path(self) -> str:
        """Where the parser is."""
        return self.open[-1].path if self.open else ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = local(tag)[:80]
        path = f"{self.path}/{name}"
        self.count += 1
        if tag.startswith("{" + XINCLUDE):
            raise EcmsUnreadable("include", path)
        if len(self.open) >= DEEPEST:
            raise EcmsUnreadable("too-deep", self.path)
        if self.count > MOST_ELEMENTS:
            raise EcmsUnreadable("too-many", path)
        made = Element(name, path, {local(key).lower(): value for key, value in attributes.items()})
        if self.open:
            self.open[-1].children.append(made)
        else:
            self.root = made
        self.open.append(made)

    def data(self, words: str) -> None:
        """Text goes on."""
        if self.open:
            self.open[-1].pieces.append(words)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.open.pop()

    def close(self) -> None:
        """The document ends."""


def _encoding_of(content: bytes) -> str | None:
    """What to read it as, where the parser must be told. Refuses EcmsUnreadable for an encoding that is none of ours."""
    if content.startswith(_UTF16_MARKS):
        return None
    declared = _DECLARED.match(content[:400].removeprefix(b"\xef\xbb\xbf"))
    if declared is None:
        return None
    name = declared[1].decode("ascii")
    if name.lower() not in _ENCODINGS:
        raise EcmsUnreadable("encoding", shown=name)
    return _ENCODINGS[name.lower()]


def _place(wrong: ParseError) -> str:
    line, column = wrong.position
    return f"line {line}, column {column}"
