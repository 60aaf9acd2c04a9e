"""Whoever changes a register behind the program's back is found, and the number is named: by `verify` and stand-alone."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from phrom.config.verifying import keep_checkpoint, verify_all
from phrom.letters import standalone
from phrom.letters.actions.numbering import reserve, void_entry
from phrom.letters.models import Book, Letter, Register, RegisterEntry, RegisterLine
from phrom.letters.proof import export_register, register_ends, verify_registers
from phrom.letters.standalone import check, hash_of
from tests.factories.letters import AT, make_accepted, make_clerk, make_draft, make_incoming, make_issued, make_office

pytestmark = pytest.mark.django_db
Document = dict[str, Any]


@pytest.fixture(autouse=True)
def register(tmp_path: Path, settings: Settings) -> Register:
    """Twelve numbers: letters, reserved ones, two void; and a receive book beside."""
    settings.DATA = tmp_path / "data"
    settings.PHROM_FILES = settings.DATA / "files"
    office = make_office()
    by = make_clerk(office)
    letters = [make_issued(make_draft(office, by=by, subject=f"เรื่องที่ {number}")) for number in range(1, 9)]
    reserved = reserve(office=office, book=Book.SEND, count=4, reserved_for="หนังสือเชิญ", by=by, at=AT)
    void_entry(entry=reserved[1], because="ไม่ได้ใช้", by=by, at=AT)
    assert letters[2].entry is not None
    void_entry(entry=letters[2].entry, because="ผู้ลงนามเปลี่ยนใจ", by=by, at=AT)
    make_accepted(make_incoming(office), by=by)
    return Register.objects.get(book=Book.SEND)


def entry(number: int) -> Any:
    return RegisterEntry.objects.filter(register__book=Book.SEND, number=number)


def line(number: int) -> Any:
    return RegisterLine.objects.filter(register__book=Book.SEND, number=number)


def test_untouched_registers_are_whole(register: Register) -> None:
    looked = verify_registers([register_ends()])
    assert (looked.registers, looked.numbers, looked.damages) == (2, 13, ())


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


DAMAGE: list[tuple[str, Callable[[], object]]] = [
    ("เลข 4", lambda: entry(4).update(subject="เรื่องอื่น")),
    ("เลข 4", lambda: entry(4).update(dated="2024-06-10")),
    ("เลข 4", lambda: entry(4).update(state="void")),
    ("เลข 10", lambda: entry(10).update(state="reserved", voided_by=None, voided_at=None, voided_because="")),
    ("เลข 10", lambda: entry(10).update(voided_because="เหตุผลอื่น")),
    ("เลข 12", lambda: entry(12).delete()),
    ("เลข 12", lambda: entry(12).update(number=13)),
    ("เลข 4", lambda: line(4).filter(act="taken").update(by_name="คนอื่น")),
    ("เลข 4", lambda: line(4).filter(act="taken").delete()),
    ("เลข 4", lambda: line(4).filter(act="taken").update(content="ว่าง")),
    ("เลข 5", lambda: line(5).filter(act="sealed").update(content=[])),
    ("เลข 7", lambda: Letter.objects.filter(entry__number=7).update(content={"title": "อื่น"})),
    ("เลข 7", lambda: Letter.objects.filter(entry__number=7).update(content=None)),
    ("เลข 7", lambda: Letter.objects.filter(entry__number=7).update(sha256="0" * 64)),
    ("เลข 7", lambda: Letter.objects.filter(entry__number=7).update(entry=None, issued_at=None, issued_by=None)),
    ("ทะเบียนหนังสือส่ง 2567", lambda: Register.objects.filter(book=Book.SEND).update(last_number=11)),
    ("ทะเบียนหนังสือส่ง 2567", lambda: Register.objects.filter(book=Book.SEND).update(last_number=2_000_000_000)),
    ("ทะเบียนหนังสือส่ง 2567", lambda: Register.objects.filter(book=Book.SEND).update(line_count=3)),
    ("ทะเบียนหนังสือส่ง 2567", lambda: Register.objects.filter(book=Book.SEND).update(head="a" * 64)),
]


@pytest.mark.parametrize(("which", "damage"), DAMAGE)
def test_what_is_changed_in_the_database_is_named(which: str, damage: Callable[[], object]) -> None:
    assert keep_checkpoint(AT)
    assert verify_all().problems == []
    damage()
    found = [problem for problem in verify_all().problems if problem.kind == "register"]
    assert found
    assert found[0].which.endswith(which), found
    assert "สำนักงานตัวอย่าง" in found[0].which


def test_a_register_that_cannot_even_be_read_is_a_finding(register: Register) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not take a word for a day")
    sql("UPDATE letters_registerentry SET dated = 'เมื่อวาน' WHERE number = 3")
    assert verify_registers().damages


def test_a_whole_register_that_is_gone_is_seen_by_the_checkpoint(register: Register) -> None:
    keep_checkpoint(AT)
    receive = Register.objects.get(book=Book.RECEIVE)
    sql("UPDATE letters_incoming SET entry_id = NULL, accepted_at = NULL, accepted_by_id = NULL")
    for rows in (receive.lines, receive.entries):
        rows.all().delete()
    receive.delete()
    assert [problem.en for problem in verify_all().problems] == ["the whole register is gone"]


def test_verify_counts_registers_and_numbers() -> None:
    checked = verify_all().checked
    assert (checked["registers"], checked["register_numbers"]) == (2, 13)


# A thousand manipulations by somebody with all rights on the database, who also knows how the chain is computed.


def rebuild(document: Document, start: int = 0) -> None:
    """Compute the whole chain anew, so that it holds in itself."""
    end = document["lines"][start - 1]["hash"] if start else "0" * 64
    for place, each in enumerate(document["lines"][start:], start + 1):
        each["sequence"], each["previous"] = place, end
        each["hash"] = end = hash_of(document["register"]["key"], each)
    document["register"] |= {"line_count": len(document["lines"]), "head": end}


def change_an_entry(document: Document, luck: random.Random) -> None:
    column = luck.choice(("subject", "to_name", "dated", "voided_because", "number_text", "remark", "reserved_for"))
    luck.choice(document["entries"])[column] = f"อื่น {luck.random()}"


def change_an_entry_and_rebuild(document: Document, luck: random.Random) -> None:
    one = luck.choice(document["entries"])
    one["subject"] = f"อื่น {luck.random()}"
    last = [each for each in document["lines"] if each["number"] == one["number"]][-1]
    last["content"] = {**last["content"], "subject": one["subject"]}
    rebuild(document)


def delete_a_number_and_rebuild(document: Document, luck: random.Random) -> None:
    number = luck.choice(document["entries"])["number"]
    document["entries"] = [each for each in document["entries"] if each["number"] != number]
    document["lines"] = [each for each in document["lines"] if each["number"] != number]
    document["letters"].pop(str(number), None)
    rebuild(document)


def cut_the_end(document: Document, luck: random.Random) -> None:
    """Yesterday's table: everything after a moment never happened."""
    keep = luck.randrange(1, len(document["lines"]))
    document["lines"] = document["lines"][:keep]
    last = {each["number"]: each["content"] for each in document["lines"]}
    document["entries"] = [{name: last[n][name] for name in document["entries"][0]} for n in sorted(last)]
    document["register"]["last_number"] = max(last)
    sealed = {str(each["number"]) for each in document["lines"] if each["act"] == "sealed"}
    document["letters"] = {number: hashes for number, hashes in document["letters"].items() if number in sealed}
    rebuild(document, keep)


