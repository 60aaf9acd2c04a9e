"""The pack as one ZIP, streamed: papers, the set itself, evidence in a tree by row, and a manifest with every hash."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from phrom.results.papers.source import Exhibit, PackSource
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import path_of

MANIFEST = "บัญชีแฟ้ม.csv"
LINKS = "บัญชีลิงก์.csv"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Member:
    """One file of the pack: its path inside, where its bytes are, its hash."""

    path: str
    file: Path
    sha256: str


def archive(source: PackSource, papers: Iterable[Path], step: Callable[[int, int], None]) -> Iterator[bytes]:
    """The bytes of the ZIP. `step(done, of)` is told after each file."""
    members = [Member(paper.name, paper, _hash(paper)) for paper in papers]
    evidence = list(evidence_members(source))
    stream = ZipStream(compress_type=ZIP_DEFLATED)
    for member in members:
        stream.add_path(str(member.file), member.path)
    for member in evidence:
        stream.add_path(str(member.file), member.path, compress_type=ZIP_STORED)
    stream.add(manifest([*members, *evidence]).encode("utf-8-sig"), MANIFEST)
    stream.add(links(source).encode("utf-8-sig"), LINKS)
    of = stream.num_queued()
    while stream.num_queued():
        yield from stream.file()
        step(stream.num_streamed(), of)
    yield from stream.finalize()


def evidence_members(source: PackSource) -> Iterator[Member]:
    """Each evidence file once for each row that it is under: หลักฐาน/P1.5/agency/name."""
    found = [(exhibit, path) for exhibit, path in placed(source) if path]
    stored = {file.sha256: file for file in StoredFile.objects.filter(sha256__in={one.sha256 for one, _ in found})}
    for exhibit, path in found:
        if exhibit.sha256 in stored:
            yield Member(path, path_of(stored[exhibit.sha256]), exhibit.sha256)


def placed(source: PackSource) -> Iterator[tuple[Exhibit, str]]:
    """All evidence with its path in the ZIP, empty for an address: what the workbook names is where the archive puts it."""
    taken: set[str] = set()
    for exhibit in source.exhibits():
        yield exhibit, _free(_place(exhibit), taken) if exhibit.sha256 else ""


def _place(exhibit: Exhibit) -> str:
    """Where a piece of evidence lies in the ZIP; its Thai name stays as it is, only separators of folders are replaced."""
    name = exhibit.proof.name.replace("/", "-").replace("\\", "-")
    return f"หลักฐาน/{exhibit.code}/{exhibit.agency}/{name}"


def manifest(members: Iterable[Member]) -> str:
    """Path, size and SHA-256 of every file, for whoever checks the pack."""
    rows = ((member.path, member.file.stat().st_size, member.sha256) for member in members)
    return _csv(("path", "size", "sha256"), rows)


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
