"""Rosters, templates and emblems damaged byte by byte: each is read or refused in words, never a failure."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from phrom.agencies.actions.papers import _check_picture
from phrom.committee.pages.importing import template_sheets
from phrom.committee.roster_file import read_roster_file
from phrom.shared.documents.docx_templates import default_template
from phrom.shared.documents.template_check import open_checked
from phrom.shared.documents.xlsx import write_workbook
from phrom.shared.ui.refusals import Refusal
from tests.shared.documents.pictures import png

EFFECTIVE = date(2024, 5, 31)
Damage = Callable[[bytes, random.Random], bytes]


def roster() -> bytes:
    stream = io.BytesIO()
    write_workbook(stream, template_sheets([]))
    return stream.getvalue()


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A few bytes changed, or the end cut off."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made[: dice.randrange(len(made))]) if dice.random() < 0.1 else bytes(made)


def repacked(data: bytes, dice: random.Random) -> bytes:
    """Damage inside the parts of a zip whose checksums hold."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        hit = dice.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), dice) if name == hit else old.read(name))
    return made.getvalue()


def is_refused(act: Callable[[], object]) -> bool:
    """True when the act was refused, with its sentence in both languages; any other failure is one."""
    try:
        act()
    except Refusal as refusal:
        assert refusal.th.strip() and refusal.en.strip()
        return True
    return False


@pytest.mark.parametrize("damage", [damaged, repacked])
def test_a_damaged_roster_is_refused_in_words(damage: Damage) -> None:
    dice, whole = random.Random(1), roster()
    files = [damage(whole, dice) for _ in range(150)]
    assert (
        sum(is_refused(partial(read_roster_file, file, offices=[], effective_on=EFFECTIVE)) for file in files) > 0
    )  # all of them are tried


@pytest.mark.parametrize("flag", ["encrypted", "unknown packing", "lying size"])
def test_a_zip_that_lies_about_itself_is_refused_in_words(flag: str) -> None:
    data = bytearray(roster())
    at = data.index(b"PK\x01\x02")
    local = 0
    if flag == "encrypted":
        data[at + 8] |= 1
        data[local + 6] |= 1
    elif flag == "unknown packing":
        data[at + 10] = data[local + 8] = 99
    else:
        data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    with pytest.raises(Refusal):
        read_roster_file(bytes(data), offices=[], effective_on=EFFECTIVE)


@pytest.mark.parametrize("damage", [damaged, repacked])
def test_a_damaged_template_is_refused_in_words(damage: Damage) -> None:
    dice, whole = random.Random(2), default_template("letter")
    assert sum(is_refused(partial(open_checked, damage(whole, dice), "letter")) for _ in range(40)) > 0  # all of them are tried


def test_a_damaged_emblem_is_refused_in_words() -> None:
    dice, whole = random.Random(3), png(120, 120)
    assert (
        sum(is_refused(partial(_check_picture, damaged(whole, dice), "png")) for _ in range(150)) > 0
    )  # all of them are tried
