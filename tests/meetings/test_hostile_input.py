"""Every form about committee, meetings and papers, filled with what nobody types by accident: no answer is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.config.access_table import RULES
from phrom.meetings.models import Paper
from tests.factories.calling import make_called, make_invited
from tests.house.cast import Cast, cast
from tests.house.test_access import ROUTES, Route, holds

pytestmark = pytest.mark.django_db
ROOMS = (
    "committee.view committee.manage meeting.manage meeting.reply minutes.comment follow_up.manage follow_up.answer "
    "answer.edit results.view"
).split()
KEY = "aaaaaaaaaaaaaaaaaaaaaaaa"
FIELDS = (
    "title presenter reason resolves text version file day clock venue online_link template letter_number letter_date kind "
    "name position phone note task due_on whom agencies verdict what body head to act item go ask once comment taken answer "
    "comments_until taker taker_position checker checker_position participant row seat number year issued_on effective_on "
    "relation chair_post composition seat_count quorum precedence role category agency starts_on ends_on reference person "
    "seats rows source minutes seen withdraw office address letter_code body_id"
).split()
PLAIN = {
    "title": "เรื่อง", "reason": "เหตุผลพอสมควร", "text": "ข้อความพอสมควร", "version": "1", "day": "11/6/2567", "clock": "13.30",
    "venue": "ห้อง", "template": "first", "letter_number": "1", "letter_date": "4/6/2567", "kind": "agreed", "name": "นาย",
    "position": "หัวหน้า", "task": "งานพอสมควร", "due_on": "21/6/2599", "whom": "all", "verdict": "close", "what": "open",
    "to": "up", "act": "take", "comments_until": "21/6/2599", "taker": "นาย", "number": "1", "year": "2567",
    "issued_on": "1/6/2567", "relation": "new", "chair_post": "ประธาน", "quorum": "half", "precedence": "1", "role": "member",
    "category": "regional", "starts_on": "1/7/2567", "ends_on": "1/8/2567", "taken": "yes", "source": "kpi", "office": "จังหวัด",
}  # fmt: skip
HOSTILE = {
    "thousands of digits": "9" * 5000,
    "twenty digits": "9" * 20,
    "a minus": "-1",
    "NUL": "ก\0ข",
    "the year 543": "1/1/543",
    "the year 544": "1/1/544",
    "the year 9999": "31/12/9999",
    "the year 10542": "31/12/10542",
    "Thai digits": "๙" * 30,
    "superscript digits": "²",
    "a half": "1.5",
    "a turn": "abc\u202exyz",
    "lines": "a\r\nBcc: x@example.org\r\n\r\nb",
    "markup": "<script>alert(1)</script>{{7*7}}{% load x %}",
    "nothing": "",
}


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, list[dict[str, object]]]]:
    """Made once for the file: every request takes back what it wrote. The meeting in three states."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = cast()
        keeper = made.people["coordinator"]
        assert keeper is not None
        body = Agency.objects.get(pk=Person.objects.get(pk=keeper.pk).memberships.get().agency_id)
        yield (
            made,
            [
                made.own,
                {**made.own, **in_state(make_called(body, keeper), keeper)},
                {**made.own, **in_state(make_invited(body, keeper), keeper)},
            ],
        )
        transaction.set_rollback(True)


def in_state(meeting: Any, keeper: Person) -> dict[str, object]:
    item = meeting.items.order_by("-position").first()
    paper = Paper.objects.filter(item__meeting=meeting).first()
    found: dict[str, object] = {"meeting_id": meeting.pk, "item_id": item.pk}
    return found | ({"paper_id": paper.pk} if paper else {})


def failures(company: tuple[Cast, list[dict[str, object]]], route: Route, role: str, data: dict[str, Any]) -> list[str]:
    made, states = company
    wrong = []
    for number, values in enumerate(states if {"meeting_id", "item_id", "paper_id"} & set(route.arguments) else states[:1]):
        address = route.address(values)
        with transaction.atomic():
            answer = made.clients[role].post(address, data)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            wrong.append(f"{role} state {number}: {answer.status_code}")
    return wrong


HERE = [route for route in ROUTES if RULES[route.name] in ROOMS and route.name != "desk"]


@pytest.mark.parametrize("route", HERE, ids=lambda route: route.name)
def test_no_field_makes_a_route_fail(company: tuple[Cast, list[dict[str, object]]], route: Route) -> None:
    wrong = []
    for what, value in HOSTILE.items():
        for role in ("coordinator", "official") if holds(route, "official") else ("coordinator",):
            said = {**dict.fromkeys(FIELDS, value), "once": KEY}
            wrong += [f"{what}: {each}" for each in failures(company, route, role, said)]
    assert wrong == []


NAMING = {
    "head": ("agenda",),
    "item": ("minutes_comment", "minutes_pen", "resolutions"),
    "row": ("attendance",),
    "comment": ("minutes_comment_answer",),
    "participant": ("participant_remove",),
    "minutes": ("adoption",),
    "agencies": ("follow_ups_open",),
    "seats": ("seats_end",),
    "version": ("paper", "minutes_item", "proposal_confirm"),
    "agency": ("seat_add", "seat"),
    "person": ("seat_holder", "seat_substitute"),
    "relation": ("order_record",),
}


@pytest.mark.parametrize("name", NAMING)
def test_no_id_inside_a_form_makes_a_route_fail(company: tuple[Cast, list[dict[str, object]]], name: str) -> None:
    wrong = []
    for route in HERE:
        if route.name in NAMING[name]:
            for what in ("thousands of digits", "twenty digits", "NUL", "superscript digits", "markup"):
                said = {key: each for key, each in PLAIN.items() if key != "template"} | {"once": KEY, name: HOSTILE[what]}
                wrong += [f"{route.name} {what}: {each}" for each in failures(company, route, "coordinator", said)]
    assert wrong == []
