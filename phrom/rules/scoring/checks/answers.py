"""What is wrong with one answer: fitting its row, proved, provided by whom, asked at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from phrom.rules.instrument.model import Kind
from phrom.rules.scoring.checks.case import Case, Finding
from phrom.rules.scoring.claims import answered, fits, in_range, missing_slots, parent_alone
from phrom.rules.scoring.path import condition_th
from phrom.rules.scoring.sheet import Provider, Stance

SHORTEST_REASON = 4


def not_answered(case: Case) -> Iterator[Finding]:
    """Every row on the path needs an answer, be it no, cannot, or "as the owner says"."""
    for row, answer in case.on_path():
        if not answered(answer.value) and not answer.cannot.strip() and answer.stance is not Stance.CONFIRMS:
            yield row.code, "ยังไม่ได้ตอบ และยังไม่ได้แจ้งเหตุผลที่ตอบไม่ได้", "Not answered, and no reason why not."


def unknown_row(case: Case) -> Iterator[Finding]:
    """An answer belongs to a row that is asked in this edition."""
    for code in sorted(case.sheet.answers):
        if code not in case.edition.by_code or not case.edition.by_code[code].asked:
            yield code, "ไม่มีข้อคำถามนี้ในแบบสำรวจ", "No such row is asked in this edition."


def wrong_kind(case: Case) -> Iterator[Finding]:
    """A value is of its row's kind."""
    for row, answer in case.on_path():
        if answered(answer.value) and not fits(row, answer.value):
            yield row.code, "คำตอบไม่ตรงกับชนิดของข้อคำถาม", f"The value does not fit a row of kind {row.kind.value}."


def out_of_range(case: Case) -> Iterator[Finding]:
    """A percent lies between 0 and 100, a count is not below 0."""
    for row, answer in case.on_path():
        if row.kind is not Kind.URL and fits(row, answer.value) and not in_range(row, answer.value):
            limit = "0 ถึง 100" if row.kind is Kind.PERCENT else "0 ขึ้นไป"
            english = "0 to 100" if row.kind is Kind.PERCENT else "0 or more"
            yield row.code, f"ตอบ {answer.value} ซึ่งเป็นไปไม่ได้ ต้องเป็น {limit}", f"{answer.value} cannot be; it must be {english}."


def bad_url(case: Case) -> Iterator[Finding]:
    """A web address starts with http:// or https://."""
    for row, answer in case.claims():
        if row.kind is Kind.URL and not in_range(row, answer.value):
            yield row.code, "ที่อยู่เว็บต้องขึ้นต้นด้วย http:// หรือ https://", "The web address must start with http:// or https://."


def unknown_choice(case: Case) -> Iterator[Finding]:
    """A tick is one of the row's choices."""
    for row, answer in case.claims():
        known = {choice.code for choice in row.choices}
        if isinstance(answer.value, tuple) and (strange := [code for code in answer.value if code not in known]):
            yield row.code, f"ไม่มีตัวเลือก {', '.join(strange)} ในข้อนี้", f"No such choice: {', '.join(strange)}."


def off_the_path(case: Case) -> Iterator[Finding]:
    """An answer to a row that is not asked under the other answers does not count."""
    for row in case.rows:
        if row.code not in case.path and answered(case.sheet.get(row.code).value) and row.asked_when:
            when = condition_th(row.asked_when)
            yield row.code, f"คำตอบนี้จะไม่ถูกนับ เพราะข้อนี้ถามเมื่อ{when}เท่านั้น", "This answer will not count: the row is off the path."


def evidence_missing(case: Case) -> Iterator[Finding]:
    """What is claimed to exist needs its required evidence, issued inside the row's window."""
    for row, answer in case.claims():
        if lacking := missing_slots(row, answer):
            names = ", ".join(slot.name for slot in lacking)
            yield row.code, f"ตอบว่ามีแต่ยังไม่มีหลักฐาน: {names}", f"Claimed without its required evidence: {names}."


def day_to_come(case: Case) -> Iterator[Finding]:
    """Neither an answer nor evidence can be of a day that is still to come."""
    for row, answer in case.on_path() if case.today else ():
        named = [(proof.name, proof.issued_on) for proof in answer.proofs]
        days = [*named, ("คำตอบ", answer.value)] if isinstance(answer.value, date) else named
        for name, day in days:
            if isinstance(day, date) and case.today and day > case.today:
                yield row.code, f"วันที่ของ “{name}” ยังมาไม่ถึง", f"{day.isoformat()} is still to come."


def provider_missing(case: Case) -> Iterator[Finding]:
    """On a row "beyond the parent department" it must be said who provides what is claimed."""
    for row, answer in case.claims():
        if row.beyond_parent_department and answer.provider is Provider.UNKNOWN:
            yield (
                row.code,
                "ข้อนี้ต้องระบุว่าสิ่งที่มีเป็นของหน่วยงานเองหรือกรมต้นสังกัดจัดให้",
                "Say who provides it: own, both or the parent department.",
            )


def parent_department_alone(case: Case) -> Iterator[Finding]:
    """What the parent department alone provides is not "beyond the parent department"."""
    for row, answer in case.claims():
        if parent_alone(row, answer):
            th = "ข้อนี้นับเฉพาะส่วนที่นอกเหนือจากกรมต้นสังกัด สิ่งที่กรมต้นสังกัดจัดให้เพียงฝ่ายเดียวต้องตอบว่าไม่มี"
            yield row.code, th, "Provided by the parent department alone, this cannot be claimed here."


def above_its_limit(case: Case) -> Iterator[Finding]:
    """A part is not more than its whole (P4.1.1 at most P4.1)."""
    for row, answer in case.on_path():
        whole = case.sheet.get(row.not_above).value if row.not_above else None
        if type(answer.value) is int and type(whole) is int and answer.value > whole:
            th = f"ตอบ {answer.value} มากกว่าข้อ {row.not_above} ที่ตอบ {whole}"
            yield row.code, th, f"{answer.value} is more than {row.not_above}, which says {whole}."


def detail_missing(case: Case) -> Iterator[Finding]:
    """Where a row says "please specify", what is claimed needs the detail."""
    for row, answer in case.claims():
        if row.detail and (answer.detail is None or answer.detail == ""):
            yield row.code, f"ยังไม่ได้ระบุ: {row.detail.label}", f"The detail is missing: {row.detail.label}."


def cannot_without_reason(case: Case) -> Iterator[Finding]:
    """ "Cannot answer" says why, in more than a stroke, and stands alone."""
    for row, answer in case.on_path():
        if answer.cannot and (len(answer.cannot.strip()) < SHORTEST_REASON or answered(answer.value)):
            yield (
                row.code,
                "“ตอบไม่ได้” ต้องมีเหตุผลที่อ่านเข้าใจ และไม่มีคำตอบอื่นในข้อเดียวกัน",
                "“Cannot answer” needs a reason, and no value beside it.",
            )
