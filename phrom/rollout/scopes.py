"""Which programmes, offices and cases somebody reaches: every query of the room begins here.

The province's people see the programmes of their body; a local government sees itself alone.
"""

from __future__ import annotations

from django.db.models import QuerySet

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.rollout.models import Enrolment, LocalGovernment, Programme, SupportCase

READ, MANAGE, SUPPORT, OWN = "rollout.view", "rollout.manage", "rollout.support", "rollout.own"


def programmes_within(access: Access, permission: str = READ) -> QuerySet[Programme]:
    """The programmes of the person's provinces."""
    return Programme.objects.of_bodies(access.body_ids(permission)).select_related("body", "resolution")


def enrolments_within(access: Access, permission: str = READ) -> QuerySet[Enrolment]:
    """The offices in the programmes of the person's provinces."""
    rows = Enrolment.objects.of_bodies(access.body_ids(permission))
    return rows.select_related("programme__body", "local_government__agency__body")


def own_enrolments(access: Access) -> QuerySet[Enrolment]:
    """Those of the person's own local governments; of the newest programme first."""
    rows = Enrolment.objects.of_agencies(access.agency_ids(OWN)).order_by("local_government", "-programme__starts_on")
    return rows.select_related("programme__body", "local_government__agency__body")


def cases_within(access: Access, permission: str = READ) -> QuerySet[SupportCase]:
    """The cases in the programmes of the person's provinces."""
    return _with_offices(SupportCase.objects.of_bodies(access.body_ids(permission)))


def own_cases(access: Access) -> QuerySet[SupportCase]:
    """The cases of the person's own local governments."""
    return _with_offices(SupportCase.objects.of_agencies(access.agency_ids(OWN)))


def local_governments_of(body: Agency) -> QuerySet[LocalGovernment]:
    """The local governments of a province, by district; for whoever chooses among them."""
    return LocalGovernment.objects.of_bodies([body.pk]).select_related("agency")


def districts_of(body: Agency) -> dict[int, str]:
    """The district of each local government of a province, by agency id; for rooms below (`agencies.places`)."""
    return dict(LocalGovernment.objects.of_bodies([body.pk]).exclude(district="").values_list("agency", "district"))


def _with_offices(rows: QuerySet[SupportCase]) -> QuerySet[SupportCase]:
    return rows.select_related(
        "enrolment__programme__body", "enrolment__local_government__agency", "opened_by", "answered_by", "closed_by"
    )
