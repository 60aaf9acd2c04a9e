"""Hostile and damaged messages: systematic attacks on the parser, and mutations of good messages from a fixed seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from phrom.letters.ecms import messages as m
from phrom.letters.ecms.writing import write_message
from tests.letters.ecms.samples import BODIES, DIALECT_A, DIALECT_B, DOCUMENT

GOOD = [*(write_message(m.Message(body, "id-1")) for body in BODIES), DIALECT_A, DIALECT_B]
LETTER = write_message(m.Message(m.InboundResponse("P-1", "", DOCUMENT), "id-1"))
HEAD = b'<?xml version="1.0" encoding="utf-8"?>'


def attacks(address: str) -> Iterator[tuple[str, bytes]]:
    """By name. `address` is where a parser that follows references would be seen."""
    laughs = b"".join(b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    web = address.encode()
    body = LETTER.removeprefix(b"<?xml version='1.0' encoding='utf-8'?>")
    yield "laughs", HEAD + b"<!DOCTYPE x [<!ENTITY l0 'ha'>" + laughs + b"]><x>&l9;</x>"
    yield "blow-up", HEAD + b"<!DOCTYPE x [<!ENTITY a '" + b"a" * 50_000 + b"'>]><x>" + b"&a;" * 50_000 + b"</x>"
    yield "file", HEAD + b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
    yield "web", HEAD + b"<!DOCTYPE x [<!ENTITY a SYSTEM '" + web + b"'>]><x>&a;</x>"
    yield "parameter", HEAD + b"<!DOCTYPE x [<!ENTITY % a SYSTEM '" + web + b"'>%a;]><x/>"
    yield "external dtd", HEAD + b"<!DOCTYPE x SYSTEM '" + web + b"'>" + body
    yield "public dtd", HEAD + b"<!DOCTYPE x PUBLIC '-//X//Y' '" + web + b"'>" + body
    yield "empty dtd", HEAD + b"<!DOCTYPE Envelope>" + body
    yield "undeclared entity", HEAD + body.replace(b"<ram:Subject>", b"<ram:Subject>&unknown;", 1)
    wide = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>"
    yield "utf-16 dtd", wide.encode("utf-16")
    include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="' + web + b'"/>'
    yield "xinclude", body.replace(b"<ram:Subject>", b"<ram:Subject>" + include, 1)
    yield "xinclude root", include
    yield "stylesheet", HEAD + b'<?xml-stylesheet href="' + web + b'"?>' + body
    location = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a ' + web + b'"'
    yield "schema location", re.sub(rb"(<SOAP-ENV:Envelope)", rb"\1" + location, body, count=1)
    for depth in (30, 1_000, 100_000):
        yield f"depth {depth}", HEAD + b"<a>" * depth + b"</a>" * depth
        yield f"open depth {depth}", HEAD + b"<a>" * depth
    yield "million elements", HEAD + b"<a>" + b"<b/>" * 1_000_000 + b"</a>"
    yield "million attributes", HEAD + b"<a " + b" ".join(b"a%d='1'" % n for n in range(200_000)) + b"/>"
    yield "same attribute", HEAD + b"<a b='1' b='2'/>"
    yield "many namespaces", HEAD + b"<a " + b" ".join(b"xmlns:a%d='u%d'" % (n, n) for n in range(50_000)) + b"/>"
    yield "long name", HEAD + b"<" + b"a" * 5_000_000 + b"/>"
    yield "long text", body.replace(b"<ram:Subject>", b"<ram:Subject>" + b"a" * 5_000_000, 1)
    yield "long comment", HEAD + b"<a><!--" + b"a" * 5_000_000 + b"--></a>"
    yield "open comment", HEAD + b"<a><!--" + b"a-" * 2_000_000
    yield "open attribute", HEAD + b"<a b='" + b"&#65;" * 1_000_000
    yield "long cdata", body.replace(b"<ram:Subject>", b"<ram:Subject><![CDATA[" + b"]" * 1_000_000 + b"]]>", 1)
    yield "digits", body.replace(b"2024-06-11", b"9" * 1_000_000)
    yield "huge year", body.replace(b"2024-06-11", b"99999-06-11")
    yield "year nought", body.replace(b"2024-06-11", b"0000-00-00")
    yield "thai digits", body.replace(b"2024-06-11", "๒๕๖๗-๐๖-๑๑".encode())
    yield "nan", body.replace(b">003<", b">NaN<")
    yield "NUL", body.replace(b"<ram:Subject>", b"<ram:Subject>\x00", 1)
    yield "NUL reference", body.replace(b"<ram:Subject>", b"<ram:Subject>&#0;", 1)
    yield "surrogate", body.replace(b"<ram:Subject>", b"<ram:Subject>&#xD800;", 1)
    yield "beyond unicode", body.replace(b"<ram:Subject>", b"<ram:Subject>&#x110000;", 1)
    yield "control", body.replace(b"<ram:Subject>", b"<ram:Subject>&#x85;&#x9b;", 1)
    yield "half a letter", body.replace("ขอเชิญ".encode(), "ขอเชิญ".encode()[:-1], 1)
    yield "wrong base64", body.replace(b"JVBERi", b"J=VBER=i", 1)
    yield "base64 bomb", body.replace(b"JVBERi", b"A" * 8_000_000 + b"JVBERi", 1)
    yield "spaces for base64", re.sub(rb"JVBERi[^<]*", b" " * 3_000_000, body, count=1)
    yield "empty", b""
    yield "blank", b" \n\t"
    yield "mark alone", b"\xef\xbb\xbf"
    yield "zip", b"PK\x03\x04" + b"\x00" * 1000
    yield "gzip", b"\x1f\x8b\x08" + b"\x00" * 1000
    yield "two roots", body + body
    yield "other soap", body.replace(b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope")
    yield "envelope in envelope", b"<Envelope><Body>" + body + b"</Body></Envelope>"
    yield "no body", b"<Envelope><Header/></Envelope>"
    yield "two bodies", b"<Envelope><Body/><Body/></Envelope>"
    yield "fault", b"<Envelope><Body><Fault><faultcode>x</faultcode></Fault></Body></Envelope>"
    for encoding in _DECLARED:
        yield f"declared {encoding}", f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + body
    for codec in ("utf-16-le", "utf-16-be", "utf-32", "utf-7"):
        yield f"bytes {codec}", body.decode().encode(codec)


def mutated(seed: int) -> bytes:
    """One good message, damaged in one to three ways; the same for the same seed."""
    dice = random.Random(seed)
    made = dice.choice(GOOD)
    for _ in range(dice.randint(1, 3)):
        made = dice.choice(_WAYS)(made, dice)
    return made


def _cut(text: bytes, dice: random.Random) -> bytes:
    return text[: dice.randrange(len(text) + 1)]


def _drop(text: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(text) + 1)
    return text[:at] + text[at + dice.randint(1, 40) :]


def _double(text: bytes, dice: random.Random) -> bytes:
    """A part of the message stands twice."""
    parts = list(re.finditer(rb"<([\w:]+)[^<>]*>[^<>]*</\1>", text))
    if not parts:
        return text + text
    part = dice.choice(parts)
    return text[: part.end()] + part[0] * dice.randint(1, 3) + text[part.end() :]


def _without(text: bytes, dice: random.Random) -> bytes:
    """A part of the message is missing."""
    parts = list(re.finditer(rb"<([\w:]+)[^<>]*>[^<>]*</\1>", text))
    part = dice.choice(parts) if parts else None
    return text[: part.start()] + text[part.end() :] if part else b""


def _flip(text: bytes, dice: random.Random) -> bytes:
    made = bytearray(text or b"x")
    for _ in range(dice.randint(1, 8)):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def _put(text: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(_ODD) + text[at:]


def _rename(text: bytes, dice: random.Random) -> bytes:
    names = sorted(set(re.findall(rb"</([\w:]+)>", text)))
    return text.replace(dice.choice(names), dice.choice(names)) if names else text


def _say(text: bytes, dice: random.Random) -> bytes:
    """Another text in an element."""
    return re.sub(rb">[^<>]{1,60}<", b">" + dice.choice(_ODD).replace(b"\\", b"") + b"<", text, count=dice.randint(1, 4))


_DECLARED = (*"utf-7 utf-32 big5 shift_jis rot13 idna hex zlib unknown utf-16 tis-620".split(), "x" * 39)
_ODD = [
    *(words.encode() for words in "&a; <![CDATA[ ]]> --> -1 1e999 &#55296; 2567-13-45 2024-02-30 {{7*7}}".split()),
    *(b"\x00", b"<a>" * 50, b"9" * 400, b"\xff\xfe", "กำ\u202e".encode(), b"<?xml version='1.0'?>", b"=" * 9, b"\xe0\xb8"),
    *(b"' or 1=1 --", b"../../etc/passwd", b"\r\n\r\n", b"x" * 3000, b"<!DOCTYPE a>"),
    b"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>",
]
_WAYS: list[Callable[[bytes, random.Random], bytes]] = [_cut, _drop, _double, _without, _flip, _put, _rename, _say]
