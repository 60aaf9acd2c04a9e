"""The pack as one ZIP, streamed: papers, the set, evidence in a tree by row, and lists of what is in it and what is not."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from phrom.results.papers.source import Exhibit, PackSource
from phrom.rules.scoring.claims import missing_slots, positive
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import path_of
from phrom.shared.thai.dates import thai_date

MANIFEST, LINKS, MISSING = "บัญชีแฟ้ม.csv", "บัญชีลิงก์.csv", "บัญชีที่ยังขาด.csv"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n")
TOLD = ("code", "agency", "evidence", "issued_on", "period")
NO_SLOT, NO_FILE = "ยังไม่มีหลักฐานตามที่ข้อนี้กำหนด", "มีเพียงที่อยู่เว็บ ไม่มีไฟล์"
HELD, DAMAGED = "ไฟล์ยังไม่ผ่านการตรวจมัลแวร์ จึงไม่รวมในชุด", "ไฟล์เสียหายหรือหายไปจากที่เก็บ จึงไม่รวมในชุด"
_NOT_ON_WINDOWS = re.compile(r'[\x00-\x1f/\\<>:"|?*]')


@dataclass(frozen=True)
class Member:
    """One file of the pack: its path inside, where its bytes are, its hash, and of evidence what it is."""

    path: str
    file: Path
    sha256: str
    about: tuple[str, ...] = ("",) * len(TOLD)


@dataclass(frozen=True)
class Gathered:
    """The evidence that goes into the pack, and what does not: row, agency, what, why."""

    members: tuple[Member, ...]
    lacking: tuple[tuple[str, str, str, str], ...]


def archive(source: PackSource, papers: Iterable[Path], step: Callable[[int, int], None]) -> Iterator[bytes]:
    """The bytes of the ZIP. `step(done, of)` is told after each file."""
    members = [Member(paper.name, paper, _hash(paper)) for paper in papers]
    gathered = gather(source)
    evidence = list(gathered.members)
    stream = ZipStream(compress_type=ZIP_DEFLATED)
    for member in members:
        stream.add_path(str(member.file), member.path)
    for member in evidence:
        stream.add_path(str(member.file), member.path, compress_type=ZIP_STORED)
    lists = {LINKS: links(source), MISSING: _csv(("code", "agency", "what", "why"), gathered.lacking)}
    for name, text in lists.items():
        stream.add(text.encode("utf-8-sig"), name)
    stream.add(_manifest([*members, *evidence], lists).encode("utf-8-sig"), MANIFEST)
    of = stream.num_queued()
    while stream.num_queued():
        yield from stream.file()
        step(stream.num_streamed(), of)
    yield from stream.finalize()


def gather(source: PackSource) -> Gathered:
    """Each evidence file once for each row that it is under: หลักฐาน/P1/P1.5/agency/name; all that is not there is named.

    One query. Every file is read once to see that it is whole.
    """
    found = [(exhibit, path) for exhibit, path in placed(source) if path]
    stored = {file.sha256: file for file in StoredFile.objects.filter(sha256__in={one.sha256 for one, _ in found})}
    troubles = {sha256: _trouble(file) for sha256, file in stored.items()}
    members, lacking = [], list(_lacking(source))
    for exhibit, path in found:
        if trouble := troubles.get(exhibit.sha256, DAMAGED):
            lacking.append((exhibit.code, exhibit.agency_name, exhibit.proof.name, trouble))
        else:
            members.append(Member(path, path_of(stored[exhibit.sha256]), exhibit.sha256, _about(exhibit)))
    return Gathered(tuple(members), tuple(sorted(lacking, key=lambda line: source.places[line[0]])))


def placed(source: PackSource) -> Iterator[tuple[Exhibit, str]]:
    """All evidence with its path in the ZIP, empty for an address: what the workbook names is where the archive puts it."""
    taken: set[str] = set()
    for exhibit in source.exhibits():
        yield exhibit, _free(_place(exhibit), taken) if exhibit.sha256 else ""


def _place(exhibit: Exhibit) -> str:
    """Where a piece of evidence lies in the ZIP; its Thai name stays, only what Windows cannot take is replaced."""
    name = _NOT_ON_WINDOWS.sub("-", exhibit.proof.name).rstrip(" .") or "-"
    return f"หลักฐาน/{exhibit.pillar}/{exhibit.code}/{exhibit.agency}/{name}"


def _about(exhibit: Exhibit) -> tuple[str, ...]:
    issued = thai_date(exhibit.issued_on) if exhibit.issued_on else ""
    return (exhibit.code, exhibit.agency_name, exhibit.proof.name, issued, exhibit.period)


def _trouble(stored: StoredFile) -> str:
    """Why a file is left out; empty for one that is as it came."""
    if stored.is_held:
        return HELD
    path = path_of(stored)
    return "" if path.is_file() and _hash(path) == stored.sha256 else DAMAGED


def _lacking(source: PackSource) -> Iterator[tuple[str, str, str, str]]:
    """What is claimed without the evidence that the row names, and evidence that is an address alone."""
    for row in source.rows:
        for said in (said for said in row.came.sources if positive(said.answer.value)):
            for slot in missing_slots(row.question, said.answer):
                yield (row.question.code, said.name, slot.name, NO_SLOT)
    for one in source.exhibits():
        if not one.sha256:
            yield (one.code, one.agency_name, one.proof.name, NO_FILE)


def _manifest(members: Iterable[Member], lists: dict[str, str]) -> str:
    """Path, size and SHA-256 of every file with what it is, for whoever checks the pack."""
    rows = [(member.path, member.file.stat().st_size, member.sha256, *member.about) for member in members]
    texts = {name: text.encode("utf-8-sig") for name, text in lists.items()}
    rows += [(name, len(text), hashlib.sha256(text).hexdigest(), *("" for _ in TOLD)) for name, text in texts.items()]
    return _csv(("path", "size", "sha256", *TOLD), rows)


def links(source: PackSource) -> str:
    """Every address given as evidence, with its row and agency."""
    found = (one for one in source.exhibits() if not one.sha256)
    return _csv(
        ("code", "agency", "name", "url"), ((one.code, one.agency_name, one.proof.name, one.proof.ref) for one in found)
    )


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_inert(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def _inert(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(GUARDED) else cell


def _free(path: str, taken: set[str]) -> str:
    """The path, or with a number where it is taken; capitals do not tell two paths apart, as on Windows."""
    number, free = 1, path
    folder, _, name = path.rpartition("/")
    stem, _, extension = name.rpartition(".")
    while free.casefold() in taken:
        number += 1
        free = f"{folder}/{stem} ({number}).{extension}" if stem else f"{path} ({number})"
    taken.add(free.casefold())
    return free


def _hash(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
