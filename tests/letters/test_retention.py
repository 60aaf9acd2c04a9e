"""อายุการเก็บหนังสือ ตามกรณีใน cases/retention.yaml และสิ่งที่เข้าบัญชีขอทำลายได้ในแต่ละปี."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from ruamel.yaml import YAML

from phrom.letters.actions.retention import KeptAsItIs, keep_incoming_for, keep_letter_for, list_electronic
from phrom.letters.actions.standing import ReasonMissing
from phrom.letters.models import Incoming, Letter, Office, Recipient, Retention, Secrecy, Via
from phrom.letters.retention import class_of, due_entries, kept_to, list_due_on
from phrom.shared.journal.models import AuditEvent
from phrom.shared.thai.reading import parse_date
from tests.factories.destruction import AFTER, YEAR, make_list, make_old_incoming, make_old_letter
from tests.factories.letters import make_clerk, make_office

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("cases").joinpath("retention.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["เรื่อง"] for case in CASES])
def test_a_letter_is_kept_as_long_as_the_case_says(case: dict[str, Any]) -> None:
    retention = class_of(case.get("อายุ", ""), secret=case.get("ลับ") == "ใช่")
    until = None if case["เก็บถึง"] == "ตลอดไป" else parse_date(case["เก็บถึง"])
    assert kept_to(parse_date(case["ลงวันที่"]), retention) == until


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=[case["เรื่อง"] for case in CASES])
def test_it_falls_due_in_that_year_and_not_in_the_one_before(case: dict[str, Any]) -> None:
    day = parse_date(case["ลงวันที่"])
    secret = case.get("ลับ") == "ใช่"
    office = make_office()
    more = {"secrecy": Secrecy.SECRET} if secret else {}
    letter = make_old_letter(
        office, at=datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC), retention=case.get("อายุ", ""), **more
    )
    until = None if case["เก็บถึง"] == "ตลอดไป" else parse_date(case["เก็บถึง"]).year + 543
    years = [year for year in range(2560, 2580) if due_entries(office, year, secret=secret).filter(pk=letter.entry_id).exists()]
    assert years == ([] if until is None else list(range(until, 2580)))
    assert not due_entries(office, 2579, secret=not secret).exists()


def test_the_list_is_made_within_sixty_days_of_the_years_end() -> None:
    assert list_due_on(2567) == date(2025, 3, 1)
    assert list_due_on(2570) == date(2028, 2, 29)


@pytest.mark.django_db
def test_only_paper_that_was_dealt_with_is_listed_unless_the_office_says_otherwise() -> None:
    office = make_office()
    paper, open_ = make_old_incoming(office), make_old_incoming(office)
    Incoming.objects.filter(pk=open_.pk).update(closed_by=None, closed_at=None)
    electronic = make_old_incoming(office, via=Via.PEER)
    sent, both = make_old_letter(office), make_old_letter(office)
    Recipient.objects.create(letter=both, via=Via.ECMS, name="กรมการปกครอง")
    assert set(due_entries(office, YEAR, secret=False)) == {paper.entry, sent.entry}
    by = make_clerk(office)
    office = list_electronic(office=office, wanted=True, because="นิติกรเห็นชอบแล้ว", by=by, at=AFTER)
    assert set(due_entries(office, YEAR, secret=False)) == {paper.entry, sent.entry, electronic.entry, both.entry}
    assert AuditEvent.objects.filter(event="office.electronic_destruction_set", by_id=by.pk).exists()


@pytest.mark.django_db
def test_a_class_changes_with_a_reason_until_a_list_holds_the_letter() -> None:
    office = make_office()
    by = make_clerk(office)
    letter, incoming = make_old_letter(office), make_old_incoming(office)
    with pytest.raises(ReasonMissing):
        keep_letter_for(letter=letter, retention=Retention.EVER, because=" ", by=by, at=AFTER)
    keep_letter_for(letter=letter, retention=Retention.EVER, because="เอกสารประวัติศาสตร์", by=by, at=AFTER)
    assert list(due_entries(office, YEAR, secret=False)) == [incoming.entry]
    make_list(office, by=by)
    with pytest.raises(KeptAsItIs):
        keep_incoming_for(incoming=incoming, retention=Retention.EVER, because="เอกสารประวัติศาสตร์", by=by, at=AFTER)
    assert AuditEvent.objects.get(event="letter.retention_changed").details["because"] == "เอกสารประวัติศาสตร์"


@pytest.mark.django_db
def test_the_page_counts_by_year_and_says_nothing_of_secrets_to_a_clerk(
    client: Any, django_assert_max_num_queries: Any
) -> None:
    office = make_office()
    make_old_letter(office)
    make_old_letter(office, retention=Retention.EVER)
    make_old_letter(office, secrecy=Secrecy.SECRET, retention=Retention.TEN, subject="คานารีลับ")
    clerk = make_clerk(office)
    client.force_login(clerk, backend="phrom.agencies.signin.backend.PersonBackend")
    page = client.get(reverse("retention"))
    assert [(line.year, line.count, line.secret) for line in page.context["page"].lines] == [(2567, 1, 0)]
    assert page.context["page"].ever == 1
    due = client.get(reverse("retention_due", args=[2567]))
    assert "คานารีลับ" not in due.content.decode() + page.content.decode()
    with django_assert_max_num_queries(25):
        client.get(reverse("retention_due", args=[2567]))


@pytest.mark.django_db
def test_class_and_switch_are_changed_on_their_pages(client: Any) -> None:
    office = make_office()
    letter = make_old_letter(office)
    client.force_login(make_clerk(office), backend="phrom.agencies.signin.backend.PersonBackend")
    address = reverse("letter_retention", args=[letter.pk])
    assert client.post(address, {"retention": "5", "because": ""}).status_code == 422
    assert client.post(address, {"retention": "5", "because": "มีต้นเรื่องที่กรม"}).status_code == 302
    assert Letter.objects.get(pk=letter.pk).retention == "5"
    switch = {"office": office.pk, "wanted": "1", "because": "นิติกรเห็นชอบแล้ว"}
    assert client.post(reverse("retention_electronic"), {**switch, "because": ""}).status_code == 422
    assert client.post(reverse("retention_electronic"), switch).status_code == 302
    assert Office.objects.get(pk=office.pk).destroys_electronic
