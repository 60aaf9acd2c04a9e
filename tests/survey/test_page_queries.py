"""The pages of a round ask the database as often at two hundred offices as at twenty-two, and keep every office in sight."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phrom.agencies.models import Agency, AgencyKind
from phrom.survey.models import Answer, AnswerVersion, Ask, AskState, Round
from tests.factories.agencies import make_body, make_member
from tests.factories.survey import AT, make_round

pytestmark = pytest.mark.django_db
PROVINCE, NATION = 22, 200
MOST = 20
CODES = ("P1.1", "P1.3", "P2.1.1")
STATES = (AskState.OPEN, AskState.SUBMITTED, AskState.ACCEPTED, AskState.RETURNED)
VALUES = {"P1.1": False, "P1.3": "มีแผนงาน น้ำ ญาติผู้ใหญ่", "P2.1.1": 3}
PAGES = {
    "the board": "/rounds/{round}/",
    "the board by name": "/rounds/{round}/?sort=name",
    "the board of those behind": "/rounds/{round}/?show=behind",
    "one office": "/rounds/{round}/board/{agency}/",
    "one office, one pillar": "/rounds/{round}/board/{agency}/?pillar=P1",
    "the matrix": "/rounds/{round}/matrix/",
    "the whole matrix": "/rounds/{round}/matrix/?pillar=all",
    "the queue": "/rounds/{round}/review/",
    "the queue of one office": "/rounds/{round}/review/?agency={agency}",
    "one row": "/asks/{ask}/review/",
    "the province's answers": "/rounds/{round}/consolidation/",
    "with what waits": "/rounds/{round}/consolidation/?count=sent",
    "one of the province's answers": "/rounds/{round}/consolidation/P2.1.1/",
    "the results": "/rounds/{round}/results/",
    "one pillar": "/rounds/{round}/results/P1/",
    "before the freeze": "/rounds/{round}/freeze/",
    "the packs": "/rounds/{round}/packs/",
    "the rounds": "/rounds/",
}


def make_crowd(agencies: int) -> Round:
    """So many offices with three rows each, a third answered and sent, written in bulk."""
    round = make_round(make_body())
    crowd = Agency.objects.bulk_create(
        Agency(code=f"o-{round.pk}-{n}", name=f"หน่วยงานที่ {n:03}", kind=AgencyKind.REGIONAL, body=round.body, position=n)
        for n in range(agencies)
    )
    asks = Ask.objects.bulk_create(
        Ask(round=round, agency=agency, code=code, pillar=code[:2], position=number, state=STATES[(n + number) % 4])
        for n, agency in enumerate(crowd)
        for number, code in enumerate(CODES)
    )
    by = make_member(round.body, "official")
    given = [ask for ask in asks if ask.state != AskState.OPEN]
    content = {code: {"value": value, "detail": None, "provider": "", "cannot": ""} for code, value in VALUES.items()}
    AnswerVersion.objects.bulk_create(AnswerVersion(ask=a, version=1, content=content[a.code], by=by, at=AT) for a in given)
    Answer.objects.bulk_create(Answer(ask=ask, version=1, content=content[ask.code], by=by, at=AT) for ask in given)
    return round


def queries(client: Client, address: str) -> int:
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def address_of(page: str, round: Round) -> str:
    """The page of this round, of its last office and a row of it that waits."""
    agency = Agency.objects.filter(body=round.body, kind=AgencyKind.REGIONAL).latest("position")
    ask = Ask.objects.filter(round=round, state=AskState.SUBMITTED).latest("pk")
    return page.format(round=round.pk, agency=agency.pk, ask=ask.pk)


def test_two_hundred_offices_cost_no_more_queries_than_twenty_two() -> None:
    counted: dict[str, list[int]] = {name: [] for name in PAGES}
    for size in (PROVINCE, NATION):
        round = make_crowd(size)
        client = Client()
        client.force_login(make_member(round.body, "coordinator"))
        for name, page in PAGES.items():
            counted[name].append(queries(client, address_of(page, round)))
    assert {name: counts for name, counts in counted.items() if counts[1] > counts[0]} == {}
    assert {name: counts for name, counts in counted.items() if max(counts) > MOST} == {}


def test_every_office_is_on_the_board_and_none_twice() -> None:
    round = make_crowd(NATION)
    client = Client()
    client.force_login(make_member(round.body, "coordinator"))
    text = client.get(f"/rounds/{round.pk}/").content.decode()
    assert all(f"หน่วยงานที่ {number:03}" in text for number in range(NATION))


def test_the_province_adds_two_hundred_offices_up() -> None:
    round = make_crowd(NATION)
    client = Client()
    client.force_login(make_member(round.body, "coordinator"))
    accepted = Ask.objects.filter(round=round, code="P2.1.1", state=AskState.ACCEPTED).count()
    rows = client.get(f"/rounds/{round.pk}/consolidation/").context["page"].rows
    assert next(row.said for row in rows if row.question.code == "P2.1.1") == f"{3 * accepted} รายการ"
