"""Which questionnaire a meeting speaks of."""

from __future__ import annotations

from pathlib import Path

from phrom.meetings.models import Meeting
from phrom.results.papers.missing import NoFigures
from phrom.rules.instrument.model import Edition
from phrom.shared.thai.calendar import ERA
from phrom.shared.thai.dates import bangkok
from phrom.survey.catalogue import editions_in
from phrom.survey.editions import edition_of
from phrom.survey.models import Round

FIRST_MONTH = 10  # the fiscal year begins in October


def fiscal_year_of(meeting: Meeting) -> int:
    """The fiscal year (Buddhist era) on whose days the meeting lies."""
    day = bangkok(meeting.held_at)
    return day.year + ERA + (day.month >= FIRST_MONTH)


def edition_for(meeting: Meeting, folder: Path) -> Edition:
    """The newest real questionnaire that is not of a later fiscal year than the meeting.

    The one that the body's round pinned, else the newest in the editions folder. Refuses NoFigures where there is none.
    """
    year = fiscal_year_of(meeting)
    pinned = round_for_meeting(meeting)
    if pinned is not None and pinned.survey.fiscal_year == year:
        return edition_of(pinned.survey)
    real = [offer.edition for offer in editions_in(folder) if offer.edition and not offer.edition.invented]
    offered = [edition for edition in real if edition.fiscal_year <= year]
    newest = max(offered, key=lambda edition: edition.fiscal_year, default=None)
    if pinned is not None and (newest is None or newest.fiscal_year <= pinned.survey.fiscal_year):
        return edition_of(pinned.survey)
    if newest is None:
        raise NoFigures(
            f"ยังไม่มีแบบสำรวจของปีงบประมาณ {year} หรือก่อนหน้าในระบบ จึงยังแทรกไม่ได้ ให้ผู้ดูแลระบบเพิ่มแบบสำรวจก่อน",
            f"No questionnaire of fiscal year {year} or before is in the system. An administrator can add one.",
        )
    return newest


def round_for_meeting(meeting: Meeting) -> Round | None:
    """The body's newest round that is not of a later fiscal year than the meeting: one query."""
    rounds = Round.objects.filter(body=meeting.body_id, survey__fiscal_year__lte=fiscal_year_of(meeting))
    return rounds.select_related("survey", "body").order_by("-survey__fiscal_year", "-opened_at").first()
