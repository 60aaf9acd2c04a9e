"""Numbers and the lists of named things that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.checks.case import Case, Finding
from phrom.rules.scoring.claims import answered, fits, positive
from phrom.rules.scoring.listing_fields import CALLED
from phrom.rules.scoring.sheet import Answer

MOST_NAMES = 5


def number_without_list(case: Case) -> Iterator[Finding]:
    """A number should stand for named things, so that what two agencies both count is counted once."""
    for row, answer in _counted(case):
        listed = len(answer.items)
        if type(answer.value) is int and answer.value > listed:
            called = CALLED[row.listing.kind] if row.listing else ""
            there = f"ในบัญชีมีเพียง {listed}" if listed else "ยังไม่มีรายชื่อในบัญชี"
            yield row.code, f"ตอบ {answer.value} {called} แต่{there}", f"The answer is {answer.value}, the list names {listed}."


def less_than_its_list(case: Case) -> Iterator[Finding]:
    """An answer is not below the list that stands beside it."""
    for row, answer in _counted(case):
        listed = len(answer.items)
        below = type(answer.value) is int and answer.value < listed
        denied = row.kind is not Kind.COUNT and listed > 0 and answered(answer.value) and not positive(answer.value)
        if below or denied:
            said = str(answer.value) if below else "ว่าไม่มี"
            yield row.code, f"ตอบ {said} แต่ในบัญชีมี {listed} รายการ", f"The answer is below its list, which names {listed}."


def list_item_without_evidence(case: Case) -> Iterator[Finding]:
    """A named thing can be seen somewhere: a web address or a piece of evidence."""
    for row, answer in _counted(case):
        bare = [item.name for item in answer.items if not item.proof]
        if bare:
            named = ", ".join(bare[:MOST_NAMES]) + (f" และอีก {len(bare) - MOST_NAMES}" if len(bare) > MOST_NAMES else "")
            yield row.code, f"รายการในบัญชียังไม่มีที่อยู่เว็บหรือหลักฐาน: {named}", f"{len(bare)} listed without address or evidence."


def _counted(case: Case) -> Iterator[tuple[Question, Answer]]:
    """Rows on the path whose answer follows a list, with a fitting answer."""
    for row, answer in case.on_path():
        if row.listing and not row.listing.beside and fits(row, answer.value):
            yield row, answer
