"""Agencies as correspondents: the office of an agency, made when it is first needed."""

from __future__ import annotations

from phrom.agencies.models import Agency, AgencyKind
from phrom.agencies.paperwork import letterhead_of
from phrom.letters.models import Office


def office_of(agency: Agency) -> Office:
    """The agency's office. Two that ask for it first at the same moment get the same one."""
    office = _found(agency)
    if office is None:
        Office.objects.get_or_create(agency=agency, defaults={"letter_code": _first_code(agency)})
        office = Office.objects.select_related("agency__body").get(agency=agency)
    return office


def office_seen(agency: Agency) -> Office:
    """The agency's office for a page that only shows it: not stored where nobody needed it yet."""
    return _found(agency) or Office(agency=agency, letter_code=_first_code(agency))


def issuing_agency(body: Agency) -> Agency:
    """Who writes the body's letters: its provincial office where there is one, else the body itself."""
    return body.agencies.filter(kind=AgencyKind.PROVINCIAL_OFFICE).first() or body


def issuing_office(body: Agency) -> Office:
    """The office of who writes the body's letters."""
    return office_of(issuing_agency(body))


def _found(agency: Agency) -> Office | None:
    return Office.objects.select_related("agency__body").filter(agency=agency).first()


def _first_code(agency: Agency) -> str:
    """The body's own papers carry a code already; other offices say theirs on their settings page."""
    if agency.is_body or agency.kind == AgencyKind.PROVINCIAL_OFFICE:
        return letterhead_of(agency.own_body).letter_code
    return ""
