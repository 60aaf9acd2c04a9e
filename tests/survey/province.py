"""A province that is ready for a round, and one whose round is under way."""

from __future__ import annotations

from dataclasses import dataclass

from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.survey.actions.rounds import open_round
from phrom.survey.models import Ask, Round
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_order
from tests.factories.meetings import make_item, make_meeting, make_resolution
from tests.factories.survey import AT, DEADLINE, tiny_edition


@dataclass(frozen=True)
class Province:
    """The cast: the body, its two named offices and the others, the coordinator."""

    body: Agency
    office: Agency
    statistics: Agency
    others: tuple[Agency, ...]
    coordinator: Person

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """All agencies."""
        return (self.office, self.statistics, *self.others)


def make_province(others: int = 2, *, people: bool = True) -> Province:
    """Everything a round needs: an order, the two offices, an official everywhere, a coordinator."""
    body = make_body()
    make_order(body)
    office = make_agency(body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE)
    statistics = make_agency(body, "สำนักงานสถิติจังหวัดเชียงใหม่", AgencyKind.STATISTICAL_OFFICE)
    province = Province(
        body, office, statistics, tuple(make_agency(body) for _ in range(others)), make_member(office, "coordinator")
    )
    if people:
        for agency in province.agencies:
            make_member(agency)
    return province


def open_for(province: Province) -> Round:
    """The tiny questionnaire's round, opened through the action under a resolution."""
    mandate = make_resolution(make_item(make_meeting(province.body)))
    return open_round(
        body=province.body,
        edition=tiny_edition(),
        internal_deadline=DEADLINE,
        mandate=mandate,
        by=province.coordinator,
        at=AT,
    )


def cells_of(round: Round) -> set[tuple[str, int]]:
    """Who is asked what now."""
    return set(Ask.objects.filter(round=round, withdrawn_at=None).values_list("code", "agency_id"))
