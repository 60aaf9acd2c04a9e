"""ตัวเลขการใช้งานจริงเท่ากับ SQL ธรรมดาที่เขียนแยกต่างหาก ใช้ได้ทั้งสองฐานข้อมูล.

A second oracle: plain SQL, written from the definitions alone, gives the same figures; on SQLite and PostgreSQL.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from phrom.rollout.adoption import adoption_of
from phrom.rollout.models import Programme
from tests.factories.agencies import make_member
from tests.factories.rollout import AT, full_province, many_letters

pytestmark = pytest.mark.django_db

ACCOUNTS = """
select e.id from rollout_enrolment e join rollout_localgovernment g on g.id = e.local_government_id
where e.programme_id = %s and exists (
    select 1 from agencies_membership m join agencies_person p on p.id = m.person_id
    where m.agency_id = g.agency_id and p.is_active
      and m.starts_on <= %s and (m.ends_on is null or m.ends_on >= %s))
"""
SENT = """
select o.agency_id, count(distinct l.id)
from letters_letter l join letters_office o on o.id = l.office_id
join letters_recipient r on r.letter_id = l.id
where l.secrecy = '001' and l.issued_at <= %s and l.voided_at is null
  and r.via <> 'hand' and r.state in ('delivered', 'accepted')
group by o.agency_id
"""
TAKEN = """
select o.agency_id, count(*)
from letters_incoming i join letters_office o on o.id = i.office_id
where i.secrecy = '001' and i.via <> 'hand' and i.recalled_at is null and i.accepted_at <= %s
group by o.agency_id
"""
CLOSED = """
select o.agency_id, i.arrived_at, i.closed_at
from letters_incoming i join letters_office o on o.id = i.office_id
where i.secrecy = '001' and i.via <> 'hand' and i.recalled_at is null and i.accepted_at <= %s and i.closed_at <= %s
"""


def asked(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


@pytest.fixture
def programme() -> Programme:
    made = full_province(40)
    many_letters(made, 1200, seed=7)
    for enrolment in list(made.enrolments.select_related("local_government__agency"))[::5]:
        make_member(enrolment.local_government.agency, "local_clerk")
    return made


def test_what_was_sent_and_taken_equals_plain_sql(programme: Programme) -> None:
    sent, taken = dict(asked(SENT, AT)), dict(asked(TAKEN, AT))
    assert sum(sent.values()) > 150 and sum(taken.values()) > 150
    for line in adoption_of(programme, AT).lines:
        agency = line.enrolment.local_government.agency_id
        assert (line.facts.sent, line.facts.taken) == (sent.get(agency, 0), taken.get(agency, 0))


def test_what_was_handled_in_time_equals_plain_sql(programme: Programme) -> None:
    """Only the difference of two moments is left to Python: each database says it its own way."""
    handled: dict[int, int] = {}
    for agency, arrived, closed in asked(CLOSED, AT, AT):
        took = _moment(closed) - _moment(arrived)
        handled[agency] = handled.get(agency, 0) + (took <= timedelta(days=programme.handled_within_days))
    adoption = adoption_of(programme, AT)
    assert sum(line.facts.handled for line in adoption.lines) == sum(handled.values()) > 50
    for line in adoption.lines:
        assert line.facts.handled == handled.get(line.enrolment.local_government.agency_id, 0)


def test_who_has_an_account_equals_plain_sql(programme: Programme) -> None:
    adoption = adoption_of(programme, AT)
    found = {enrolment for (enrolment,) in asked(ACCOUNTS, programme.pk, adoption.today, adoption.today)}
    assert found == {line.enrolment.pk for line in adoption.lines if line.facts.joined_on} and len(found) == 8


def _moment(value: Any) -> Any:
    """SQLite gives a text, PostgreSQL a moment."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
