"""At which stage an office stands: by fact where the system can see it, by record elsewhere. Values in, values out.

Facts decide joined (an account), first letter, active and quiet; a record can say only what no fact shows: trained, dropped.
Where a record says more than the facts do, or a fact something else than the record, both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from phrom.rollout.models import Stage, StageRecord
from phrom.shared.thai.dates import thai_date

SEEN = (Stage.JOINED, Stage.QUIET, Stage.FIRST_LETTER, Stage.ACTIVE)  # the system itself sees them


@dataclass(frozen=True)
class Facts:
    """What the system saw of an office until a day. Letters are electronic ones that are not secret.

    `sent` reached their receivers; `taken` were accepted with a number; `handled` also closed within the programme's days.
    `months` are the handled ones of the last months, the oldest first. `last_on` is the newest act with a letter.
    """

    joined_on: date | None = None
    first_sent_on: date | None = None
    last_on: date | None = None
    sent: int = 0
    taken: int = 0
    handled: int = 0
    handled_lately: int = 0
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where an office stands. `by_fact` and `by_record` are what each says alone; `said_apart` where they differ, in words."""

    stage: Stage
    by_fact: Stage | None
    by_record: Stage | None
    said_apart: str = ""

    @property
    def rests_on(self) -> str:
        """On what the stage rests, in words."""
        return "จากข้อเท็จจริงในระบบ" if self.stage == self.by_fact else "จากการบันทึก"


def stage_by_fact(facts: Facts, today: date, active_within_days: int) -> Stage | None:
    """What the facts say alone; None when there is not even an account."""
    if facts.handled_lately:
        return Stage.ACTIVE
    if facts.last_on is not None and facts.last_on < today - timedelta(days=active_within_days):
        return Stage.QUIET
    if facts.first_sent_on is not None:
        return Stage.FIRST_LETTER
    return Stage.JOINED if facts.joined_on is not None or facts.last_on is not None else None


def standing_of(facts: Facts, records: Sequence[StageRecord], today: date, active_within_days: int) -> Standing:
    """The stage of an enrolled office; `records` in the order of their days."""
    by_fact = stage_by_fact(facts, today, active_within_days)
    newest = records[-1] if records else None
    by_record = Stage(newest.stage) if newest else None
    if newest is not None and by_record == Stage.DROPPED:
        goes_on = facts.last_on is not None and facts.last_on > newest.happened_on
        said = f"บันทึกว่าถอนตัวเมื่อ {thai_date(newest.happened_on)} แต่ยังมีหนังสือหลังวันนั้น" if goes_on else ""
        return Standing(Stage.DROPPED, by_fact, by_record, said)
    trained = any(record.stage == Stage.TRAINED for record in records)
    recorded = Stage.TRAINED if trained else Stage.INVITED
    stage = recorded if by_fact is None or (by_fact == Stage.JOINED and trained) else by_fact
    return Standing(stage, by_fact, by_record, _said_apart(by_fact, newest))


def reached(standing: Standing, facts: Facts, records: Sequence[StageRecord]) -> frozenset[str]:
    """The stages that the office has reached, whatever came after; for targets. Active is what it is now."""
    if standing.stage == Stage.DROPPED:
        return frozenset({Stage.DROPPED})
    found = {Stage.INVITED, standing.stage}
    if facts.joined_on is not None or facts.last_on is not None:
        found.add(Stage.JOINED)
    if facts.first_sent_on is not None:
        found.add(Stage.FIRST_LETTER)
    if any(record.stage == Stage.TRAINED for record in records):
        found.add(Stage.TRAINED)
    return frozenset(found)


def _said_apart(by_fact: Stage | None, newest: StageRecord | None) -> str:
    if newest is None or newest.stage not in SEEN or newest.stage == by_fact:
        return ""
    said = f"บันทึกเมื่อ {thai_date(newest.happened_on)} ว่า “{newest.get_stage_display()}”"
    if by_fact is None:
        return f"{said} แต่ในระบบยังไม่มีบัญชีหรือหนังสือ"
    return f"{said} ในระบบขณะนี้ “{by_fact.label}”"
