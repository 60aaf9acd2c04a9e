"""Is everything still what was kept? Journal chains, registers, stored files, pinned editions, frozen sets, papers."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from phrom.config.timestamps import confirm_checkpoints, look_at_timestamps
from phrom.letters.destroyed import look_at_destroyed
from phrom.letters.proof import register_ends, verify_registers
from phrom.meetings.models import AgendaItem, KeptPaper, Paper
from phrom.meetings.papers.hashing import line_of, paper_sha256
from phrom.results.models import Snapshot
from phrom.rules.instrument.canonical import edition_from_json
from phrom.shared.documents.canonical import sha256_of_json
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import place_of
from phrom.shared.journal.checkpoint import read_checkpoints, write_checkpoint
from phrom.shared.journal.models import AuditEvent
from phrom.shared.journal.verify import verify as verify_journal
from phrom.survey.models import AnswerSet, Survey

INCOMING = "incoming"
# The events that hand a paper out; each names under `kept` its hash and that of its PDF.
HANDED_OUT = ("meeting.invited", "agenda.frozen", "minutes.adopted")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: of what kind, which, and a Thai and English sentence."""

    kind: str
    which: str
    th: str
    en: str


@dataclass
class Findings:
    """What was looked at (counts by kind), what is wrong, and harmless leftovers."""

    checked: dict[str, int] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)


def checkpoints_folder() -> Path:
    """Where checkpoints of the journal are kept; copy them off the machine."""
    return Path(settings.DATA) / "checkpoints"


def keep_checkpoint(at: datetime) -> Path | None:
    """Write down where the journal and every register end now; the file, or None when nothing was added since the last one.

    Where a timestamp server is set it is asked to confirm what it has not confirmed yet; without its answer the file stands.
    """
    path = write_checkpoint(checkpoints_folder(), at, register_ends())
    confirm_checkpoints(checkpoints_folder())
    return path


def verify_all(checkpoints: Path | None = None, using: str = "default") -> Findings:
    """Look at everything. Reads every stored byte once."""
    found = Findings()
    found.checked["journal"] = AuditEvent.objects.using(using).count()
    for problem in verify_journal(checkpoints or checkpoints_folder(), using):
        found.problems.append(Finding("journal", f"{problem.chain}:{problem.sequence}", problem.th, problem.en))
    found.problems += _registers(found, checkpoints or checkpoints_folder(), using)
    found.problems += _timestamps(found, checkpoints or checkpoints_folder())
    _look_at_files(found)
    found.problems += [*_surveys(found, using), *_frozen_sets(found, using)]
    found.problems += [*_kept_papers(found, using), *_frozen_papers(found, using), *_frozen_items(found, using)]
    return found


def _registers(found: Findings, checkpoints: Path, using: str) -> Iterator[Finding]:
    """The books of all offices: chain, counter, every number, every letter that was numbered."""
    kept, _ = read_checkpoints(checkpoints)
    looked = verify_registers([checkpoint.registers for checkpoint in kept], using)
    found.checked |= {"registers": looked.registers, "register_numbers": looked.numbers}
    for damage in looked.damages:
        yield Finding("register", damage.which, damage.th, damage.en)
    destroyed = look_at_destroyed(using)
    found.checked["destroyed_letters"] = destroyed.count
    for which in destroyed.wrong:
        yield Finding("destroyed_letter", which, "หนังสือที่ทำลายแล้วไม่ตรงกับทะเบียน", "a destroyed letter is not as the books say")


def _timestamps(found: Findings, checkpoints: Path) -> Iterator[Finding]:
    """What a server outside confirmed about the checkpoints; those it has not confirmed are named, and are no problem."""
    confirmed, unconfirmed, wrong = look_at_timestamps(checkpoints)
    found.checked["timestamps"] = confirmed
    found.leftovers += [f"{name}: no timestamp" for name in unconfirmed]
    for name in wrong:
        yield Finding("timestamp", name, "ตราประทับเวลาไม่ใช่ของจุดตรวจนี้", "the timestamp is not that of this checkpoint")


def _look_at_files(found: Findings) -> None:
    known = set()
    for sha256 in StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).iterator():
        known.add(sha256)
        place = place_of(sha256)
        if not place.is_file():
            found.problems.append(Finding("file", sha256, "ไฟล์ในที่เก็บหายไป", "the stored file is missing"))
        elif hash_of_file(place) != sha256:
            found.problems.append(Finding("file", sha256, "ไฟล์ในที่เก็บถูกเปลี่ยน", "the stored file was changed"))
    found.checked["files"] = len(known)
    for path in sorted(Path(settings.PHROM_FILES).glob("**/*")):
        if not path.is_file() or path.parent.name == INCOMING or (path.name in known and path == place_of(path.name)):
            continue
        # A content without a row is what an interrupted upload leaves; anything else was put there by somebody.
        if hash_of_file(path) == path.name:
            found.leftovers.append(path.name)
        else:
            found.problems.append(Finding("file", path.name, "มีไฟล์แปลกปลอมในที่เก็บ", "a foreign file lies in the store"))


def _surveys(found: Findings, using: str) -> Iterator[Finding]:
    surveys = Survey.objects.using(using).order_by("pk")
    found.checked["surveys"] = len(surveys)
    for survey in surveys:
        if not _is_pinned(survey):
            yield Finding("survey", survey.edition_id, "แบบสำรวจที่ตรึงไว้ถูกเปลี่ยน", "the pinned edition was changed")


