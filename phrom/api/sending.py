"""Sending an agency's answers, for programs: what is ready goes, the rest stays with the reasons."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from phrom.agencies.requests import SignedRequest
from phrom.api.asks import REFUSALS, Number, Problem
from phrom.rules.scoring.checks import Problem as Finding
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.submitting import standing, submit_answers
from phrom.survey.models import ReviewKind
from phrom.survey.pages.answering import sheet_for

router = Router(tags=["sending"])


class Reason(Schema):
    """One finding: the check's own code, and its sentence in Thai and in English."""

    check: str
    th: str
    en: str


class Missing(Schema):
    """A row that stays: its code and every reason."""

    code: str
    reasons: list[Reason]


class Sent(Schema):
    """The codes that were sent, those that wait for the agency's head instead, and what stays."""

    sent: list[str]
    with_head: list[str]
    missing: list[Missing]


@router.post(
    "/rounds/{int:round_id}/agencies/{int:agency_id}/submit",
    response={200: Sent, 409: Problem, **REFUSALS},
    url_name="sheet_submit",
    summary="Send an agency's ready rows",
)
def submit_sheet(request: SignedRequest, round_id: Number, agency_id: Number) -> Any:
    """Refused when no row is ready. Doing it again sends what has become ready since."""
    sheet = sheet_for(request.access, "answer.submit", round_id, agency_id)
    steps = submit_answers(round=sheet.round, agency=sheet.agency, by=request.user, at=request.at)
    left = [row for row in standing(round=sheet.round, agency=sheet.agency, today=local_date(request.at)) if row.ask.editable]
    missing = [{"code": row.ask.code, "reasons": [_reason(problem) for problem in row.errors]} for row in left]
    codes = {
        kind: [step.ask.code for step in steps if step.kind == kind] for kind in (ReviewKind.SUBMITTED, ReviewKind.PREPARED)
    }
    return {"sent": codes[ReviewKind.SUBMITTED], "with_head": codes[ReviewKind.PREPARED], "missing": missing}


def _reason(problem: Finding) -> dict[str, str]:
    return {"check": problem.code, "th": problem.th, "en": problem.en}
