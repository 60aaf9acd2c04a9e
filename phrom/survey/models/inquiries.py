"""Inquiries in queries: whether a row has one that waits, for whom, and which of them somebody may see."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from phrom.agencies.access import Access
from phrom.survey.models.rounds import Inquiry, InquiryNote

ANSWER = "inquiry.answer"


def standing_inquiries(*, answered: bool) -> QuerySet[Inquiry]:
    """Inquiries that are not closed, with the agency's word as the last one or without."""
    notes = InquiryNote.objects.filter(inquiry=OuterRef("pk")).order_by("-id").values("from_agency")
    return Inquiry.objects.filter(closed_at=None).alias(answered=Subquery(notes[:1])).filter(answered=answered)


def waits_for_agency() -> Exists:
    """For a query of asks: some inquiry about the ask waits for the agency's answer."""
    return Exists(standing_inquiries(answered=False).filter(ask=OuterRef("pk")))


def waits_for_reviewer() -> Exists:
    """For a query of asks: some inquiry about the ask was answered and is not closed."""
    return Exists(standing_inquiries(answered=True).filter(ask=OuterRef("pk")))


def any_inquiry() -> Exists:
    """For a query of asks: there is or was an inquiry about the ask."""
    return Exists(Inquiry.objects.filter(ask=OuterRef("pk")))


def inquiries_of_own(access: Access) -> QuerySet[Inquiry]:
    """Those put to the agencies where the person answers; a role over the whole body answers for nobody."""
    return _with_round().filter(ask__agency__in=access.agency_ids(ANSWER), ask__withdrawn_at=None)


def inquiries_reviewed(access: Access) -> QuerySet[Inquiry]:
    """Those in rounds that the person reviews."""
    return _with_round().filter(ask__round__body__in=access.body_ids("answer.review"))


def _with_round() -> QuerySet[Inquiry]:
    return Inquiry.objects.select_related("ask__agency", "ask__round__body", "ask__round__survey").defer(
        "ask__round__survey__document"
    )
