"""Evidence for programs: files and a web address under one of my rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status, UploadedFile

from phrom.agencies.requests import SignedRequest
from phrom.api.asks import REFUSALS, Number, Problem
from phrom.survey.actions.evidence import attach
from phrom.survey.forms.evidence import read_evidence
from phrom.survey.models import EvidenceLink
from phrom.survey.models.scopes import asks_within

router = Router(tags=["evidence"])


class EvidenceIn(Schema):
    """What is said of what is sent: a web address too or instead, the expectation it meets, its days in any Thai form.

    `starts_on` and `ends_on` are the period it is about, `letter` its number, `page` and `quotation` where it proves.
    """

    url: str = ""
    slot: str = ""
    issued_on: str = ""
    starts_on: str = ""
    ends_on: str = ""
    letter: str = ""
    page: str = ""
    quotation: str = ""


class EvidenceOut(Schema):
    """One piece under the row: its name, its content's hash or its address, its day."""

    link: int
    name: str
    slot: str
    sha256: str
    url: str
    issued_on: date | None


class Refused(Problem):
    """One of several files that was not taken."""

    name: str


class Attached(Schema):
    """What was attached, and what was refused one by one."""

    attached: list[EvidenceOut]
    refused: list[Refused]


@router.post(
    "/asks/{int:ask_id}/evidence",
    response={201: Attached, 409: Problem, 413: Problem, 415: Problem, **REFUSALS},
    url_name="ask_evidence",
    summary="Put evidence under a row",
)
def add_evidence(
    request: SignedRequest, ask_id: Number, said: Form[EvidenceIn], files: File[list[UploadedFile] | None] = None
) -> Any:
    """Files, a web address or both. One that is refused leaves the rest attached; the first reason answers for none."""
    ask = get_object_or_404(asks_within(request.access, "evidence.add"), pk=ask_id)
    outcome = attach(ask=ask, posted=read_evidence(request), by=request.user, at=request.at)
    if outcome.refused and not outcome.attached:
        raise outcome.refused[0][1]
    refused = [refusal.as_json() | {"name": name} for name, refusal in outcome.refused]
    return Status(201, {"attached": [_out(link) for link in outcome.attached], "refused": refused})


def _out(link: EvidenceLink) -> dict[str, Any]:
    evidence = link.evidence
    told = {"name": evidence.name, "url": evidence.url, "issued_on": evidence.issued_on}
    return {"link": link.pk, "slot": link.slot, "sha256": evidence.file.sha256 if evidence.file else "", **told}