def change_a_line(document: Document, luck: random.Random) -> None:
    one = luck.choice(document["lines"])
    one[luck.choice(("by_name", "act", "at", "previous", "hash"))] = f"x{luck.random()}"


def swap_lines(document: Document, luck: random.Random) -> None:
    one, other = luck.sample(range(len(document["lines"])), 2)
    lines = document["lines"]
    lines[one], lines[other] = lines[other], lines[one]
    if luck.random() < 0.5:
        rebuild(document)


def insert_a_number(document: Document, luck: random.Random) -> None:
    """One more number at the start, everything after it one higher."""
    twin = copy.deepcopy(luck.choice(document["lines"]))
    document["lines"].insert(luck.randrange(len(document["lines"])), twin)
    rebuild(document)


def swap_letters(document: Document, luck: random.Random) -> None:
    one, other = luck.sample(sorted(document["letters"]), 2)
    letters = document["letters"]
    letters[one], letters[other] = letters[other], letters[one]


def lose_a_letter(document: Document, luck: random.Random) -> None:
    del document["letters"][luck.choice(sorted(document["letters"]))]


def set_the_counter_back(document: Document, luck: random.Random) -> None:
    document["register"]["last_number"] -= luck.randrange(1, 9)


WAYS = (
    *(change_an_entry, change_an_entry_and_rebuild, delete_a_number_and_rebuild, cut_the_end, change_a_line, swap_lines),
    *(insert_a_number, swap_letters, lose_a_letter, set_the_counter_back),
)


