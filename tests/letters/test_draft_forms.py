"""The forms of a draft: an honest one saves, a broken one keeps every word, an old one overwrites nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from phrom.agencies.models import Agency, AgencyKind
from phrom.letters.actions.approving import submit
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.models import Letter, Office, RecipientState
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_clerk, make_draft, make_issued, make_office, make_recipient
from tests.letters.test_out_pages import KEY, signed_in, typed
from tests.letters.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
WHY = "พิมพ์วันประชุมผิดทั้งฉบับ"
LONG = "ก" * 501


@pytest.fixture
def office() -> Office:
    return make_office(make_agency(make_body(), "สำนักงานจังหวัดเชียงใหม่"))


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(make_clerk(office))


def at(letter: Letter, part: str = "") -> str:
    return f"/letters/out/{letter.pk}/{part}"


# honest forms


@pytest.mark.parametrize(
    ("part", "posted", "leads", "said"),
    [
        ("edit/", {"next": "1"}, "recipients/", "บันทึกร่างแล้ว"),
        ("edit/", {}, "", "บันทึกร่างแล้ว"),
        ("recipients/", {"names": "บริษัท ก | ถนนท่าแพ\n\nบริษัท ข"}, "", "บันทึกผู้รับ 2 ราย"),
        ("recipients/", {"names": "บริษัท ก", "stay": "1"}, "recipients/", "บันทึกผู้รับ 1 ราย"),
        ("attachments/", {"described": "บัญชีรายชื่อ จำนวน 1 ฉบับ", "on_paper": "on"}, "attachments/", "บัญชีรายชื่อ จำนวน 1 ฉบับ"),
        ("references/", {"text": "หนังสือกรม ที่ มท 1/1"}, "references/", "หนังสือกรม ที่ มท 1/1"),
        ("give-up/", {"because": WHY}, "", "ยกเลิกร่างแล้ว"),
    ],
)
def test_an_honest_form_saves_and_says_so(
    office: Office, clerk: Client, part: str, posted: dict[str, Any], leads: str, said: str
) -> None:
    letter = make_draft(office)
    given = typed(letter, **posted) if part == "edit/" else {"version": "1", **posted}
    answer = clerk.post(at(letter, part), given, follow=True)
    assert answer.redirect_chain == [(at(letter, leads), 302)]
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("part", "said", "event"),
    [("recall/", "เรียกคืนแล้ว", "letter.state"), ("void/", "ยกเลิกหนังสือแล้ว", "letter.voided")],
)
def test_what_was_issued_is_taken_back_with_a_reason(office: Office, clerk: Client, part: str, said: str, event: str) -> None:
    letter = make_draft(office)
    make_recipient(letter)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert said in clerk.get(at(letter, part)).content.decode() or clerk.get(at(letter, part)).status_code == 200
    answer = clerk.post(at(letter, part), {"because": WHY}, follow=True)
    assert answer.redirect_chain == [(at(letter), 302)] and said in answer.content.decode()
    assert letter.recipients.get().state == RecipientState.RECALLED
    assert AuditEvent.objects.filter(event=event).exists()


def test_the_head_reads_and_returns_and_then_approves(office: Office, clerk: Client) -> None:
    Office.objects.update(head_approves=True)
    letter = make_draft(office)
    make_recipient(letter)
    head = signed_in(make_clerk(office, "head", "นายหัวหน้า หน่วยงาน"))
    assert "เสนอหัวหน้าหน่วยงานแล้ว" in clerk.post(at(letter, "submit/"), follow=True).content.decode()
    back = head.post(at(letter, "return/"), {"because": "ขอให้อ้างมติที่ประชุม"}, follow=True)
    assert "ส่งกลับให้ผู้ร่างแก้ไขแล้ว" in back.content.decode() and "ขอให้อ้างมติที่ประชุม" in back.content.decode()
    clerk.post(at(letter, "submit/"))
    done = head.post(at(letter, "approve/"), {"version": "1"}, follow=True)
    assert "เห็นชอบหนังสือแล้ว" in done.content.decode()


def test_what_a_draft_lacks_is_said_when_it_is_submitted(office: Office, clerk: Client) -> None:
    Office.objects.update(head_approves=True)
    letter = make_draft(office, text="")
    said = clerk.post(at(letter, "submit/"), follow=True).content.decode()
    assert "ยังไม่มีข้อความ" in said and "ยังไม่มีผู้รับ" in said
    letter.refresh_from_db()
    assert letter.submitted_at is None


# broken forms


@pytest.mark.parametrize(
    ("part", "posted", "kept"),
    [
        ("edit/", {"subject": "", "text": "ข้อความที่พิมพ์ไว้ยาวมาก"}, "ข้อความที่พิมพ์ไว้ยาวมาก"),
        ("edit/", {"answer_by": "31 ก.พ. 2567", "text": "ข้อความที่พิมพ์ไว้"}, "31 ก.พ. 2567"),
        ("edit/", {"speed": "009", "contact": "โทร. 0 5311 2708"}, "โทร. 0 5311 2708"),
        ("edit/", {"subject": "ก\u202eข", "text": "ยังอยู่ที่เดิม"}, "ยังอยู่ที่เดิม"),
        ("edit/", {"copies_to": LONG, "text": "ยังอยู่ที่เดิม"}, "ยังอยู่ที่เดิม"),
        ("recipients/", {"names": f"บริษัท ก | 12 ถนนท่าแพ\n{'ข' * 301}"}, "บริษัท ก | 12 ถนนท่าแพ"),
        ("recipients/", {"version": "หนึ่ง", "names": "บริษัท ก"}, "บริษัท ก"),
        ("attachments/", {"described": "บัญชีรายชื่อ จำนวน 1 ฉบับ"}, "บัญชีรายชื่อ จำนวน 1 ฉบับ"),
        ("attachments/", {"described": "", "on_paper": "on"}, "checked"),
        ("references/", {"text": LONG}, LONG),
        ("give-up/", {"because": "ผิด"}, "ผิด</textarea>"),
        ("return/", {"because": "แก้"}, "แก้</textarea>"),
    ],
)
def test_a_broken_form_keeps_what_was_typed_and_changes_nothing(
    office: Office, part: str, posted: dict[str, Any], kept: str
) -> None:
    letter = make_draft(office)
    client = signed_in(make_clerk(office, "head" if part == "return/" else "clerk"))
    given = typed(letter, **posted) if part == "edit/" else {"version": "1", **posted}
    with nothing_changes():
        answer = client.post(at(letter, part), given)
    page = answer.content.decode()
    assert answer.status_code == 422 and kept in page
    assert "govuk-error-summary" in page


def test_a_file_that_is_none_is_refused_and_its_line_is_kept(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    wrong = SimpleUploadedFile("โปรแกรม.pdf", b"MZ\x90\x00 not a pdf", content_type="application/pdf")
    answer = clerk.post(at(letter, "attachments/"), {"version": "1", "described": "แผนที่ จำนวน 1 แผ่น", "file": wrong})
    assert answer.status_code == 422 and "แผนที่ จำนวน 1 แผ่น" in answer.content.decode()
    assert not letter.attachments.exists() and Letter.objects.get().version == 1


def test_ticks_stay_ticked_when_a_line_is_too_long(office: Office, clerk: Client) -> None:
    body = office.agency.own_body
    ticked, other = make_agency(body, "ที่ทำการปกครองจังหวัด"), make_agency(body, "สำนักงานคลังจังหวัด")
    make_agency(body, "เทศบาลตำบลแม่ริม", AgencyKind.LOCAL_GOVERNMENT)
    letter = make_draft(office)
    first, second = make_recipient(letter, name="รายที่หนึ่ง"), make_recipient(letter, name="รายที่สอง")
    posted = {"version": "1", "agency": [ticked.pk], "keep": [second.pk], "group": ["local"], "names": "ข" * 301}
    page = clerk.post(at(letter, "recipients/"), posted).content.decode()
    assert [is_ticked(page, f"agency{agency.pk}") for agency in (ticked, other)] == [True, False]
    assert [is_ticked(page, f"keep{to.pk}") for to in (first, second)] == [False, True]
    assert [is_ticked(page, f"group-{group}") for group in ("agencies", "local")] == [False, True]


def is_ticked(page: str, name: str) -> bool:
    """Whether the box with this id is ticked on the page."""
    box = page.split(f'id="{name}"')[1].split("<label")[0]
    return "checked" in box


# old forms


@pytest.mark.parametrize(
    ("part", "posted", "kept"),
    [
        ("recipients/", {"names": "บริษัทที่พิมพ์ไว้ | ถนนท่าแพ"}, "บริษัทที่พิมพ์ไว้ | ถนนท่าแพ"),
        ("attachments/", {"described": "บัญชีที่พิมพ์ไว้", "on_paper": "on"}, "บัญชีที่พิมพ์ไว้"),
        ("references/", {"text": "หนังสือที่พิมพ์ไว้"}, "หนังสือที่พิมพ์ไว้"),
    ],
)
def test_a_form_that_is_too_old_saves_nothing_and_loses_nothing(
    office: Office, clerk: Client, part: str, posted: dict[str, str], kept: str
) -> None:
    letter = make_draft(office)
    clerk.post(at(letter, "recipients/"), {"version": "1", "names": "ที่อีกคนบันทึกไว้"})
    with nothing_changes():
        answer = clerk.post(at(letter, part), {"version": "1", **posted})
    page = answer.content.decode()
    assert answer.status_code == 409 and kept in page and "มีผู้อื่นบันทึกร่างนี้" in page
    assert part != "recipients/" or "ที่อีกคนบันทึกไว้" in page
    assert 'name="version" value="2"' in page.replace('type="hidden" ', "")
    again = clerk.post(at(letter, part), {"version": "2", **posted, "keep": [one.pk for one in letter.recipients.all()]})
    assert again.status_code == 302 and Letter.objects.get().version == 3


def test_a_line_is_taken_away_once_even_when_it_is_clicked_twice(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    for words in ("บัญชีที่หนึ่ง", "บัญชีที่สอง", "บัญชีที่สาม"):
        letter.attachments.create(described=words)
    for _ in range(2):
        clerk.post(at(letter, "remove/attachments/"), {"version": "1", "place": "1"})
    assert [one.described for one in letter.attachments.all()] == ["บัญชีที่สอง", "บัญชีที่สาม"]


def test_a_new_letter_is_made_once_and_another_one_under_the_same_key_is_refused(office: Office, clerk: Client) -> None:
    posted = {"once": KEY, "kind": "memo", "office": office.agency_id, "subject": "ขอใช้ห้องประชุม"}
    if clerk.post("/letters/out/new/", posted).status_code == 422:
        posted["office"] = office.pk
        clerk.post("/letters/out/new/", posted)
    clerk.post("/letters/out/new/", posted)
    assert Letter.objects.count() == 1
    assert clerk.post("/letters/out/new/", {**posted, "subject": "อีกเรื่อง"}).status_code == 409
    assert clerk.post("/letters/out/new/", {**posted, "once": "สั้น"}).status_code == 422
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("part", ["edit/", "recipients/", "attachments/", "references/"])
def test_what_was_issued_is_edited_by_no_form(office: Office, clerk: Client, part: str) -> None:
    letter = make_issued(make_draft(office))
    with nothing_changes():
        for answer in (clerk.get(at(letter, part)), clerk.post(at(letter, part), {"version": "1", "names": "ก", "text": "ก"})):
            assert (answer.status_code, answer["Location"]) == (302, at(letter))


@pytest.mark.parametrize("part", ["submit/", "give-up/", "remove/references/", "remove/attachments/"])
def test_an_act_on_what_was_issued_meanwhile_is_refused_with_its_number(office: Office, clerk: Client, part: str) -> None:
    letter = make_issued(make_draft(office))
    with nothing_changes():
        answer = clerk.post(at(letter, part), {"because": WHY, "version": "1", "place": "1"})
    assert answer.status_code == 409 and "ชม 0017.2/1" in answer.content.decode()


def test_the_head_s_form_of_yesterday_approves_nothing(office: Office) -> None:
    Office.objects.update(head_approves=True)
    letter = make_draft(office, version=2)
    make_recipient(letter)
    submit(letter=letter, by=letter.drafted_by, at=AT)
    head = signed_in(make_clerk(office, "head"))
    with nothing_changes():
        for version in ("1", "", "สอง"):
            assert head.post(at(letter, "approve/"), {"version": version}).status_code == 409


# sizes


def test_two_hundred_and_fifty_offices_cost_the_recipients_page_no_more_than_two(
    office: Office, clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    letter, body = make_draft(office), office.agency.own_body
    rows = [
        Agency(code=f"a{number}", name=f"หน่วยงานที่ {number}", kind=AgencyKind.REGIONAL, body=body, position=number)
        for number in range(250)
    ]
    Agency.objects.bulk_create(rows)
    with django_assert_max_num_queries(11):
        page = clerk.get(at(letter, "recipients/")).content.decode()
    assert page.count('name="agency"') == 250 and "ทุกหน่วยงานที่ยังไม่ได้เลือก (250)" in page
    clerk.post(at(letter, "recipients/"), {"version": "1", "group": ["agencies"]})
    assert letter.recipients.count() == 250
    with django_assert_max_num_queries(11):
        page = clerk.get(at(letter, "recipients/")).content.decode()
    assert page.count('name="keep"') == 250


def test_what_was_changed_after_it_was_read_is_not_issued(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    make_recipient(letter, None, "บริษัท ก", via="hand")
    assert f'name="version" value="{letter.version}"' in clerk.get(at(letter, "issue/")).content.decode()
    Letter.objects.filter(pk=letter.pk).update(text="ข้อความที่คนอื่นแก้", version=letter.version + 1)
    with nothing_changes():
        told = clerk.post(at(letter, "issue/"), {"once": KEY, "entry": "", "version": str(letter.version)})
    assert told.status_code == 409
    assert "เปิดอ่านฉบับล่าสุดก่อน" in told.content.decode()
