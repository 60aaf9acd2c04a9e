"""The JSON Canonicalization Scheme of RFC 8785: one value, one text, so that everybody who hashes it finds the same hash.

Keys stand in the order of their UTF-16 code units, strings are escaped as ECMAScript's JSON.stringify does (only what must be),
numbers are written as ECMAScript writes them, nothing stands between the tokens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite

_quoted = json.JSONEncoder(ensure_ascii=False).encode
WHOLE = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly (I-JSON, RFC 7493)."""


class NotCanonical(ValueError):
    """The value has no canonical form: what it says would not be the same for every reader."""


def canonical(value: object) -> str:
    """The canonical text of None, booleans, numbers, strings, lists, tuples and mappings with string keys.

    Refuses (`NotCanonical`) anything else: numbers that not everybody reads alike (whole ones over 2**53 - 1, NaN, infinity),
    lone surrogates, keys that are no strings.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value)
        case int():
            return _whole(value)
        case float():
            return _float(value)
        case list() | tuple():
            return f"[{','.join(canonical(one) for one in value)}]"
        case Mapping():
            return _object(value)
    raise NotCanonical(f"{type(value).__name__} is no JSON value.")


def _string(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"The text holds half a character: {text!r}.") from error
    return _quoted(text)


def _whole(number: int) -> str:
    if abs(number) > WHOLE:
        raise NotCanonical(f"{number} is beyond what every reader of JSON keeps exactly; write it as text.")
    return str(int(number))


def _float(number: float) -> str:
    """ECMAScript's Number::toString: the fewest digits that read back as the same number, which `repr` finds too."""
    if not isfinite(number):
        raise NotCanonical(f"{number} is no number of JSON.")
    if number == 0:
        return "0"
    _, found, power = Decimal(repr(abs(number))).normalize().as_tuple()
    digits, sign = "".join(map(str, found)), "-" if number < 0 else ""
    point = len(digits) + int(power)
    if len(digits) <= point <= 21:
        return f"{sign}{digits.ljust(point, '0')}"
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if digits[1:] else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def _object(members: Mapping[object, object]) -> str:
    named: dict[str, object] = {}
    for key, value in members.items():
        if not isinstance(key, str):
            raise NotCanonical(f"A key must be text, not {key!r}.")
        named[key] = value
    written = {_string(key): key for key in named}
    ordered = sorted(written.items(), key=lambda pair: pair[1].encode("utf-16-be"))
    return f"{{{','.join(f'{text}:{canonical(named[key])}' for text, key in ordered)}}}"