def _is_pinned(survey: Survey) -> bool:
    try:
        return edition_from_json(survey.document).hash == survey.edition_hash
    except ValueError:
        return False


def _frozen_sets(found: Findings, using: str) -> Iterator[Finding]:
    sets = AnswerSet.objects.using(using).order_by("pk")
    found.checked["frozen_sets"] = len(sets)
    recorded = _recorded_sets(using)
    for answer_set in sets:
        which = f"round:{answer_set.round_id}"
        if hashlib.sha256(answer_set.document.encode()).hexdigest() != answer_set.sha256:
            yield Finding("frozen_set", which, "ชุดคำตอบที่ปิดแล้วถูกเปลี่ยน", "the frozen answer set was changed")
        elif recorded.get(which, answer_set.sha256) != answer_set.sha256:
            yield Finding("frozen_set", which, "ชุดคำตอบที่ปิดแล้วไม่ตรงกับบันทึก", "the frozen set is not the one in the journal")
    final = (
        Snapshot.objects.using(using).filter(is_final=True).values_list("round_id", "set_sha256", "round__answer_set__sha256")
    )
    for round_id, scored, kept in final:
        if scored != kept:
            yield Finding(
                "snapshot", f"round:{round_id}", "คะแนนไม่ได้มาจากชุดที่ปิด", "the final score is not that of the frozen set"
            )


def _recorded_sets(using: str) -> dict[str, str]:
    entries = AuditEvent.objects.using(using).filter(event="round.frozen").order_by("pk").values_list("about", "details")
    return {about: details["sha256"] for about, details in entries if "sha256" in details}


def _kept_papers(found: Findings, using: str) -> Iterator[Finding]:
    """Papers that were handed out: content, PDF, and both as the journal remembers them."""
    papers = KeptPaper.objects.using(using).select_related("pdf").order_by("pk")
    found.checked["kept_papers"] = len(papers)
    remembered = _remembered(using)
    for paper in papers:
        which = f"meeting:{paper.meeting_id}:{paper.form}:{paper.pk}"
        if sha256_of_json(paper.content) != paper.sha256:
            yield Finding("kept_paper", which, "เอกสารที่ออกไปแล้วถูกเปลี่ยน", "a paper that was handed out was changed")
        elif remembered.get(paper.sha256) is None:
            yield Finding("kept_paper", which, "เอกสารที่ออกไปแล้วไม่ตรงกับบันทึก", "the kept paper is not the one in the journal")
        elif paper.pdf.sha256 not in remembered[paper.sha256]:
            yield Finding("kept_paper", which, "PDF ของเอกสารถูกสลับ", "the kept paper's PDF is not the one in the journal")
    for sha256 in remembered.keys() - {paper.sha256 for paper in papers}:
        yield Finding("kept_paper", sha256, "เอกสารที่ออกไปแล้วหายไป", "a paper that was handed out is gone")


def _remembered(using: str) -> dict[str, set[str]]:
    """By the hash of each paper that was handed out: the PDFs that the journal names for it."""
    events = AuditEvent.objects.using(using).filter(event__in=HANDED_OUT).order_by("pk").values_list("details", flat=True)
    told: dict[str, set[str]] = defaultdict(set)
    for details in events:
        for paper in details.get("kept", ()):
            sha256, _, pdf = str(paper).partition(" ")
            told[sha256].add(pdf)
    return told


def _frozen_papers(found: Findings, using: str) -> Iterator[Finding]:
    """What stands under the items of a frozen agenda, against its own hash and what the journal says was frozen."""
    papers = Paper.objects.using(using).exclude(item__frozen_in=None).select_related("file", "item").order_by("pk")
    found.checked["frozen_papers"] = len(papers)
    standing: dict[int, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        standing[paper.item.meeting_id][paper.sha256] += 1
        if paper_sha256(paper) != paper.sha256:
            which = f"meeting:{paper.item.meeting_id}:item:{paper.item.number}:{paper.position}"
            yield Finding("frozen_paper", which, "เอกสารใต้วาระที่ตรึงแล้วถูกเปลี่ยน", "a paper of the frozen agenda was changed")
    for which in _not_as_frozen(standing, "papers", using):
        yield Finding("frozen_paper", which, "เอกสารของวาระไม่ตรงกับที่ตรึงไว้", "the agenda's papers are not those that were frozen")


def _frozen_items(found: Findings, using: str) -> Iterator[Finding]:
    """Which items stand in a frozen agenda, and what they are called, against what the journal says was frozen."""
    items = AgendaItem.objects.using(using).exclude(frozen_in=None)
    found.checked["frozen_items"] = len(items)
    standing: dict[int, Counter[str]] = defaultdict(Counter)
    for item in items:
        standing[item.meeting_id][line_of(item)] += 1
    for which in _not_as_frozen(standing, "items", using):
        yield Finding("frozen_item", which, "หัวข้อของวาระไม่ตรงกับที่ตรึงไว้", "the agenda's items are not those that were frozen")


def _not_as_frozen(standing: dict[int, Counter[str]], what: str, using: str) -> Iterator[str]:
    """The meetings in which something else stands than the journal's freezes name together."""
    frozen: dict[int, Counter[str]] = defaultdict(Counter)
    for about, details in AuditEvent.objects.using(using).filter(event="agenda.frozen").values_list("about", "details"):
        frozen[int(about.removeprefix("meeting:"))].update(details[what])
    for meeting in frozen.keys() | standing.keys():
        if frozen[meeting] != standing.get(meeting, Counter()):
            yield f"meeting:{meeting}"


def hash_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes; empty when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
