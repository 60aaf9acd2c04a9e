"""Agencies as correspondents: the office of an agency, made when it is first needed."""

from __future__ import annotations

from phrom.agencies.models import Agency, AgencyKind
from phrom.agencies.paperwork import letterhead_of
from phrom.letters.models import Office


def office_of(agency: Agency) -> Office:
    """The agency's office. Two that ask for it first at the same moment get the same one."""
    office = Office.objects.select_related("agency__body").filter(agency=agency).first()
    if office is None:
        Office.objects.get_or_create(agency=agency, defaults={"letter_code": _first_code(agency)})
        office = Office.objects.select_related("agency__body").get(agency=agency)
    return office


def issuing_office(body: Agency) -> Office:
    """Who writes the body's letters: its provincial office where there is one, else the body itself."""
    provincial = body.agencies.filter(kind=AgencyKind.PROVINCIAL_OFFICE).first()
    return office_of(provincial or body)


def _first_code(agency: Agency) -> str:
    """The body's own papers carry a code already; other offices say theirs on their settings page."""
    if agency.is_body or agency.kind == AgencyKind.PROVINCIAL_OFFICE:
        return letterhead_of(agency.own_body).letter_code
    return ""
