"""The province's set as one document: what it says, and the mark by which two persons know that they speak of the same set."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.exchange import answer_to_json
from phrom.rules.scoring.jcs import canonical
from phrom.rules.scoring.merge import Merged, Provenance
from phrom.survey import sheets
from phrom.survey.editions import edition_of
from phrom.survey.models import ProvinceAnswer, Round, SetProposal

FORMAT = "phrom-answer-set-1"
Content = dict[str, object]


def set_content(round: Round) -> Content:
    """What the province says as it stands, with where it comes from; without any moment or person of the closing."""
    edition = edition_of(round.survey)
    return content_of(round, edition, sheets.province_of(round, edition))


def content_of(round: Round, edition: Edition, merged: Merged) -> Content:
    """The content from answers that were merged already: one query."""
    reasons = dict(ProvinceAnswer.objects.filter(round=round).values_list("code", "reason"))
    return {
        "format": FORMAT,
        "body": round.body.code,
        "edition": edition.id,
        "edition_hash": round.survey.edition_hash,
        "answers": _answers(edition, merged),
        "provenance": {code: _provenance(row, reasons.get(code, "")) for code, row in merged.rows.items()},
    }


def fingerprint_of(content: Content) -> str:
    """The SHA-256 of what is said: the same for the same answers, whoever asks and whenever."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def row_fingerprint(row: Provenance) -> str:
    """The SHA-256 of what one row says and of who contradicts it: what somebody has seen who takes it."""
    against = {source.agency: answer_to_json(source.answer) for source in row.conflicts}
    return fingerprint_of({"answer": answer_to_json(row.answer), "against": against})


def set_document(content: Content, at: datetime, last_year: Decimal | None, approved: SetProposal | None = None) -> str:
    """The canonical JSON (RFC 8785) of a set with the moment, last year's total where it is known, and who approved it."""
    document = content | {"frozen_at": at.astimezone(UTC).isoformat(timespec="seconds")}
    if last_year is not None:
        document["last_year"] = str(last_year)
    if approved is not None:
        document["approval"] = _approval(approved)
    return canonical(document)


def _approval(proposal: SetProposal) -> Content:
    assert proposal.approved_by and proposal.approved_at  # noqa: S101  the caller has looked
    resolution = proposal.resolution
    return {
        "proposed_by": proposal.by.name,
        "proposed_at": _moment(proposal.at),
        "approved_by": proposal.approved_by.name,
        "approved_at": _moment(proposal.approved_at),
        "resolution": None
        if resolution is None
        else {
            "meeting": f"{resolution.item.meeting.number}/{resolution.item.meeting.year}",
            "item": resolution.item.number,
            "kind": resolution.kind,
            "text": resolution.text,
        },
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _answers(edition: Edition, merged: Merged) -> Mapping[str, object]:
    given = {row.code: merged.sheet.get(row.code) for row in edition.asked_rows}
    return {code: answer_to_json(answer) for code, answer in given.items() if answer.given}


def _provenance(row: Provenance, reason: str) -> dict[str, object]:
    return {
        "rule": row.rule.value,
        "because": row.because,
        "proposed": answer_to_json(row.proposed),
        "overridden": row.overridden,
        "reason": reason if row.overridden else "",
        "sources": [
            {
                "agency": source.agency,
                "name": source.name,
                "answer": answer_to_json(source.answer),
                "used": source.used,
                "because": source.because,
                "lead": source.lead,
            }
            for source in row.sources
        ],
    }
