"""Asking for an answer pack, and making it: papers, set and evidence in one ZIP, with its progress kept."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from phrom.agencies.models import Person
from phrom.results.models import AnswerPack, PackState
from phrom.results.papers.annex import annex
from phrom.results.papers.archive import archive
from phrom.results.papers.handing_in import Step, read_first, steps_of
from phrom.results.papers.report import report
from phrom.results.papers.source import PackSource, pack_source
from phrom.results.papers.workbook import write_answers
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.pdf import render_pdf
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep_made
from phrom.shared.journal.record import record
from phrom.survey.models import Round

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
PROGRAMS = Path(__file__).resolve().parents[1] / "verifier"
NOT_MADE = "จัดทำไม่สำเร็จ คำตอบและหลักฐานยังอยู่ครบ กรุณากดจัดทำใหม่ หากยังไม่สำเร็จกรุณาแจ้งผู้ดูแลระบบ"


@transaction.atomic
def request_pack(*, round: Round, by: Person, at: datetime) -> AnswerPack:
    """Put a pack into the queue; a draft while the round is open."""
    pack = AnswerPack.objects.create(round=round, requested_by=by, requested_at=at)
    record("pack.requested", by=by, about=f"pack:{pack.pk}", at=at, chain=round.body.code, details={"round": round.pk})
    return pack


def make_pack(*, pack: AnswerPack, clock: Clock) -> None:
    """Make a waiting pack; a failure is kept with its sentence, never left as "working"."""
    try:
        with tempfile.TemporaryDirectory(prefix="pack-") as folder:
            _finish(pack, _made(pack, Path(folder), clock()), clock())
    except Exception:
        log.exception("pack %s", pack.pk)
        AnswerPack.objects.filter(pk=pack.pk).update(state=PackState.FAILED, message=NOT_MADE, finished_at=clock())


def give_up_unfinished(*, at: datetime) -> None:
    """Say of every pack under work that it failed. For when nobody is at work: before the only maker begins anything."""
    AnswerPack.objects.filter(state=PackState.WORKING).update(state=PackState.FAILED, message=NOT_MADE, finished_at=at)


def _made(pack: AnswerPack, folder: Path, at: datetime) -> StoredFile:
    _tell(pack, 5, "อ่านคำตอบของทุกหน่วยงาน")
    source = pack_source(pack.round, at)
    papers = list(_papers(pack, source, folder))

    def step(done: int, of: int) -> None:
        if done == of or done % 20 == 0:
            _tell(pack, 40 + 55 * done // of, f"รวมแฟ้ม {done} จาก {of}")

    return keep_made(archive(source, papers, step), content_type="application/zip", at=at)


def _papers(pack: AnswerPack, source: PackSource, folder: Path) -> Iterator[Path]:
    """Write each paper into the folder and say what is being done."""
    _tell(pack, 10, "เขียนตารางคำตอบ (XLSX)")
    write_answers(folder / "คำตอบของจังหวัด.xlsx", source)
    yield folder / "คำตอบของจังหวัด.xlsx"
    for progress, name, document in ((15, "รายงาน", report(source)), (22, "ภาคผนวก", annex(source))):
        for suffix, render in (("docx", render_docx), ("pdf", render_pdf)):
            _tell(pack, progress, f"เขียน{name} ({suffix.upper()})")
            path = folder / f"{name}.{suffix}"
            path.write_bytes(render(document))
            yield path
    _tell(pack, 32, "รวมบันทึกนำส่ง มติ และโปรแกรมตรวจสอบ")
    steps = steps_of(pack.round)
    yield from _steps(folder, steps)
    yield from _for_checking(folder, source, steps)


def _steps(folder: Path, steps: Iterable[Step]) -> Iterator[Path]:
    """What of the way out is a paper: the resolution's extract, the numbered memo."""
    for step in steps:
        if step.paper is not None:
            (folder / step.file).write_bytes(step.paper())
            yield folder / step.file


def _for_checking(folder: Path, source: PackSource, steps: Iterable[Step]) -> Iterator[Path]:
    """The set, its questionnaire, its figures, the programs that check them, and a page that says how."""
    texts = {
        "ชุดคำตอบ.json": source.document,
        "แบบสำรวจ.json": source.round.survey.document,
        "คะแนน.json": source.figures,
        "อ่านก่อน.txt": read_first(source, steps),
        **{name: (PROGRAMS / name).read_text("utf-8") for name in ("verify.py", "merge_again.py")},
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
        yield folder / name


def _tell(pack: AnswerPack, progress: int, message: str) -> None:
    AnswerPack.objects.filter(pk=pack.pk).update(state=PackState.WORKING, progress=progress, message=message)


def _finish(pack: AnswerPack, file: StoredFile, at: datetime) -> None:
    done = {"state": PackState.DONE, "progress": 100, "message": "", "file": file, "finished_at": at}
    with transaction.atomic():
        AnswerPack.objects.filter(pk=pack.pk).update(**done)
        details: dict[str, object] = {"sha256": file.sha256, "size": file.size}
        record("pack.made", by=pack.requested_by, about=f"pack:{pack.pk}", at=at, chain=pack.round.body.code, details=details)
