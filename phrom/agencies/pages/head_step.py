"""The page of one agency's choice: do its answers pass its head first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.actions.head_step import heads_of
from phrom.agencies.models import Agency

SET = "approval.set"


@dataclass(frozen=True)
class HeadStepPage:
    """The agency with its setting (`agency.head_approves`), and the names of who may approve."""

    agency: Agency
    heads: tuple[str, ...]
    manages_people: bool


def head_step_page(access: Access, agency_id: int, at: datetime) -> HeadStepPage:
    """For the agency's own head and for who manages the body's people; 404 for everybody else."""
    reach = Q(pk__in=access.agency_ids(SET)) | Q(body_id__in=access.body_ids(SET))
    agency = get_object_or_404(Agency.objects.filter(reach, answers_survey=True).select_related("body"), pk=agency_id)
    names = heads_of(agency, at).order_by("starts_on", "pk").values_list("person__name", flat=True)
    return HeadStepPage(agency, tuple(dict.fromkeys(names)), access.can("people.manage", agency))
