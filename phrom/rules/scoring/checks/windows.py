"""What the days of evidence say against the window of its row."""

from __future__ import annotations

from collections.abc import Iterator

from phrom.rules.instrument.model import Question
from phrom.rules.scoring.checks.case import Case, Finding
from phrom.rules.scoring.sheet import Proof
from phrom.rules.scoring.windows import Place, dates_in_words, place, window_in_words


def evidence_outside_window(case: Case) -> Iterator[Finding]:
    """Evidence lies inside the row's window; outside it proves nothing."""
    for row, proof, days in _placed(case, Place.OUTSIDE):
        yield row.code, f"หลักฐาน “{proof.name}” {days} จึงไม่นับ", f"“{proof.name}” lies outside the window of this row."


def evidence_partly_in_window(case: Case) -> Iterator[Finding]:
    """What is about a longer time than the window should show the part inside it."""
    for row, proof, days in _placed(case, Place.PARTLY):
        th = f"หลักฐาน “{proof.name}” {days} อยู่ในช่วงเพียงบางส่วน ควรระบุหน้าหรือข้อความของส่วนที่อยู่ในช่วง"
        yield row.code, th, f"“{proof.name}” lies only partly inside the window; name the page about that part."


def evidence_without_day(case: Case) -> Iterator[Finding]:
    """Where a window matters, evidence should say its day or its period."""
    for row, proof, _ in _placed(case, Place.NO_DATE):
        yield row.code, f"หลักฐาน “{proof.name}” ยังไม่ระบุวันที่ออกหรือช่วงเวลา", f"“{proof.name}” has no day of issue and no period."


def _placed(case: Case, where: Place) -> Iterator[tuple[Question, Proof, str]]:
    """Evidence of claims that lies so, with its days and those of the window in words."""
    for row, answer in case.claims():
        for proof in answer.proofs:
            if row.window and place(row.window, proof) is where:
                yield row, proof, f"({dates_in_words(proof)}) ไม่ตรงกับช่วงที่ข้อนี้นับ ({window_in_words(row.window)})"
