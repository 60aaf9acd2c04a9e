from __future__ import annotations

from phrom.rules.instrument.informants import AgencyRef, route
from phrom.rules.instrument.load import load_edition
from tests.rules.instrument.broken import EDITION

LOADED = load_edition(EDITION)
OFFICE = AgencyRef("office", "provincial_office")
STATISTICS = AgencyRef("statistics", "statistical_office")
FARM = AgencyRef("farm", "regional")


def rows_of(agency: AgencyRef, *others: AgencyRef) -> set[str]:
    return {each.row_code for each in route(LOADED, [agency, *others]) if each.agency_code == agency.code}


def test_the_provincial_office_is_asked_everything() -> None:
    assert rows_of(OFFICE, FARM) == {row.code for row in LOADED.asked_rows}


def test_other_agencies_are_not_asked_the_provincial_offices_rows() -> None:
    assert len(rows_of(FARM, OFFICE)) == 47 - 14
    assert rows_of(FARM) == rows_of(STATISTICS)


def test_who_leads() -> None:
    leads = {(each.agency_code, each.row_code) for each in route(LOADED, [OFFICE, STATISTICS, FARM]) if each.lead}
    assert sum(agency == "office" for agency, _ in leads) == 14
    assert {row for agency, row in leads if agency == "statistics"} == {
        "P2.2.1.1",
        "P2.2.1.2",
        "P2.2.1.3",
        "P2.2.2",
        "P2.2.3.1",
        "P2.2.3.2",
    }
    assert not any(agency == "farm" for agency, _ in leads)


def test_headings_are_asked_of_nobody() -> None:
    assert not {"P2.1", "P2.1.5", "P2.2.1", "P2.2.3"} & rows_of(OFFICE)
