"""Somebody with all rights on the database changes the journal: it is seen, given the last checkpoint kept outside."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from phrom.shared.journal import standalone
from phrom.shared.journal.checkpoint import Checkpoint, read_checkpoints, write_checkpoint
from phrom.shared.journal.models import AuditEvent, JournalHead
from phrom.shared.journal.record import GENESIS, hash_of_fields
from phrom.shared.journal.verify import _entries, _heads, entries_as_json, problems_of, verify
from tests.shared.journal.conftest import CHAINS, START, write_entries

Entry = dict[str, Any]
Heads = dict[str, tuple[int, str]]


def edit(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    entry = luck.choice(entries)
    name = luck.choice([name for name in entry if name != "chain"])
    change = {"details": {"code": "P9"}, "sequence": 999, "by_id": 8, "at": "2024-06-12T00:00:00.000000+00:00"}
    entry[name] = change.get(name, entry[name][:-1] + ("0" if entry[name][-1] != "0" else "1") if name not in change else None)


def delete(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    entries.remove(luck.choice(entries))


def insert(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    at = luck.randrange(len(entries))
    entries.insert(at, dict(entries[at]))


def swap(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    one, other = luck.sample(entries, 2)
    for name in ("event", "about", "by_id", "details", "at"):
        one[name], other[name] = other[name], one[name]


def cut(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    """The tail goes and the head is set back, as if it had never been."""
    chain = luck.choice(CHAINS)
    keep = luck.randrange(0, 20)
    entries[:] = [entry for entry in entries if entry["chain"] != chain or entry["sequence"] <= keep]
    last = [entry for entry in entries if entry["chain"] == chain]
    heads[chain] = (keep, last[-1]["hash"] if last else GENESIS)


def rebuild(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    """One word changes and the whole rest of the chain is computed anew."""
    chain = [entry for entry in entries if entry["chain"] == luck.choice(CHAINS)] or entries[:1]
    name = chain[0]["chain"]
    chain = [entry for entry in entries if entry["chain"] == name]
    luck.choice(chain)["by_name"] = "คนอื่น"
    previous = GENESIS
    for entry in chain:
        entry["previous"] = previous
        entry["hash"] = previous = hash_of_fields({key: value for key, value in entry.items() if key != "hash"})
    heads[name] = (len(chain), previous)


def drop_chain(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    chain = luck.choice(CHAINS)
    entries[:] = [entry for entry in entries if entry["chain"] != chain]
    del heads[chain]


def forge_head(entries: list[Entry], heads: Heads, luck: random.Random) -> None:
    chain = luck.choice(CHAINS)
    heads[chain] = (heads[chain][0] + luck.randrange(2), "f" * 64)


MANIPULATIONS: list[Callable[[list[Entry], Heads, random.Random], None]]
MANIPULATIONS = [edit, delete, insert, swap, cut, rebuild, drop_chain, forge_head]


def copy_of(entries: list[Entry]) -> list[Entry]:
    return [{**entry, "details": dict(entry["details"])} for entry in entries]


def by_place(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry["chain"], entry["sequence"]))


@pytest.mark.usefixtures("journal")
def test_a_thousand_manipulations_are_seen() -> None:
    entries, heads, luck = list(_entries()), _heads(), random.Random(2567)
    checkpoint = [Checkpoint("", dict(heads))]
    assert problems_of(entries, heads, checkpoint) == []
    unseen = []
    for number in range(1_000):
        changed, changed_heads = copy_of(entries), dict(heads)
        how = MANIPULATIONS[number % len(MANIPULATIONS)]
        how(changed, changed_heads, luck)
        if not problems_of(by_place(changed), changed_heads, checkpoint):
            unseen.append((number, how.__name__))
    assert unseen == []


@pytest.mark.usefixtures("journal")
def test_the_stand_alone_verifier_agrees(tmp_path: Path) -> None:
    entries, heads, luck = list(_entries()), _heads(), random.Random(1)
    checkpoint = {"chains": {chain: {"sequence": end[0], "hash": end[1]} for chain, end in heads.items()}}

    def export(entries: list[Entry], heads: Heads) -> list[str]:
        ends = [{"head_of": chain, "sequence": end[0], "hash": end[1]} for chain, end in heads.items()]
        return [json.dumps(line) for line in [*by_place(entries), *ends]]

    for number in range(104):
        changed, changed_heads = copy_of(entries), dict(heads)
        assert standalone.check(export(changed, changed_heads), checkpoints=[checkpoint]) == []
        MANIPULATIONS[number % len(MANIPULATIONS)](changed, changed_heads, luck)
        assert standalone.check(export(changed, changed_heads), checkpoints=[checkpoint])


@pytest.mark.usefixtures("journal")
def test_the_stand_alone_verifier_stands_alone(tmp_path: Path) -> None:
    export, program = tmp_path / "export.jsonl", tmp_path / "standalone.py"
    export.write_text("".join(line + "\n" for line in entries_as_json()), encoding="utf-8")
    program.write_bytes(Path(standalone.__file__).read_bytes())
    assert len(program.read_text().splitlines()) <= 200

    def run(*arguments: str) -> int:
        return subprocess.run([sys.executable, "-I", program, export, *arguments], cwd=tmp_path, capture_output=True).returncode

    assert run("--head", JournalHead.objects.get(chain="system").hash) == 0
    assert run("--head", "f" * 64) == 1
    export.write_text(export.read_text(encoding="utf-8").replace("คำแก้ว", "คำแก้ไข", 1), encoding="utf-8")
    assert run() == 1
    export.write_text("{", encoding="utf-8")
    assert run() == 2


@pytest.mark.usefixtures("journal")
def test_the_first_bad_entry_is_named() -> None:
    AuditEvent.objects.filter(chain="chiangmai", sequence__in=(7, 12)).update(by_name="คนอื่น")
    (problem,) = verify()
    assert (problem.chain, problem.sequence, problem.code) == ("chiangmai", 7, "changed")


@pytest.mark.usefixtures("journal")
def test_yesterdays_table_is_seen_by_the_checkpoint_alone(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, START)
    assert verify(tmp_path) == []
    AuditEvent.objects.filter(chain="system", sequence__gt=15).delete()
    last = AuditEvent.objects.get(chain="system", sequence=15)
    JournalHead.objects.filter(chain="system").update(sequence=15, hash=last.hash)
    assert verify() == []
    (problem,) = verify(tmp_path)
    assert (problem.sequence, problem.code) == (16, "cut")


@pytest.mark.usefixtures("journal")
def test_a_checkpoint_is_written_when_there_is_something_new(tmp_path: Path) -> None:
    assert write_checkpoint(tmp_path, START)
    assert write_checkpoint(tmp_path, START + timedelta(days=1)) is None
    write_entries(1, start=60)
    assert write_checkpoint(tmp_path, START + timedelta(days=2))
    assert len(read_checkpoints(tmp_path)[0]) == 2
    assert verify(tmp_path) == []


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other", "chains": {}}', "\ufffd"])
def test_an_unreadable_checkpoint_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "journal-1.json").write_text(text, encoding="utf-8")
    assert [problem.code for problem in verify(tmp_path)] == ["checkpoint-file"]


@pytest.mark.usefixtures("journal")
def test_entries_without_a_head_and_a_head_without_entries() -> None:
    JournalHead.objects.filter(chain="system").delete()
    AuditEvent.objects.filter(chain="chiangmai").delete()
    assert {problem.chain: problem.code for problem in verify()} == {"system": "head", "chiangmai": "head"}


@pytest.mark.django_db
def test_speed() -> None:
    """The aim is 20,000 entries a second on a quiet machine; a tenth of it is a fault."""
    write_entries(3_000)
    start = time.perf_counter()
    assert verify() == []
    assert 3_000 / (time.perf_counter() - start) > 2_000


@pytest.mark.django_db(transaction=True)
def test_an_empty_journal_is_whole() -> None:
    assert connection.vendor
    assert verify() == []
