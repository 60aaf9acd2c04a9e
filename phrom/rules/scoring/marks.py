"""What one answer earns, with one Thai sentence why. Points of the rows are estimates until DGA publishes its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.claims import amount, answered, fits, in_range, parent_alone, positive, steps
from phrom.rules.scoring.path import condition_th
from phrom.rules.scoring.rounding import plain, two_places
from phrom.rules.scoring.sheet import Answer


@dataclass(frozen=True)
class Mark:
    """Points of one row: `earned` exactly, `points` as shown (two places), of `out_of`; `because` is a Thai sentence."""

    earned: Fraction
    out_of: Decimal
    because: str

    @property
    def points(self) -> Decimal:
        """The points with two decimals."""
        return two_places(self.earned)


def mark(question: Question, answer: Answer, *, on_path: bool = True) -> Mark:
    """The mark of one answer. A row without points (general part) is out of 0; a row off the path earns 0 of its points."""
    if question.points is None:
        return Mark(Fraction(0), Decimal(0), "ข้อนี้ไม่มีค่าน้ำหนักในเอกสารต้นทาง จึงไม่คิดคะแนน")
    out_of = question.points.out_of
    if not on_path:
        return Mark(Fraction(0), out_of, _off_path(question))
    if reason := _nothing(question, answer):
        return Mark(Fraction(0), out_of, f"{reason} ได้ 0 จาก {plain(out_of)} คะแนน")
    earned = Fraction(out_of) * amount(question, answer) / steps(question)
    return Mark(earned, out_of, f"{_claim(question, answer)} ได้ {plain(earned)} จาก {plain(out_of)} คะแนน")


def _off_path(question: Question) -> str:
    if question.asked_when is None:
        return "ข้อนี้ไม่ได้ถาม จึงไม่นับคะแนน"
    return f"ไม่นับคะแนน เพราะข้อนี้ถามเมื่อ{condition_th(question.asked_when)}เท่านั้น"


def _nothing(question: Question, answer: Answer) -> str:
    """Why an answer earns nothing before its value is weighed; empty when it is weighed."""
    value = answer.value
    if not answered(value):
        return f"แจ้งว่าตอบไม่ได้ ({answer.cannot})" if answer.cannot else "ยังไม่ได้ตอบ"
    if not fits(question, value) or not in_range(question, value):
        return "คำตอบไม่ตรงกับชนิดหรือช่วงค่าของข้อคำถาม"
    if positive(value) and parent_alone(question, answer):
        return "ไม่นับสิ่งที่กรมต้นสังกัดจัดให้เพียงฝ่ายเดียว เพราะข้อนี้นับเฉพาะส่วนที่นอกเหนือจากกรมต้นสังกัด"
    return ""


def _claim(question: Question, answer: Answer) -> str:
    value, full = answer.value, steps(question)
    match question.kind:
        case Kind.YES_NO:
            return "ตอบว่า “มี”" if value else "ตอบว่า “ไม่มี”"
        case Kind.MANY:
            return f"เลือกไว้ {amount(question, answer)} รายการ (ได้เต็มเมื่อครบ {full} รายการ)"
        case Kind.COUNT:
            return f"ตอบจำนวน {value} (ได้เต็มเมื่อถึง {full})"
        case Kind.PERCENT:
            return f"ตอบร้อยละ {value}"
        case _:
            return "มีคำตอบ" if positive(value) else "ไม่มีข้อความในคำตอบ"