def test_a_thousand_manipulations_are_found(register: Register) -> None:
    whole = export_register(register.pk)
    text, ends = json.dumps(whole), [(whole["register"]["line_count"], whole["register"]["head"])]
    assert check(whole, ends) == []
    luck, missed = random.Random(2567), []
    for turn in range(1_000):
        way, document = WAYS[turn % len(WAYS)], json.loads(text)
        way(document, luck)
        if not check(document, ends):
            missed.append((turn, way.__name__))
    assert missed == []


def test_without_a_checkpoint_a_rebuilt_chain_would_pass(register: Register) -> None:
    document = export_register(register.pk)
    change_an_entry_and_rebuild(document, random.Random(1))
    assert check(document) == []


# Stand-alone: the same file, without Phrom.


def run_alone(folder: Path, document: Document, *arguments: str) -> tuple[int, str]:
    exported = folder / "register.json"
    exported.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-I", standalone.__file__, str(exported), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONIOENCODING": "utf-8"})
    return done.returncode, done.stdout


def test_the_stand_alone_verifier_names_the_same_number(register: Register, tmp_path: Path) -> None:
    keep_checkpoint(AT)
    kept = next((tmp_path / "data" / "checkpoints").glob("*.json"))
    code, said = run_alone(tmp_path, export_register(register.pk), "--checkpoint", str(kept))
    assert (code, "untouched (12 numbers" in said) == (0, True)
    entry(4).update(subject="เรื่องอื่น")
    named = [damage.th for damage in verify_registers().damages]
    code, said = run_alone(tmp_path, export_register(register.pk), "--checkpoint", str(kept))
    assert code == 1
    assert named == ["เลข 4 ถูกแก้ไข: subject"]
    assert "ทะเบียนหนังสือส่ง 2567 · 4: เลข 4 ถูกแก้ไข: subject" in said
    assert "สำนักงานตัวอย่าง" in said


def test_the_stand_alone_verifier_sees_what_only_a_checkpoint_knows(register: Register, tmp_path: Path) -> None:
    keep_checkpoint(AT)
    kept = next((tmp_path / "data" / "checkpoints").glob("*.json"))
    document = export_register(register.pk)
    cut_the_end(document, random.Random(3))
    assert run_alone(tmp_path, document)[0] == 0
    assert run_alone(tmp_path, document, "--checkpoint", str(kept))[0] == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x"}', '{"format": "a", "format": "phrom-register-1"}'])
def test_what_is_no_export_is_said_to_be_unreadable(tmp_path: Path, text: str) -> None:
    exported = tmp_path / "register.json"
    exported.write_text(text)
    assert standalone.main([str(exported)]) == 2


def test_the_stand_alone_verifier_stands_alone() -> None:
    text = Path(standalone.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    assert "phrom." not in text.split('"""', 2)[2]
    assert "django" not in text.lower()
