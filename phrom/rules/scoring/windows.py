"""Where a piece of evidence lies against the window of its row: by the period that it is about, else by its day of issue.

DGA publishes no rule for what lies only partly inside, nor for what says no day. Our assumption, until there is one: evidence
that touches the window with a single day may prove what is claimed for it, and so may evidence whose day nobody wrote down;
both are told to whoever answers and whoever reviews (a warning). What lies wholly outside proves nothing (an error).
A period with one end only goes on without end at the other; both ends count as days of it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from phrom.rules.instrument.model import Window
from phrom.rules.scoring.sheet import Proof

MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
ERA = 543


class Place(StrEnum):
    """How evidence stands to a window."""

    INSIDE = "inside"
    PARTLY = "partly"
    OUTSIDE = "outside"
    NO_DATE = "no_date"


WORDS = {
    Place.INSIDE: "อยู่ในช่วงเวลาที่ถาม",
    Place.PARTLY: "อยู่ในช่วงเวลาที่ถามเพียงบางส่วน",
    Place.OUTSIDE: "อยู่นอกช่วงเวลาที่ถาม จึงไม่นับ",
    Place.NO_DATE: "ยังไม่ระบุวันที่ จึงเทียบช่วงเวลาไม่ได้",
}


def place(window: Window | None, proof: Proof) -> Place:
    """Where the proof lies. Without a window every day is inside; a period written backward is read forward."""
    if window is None:
        return Place.INSIDE
    span = span_of(proof)
    if span is None:
        return Place.NO_DATE
    first, last = span
    if last < window.start or first > window.end:
        return Place.OUTSIDE
    return Place.INSIDE if window.start <= first and last <= window.end else Place.PARTLY


def span_of(proof: Proof) -> tuple[date, date] | None:
    """First and last day that count: of the period where any of it is given, else the day of issue; None for no day."""
    first, last = proof.starts_on, proof.ends_on
    if first is None and last is None:
        first = last = proof.issued_on
    if first is None and last is None:
        return None
    first, last = first or date.min, last or date.max
    return (first, last) if first <= last else (last, first)


def dates_in_words(proof: Proof) -> str:
    """Every day that is known, in the Buddhist era: "ลงวันที่ 11 มิ.ย. 2567 · ช่วง 1 ต.ค. 2566 ถึง 30 ก.ย. 2567"; empty for none."""
    issued = f"ลงวันที่ {day_in_words(proof.issued_on)}" if proof.issued_on else ""
    start = day_in_words(proof.starts_on) if proof.starts_on else ""
    end = f"ถึง {day_in_words(proof.ends_on)}" if proof.ends_on else ""
    period = f"ช่วง {start} {end or 'เป็นต้นไป'}" if start else end and f"ช่วงจน{end}"
    return " · ".join(part for part in (issued, period) if part)


def window_in_words(window: Window) -> str:
    """ "12 มิ.ย. 2566 ถึง 11 มิ.ย. 2567"."""
    return f"{day_in_words(window.start)} ถึง {day_in_words(window.end)}"


def day_in_words(day: date) -> str:
    """ "11 มิ.ย. 2567"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + ERA}"
