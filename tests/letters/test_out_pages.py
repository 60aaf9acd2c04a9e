"""The pages on which a letter is written, issued and followed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.models import Incoming, Letter, LetterKind, Office, Recipient, RecipientState, RegisterEntry, Secrecy
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.letters import AT, make_clerk, make_draft, make_issued, make_office, make_recipient, make_secret

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
KEY = "one-time-key-of-a-form-0001"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def office() -> Office:
    return make_office(make_agency(make_body(), "สำนักงานจังหวัดเชียงใหม่"))


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(make_clerk(office))


def typed(letter: Letter, **more: Any) -> dict[str, Any]:
    """What the editor posts for a letter that was not changed."""
    given = {"version": letter.version, "subject": letter.subject, "addressed_to": letter.addressed_to, "phrase": "official"}
    given |= {"opening": "", "closing": "", "text": letter.text, "answer_by": "", "signer": "", "speed": "001"}
    given |= {"signer_name": letter.signer_name, "signer_position": letter.signer_position, "acting_how": "", "acting_whom": ""}
    return {**given, "contact": "", "copies_to": "", "retention": "", **more}


def test_from_the_first_word_to_the_number(office: Office, clerk: Client) -> None:
    other = make_office(make_agency(office.agency.own_body, "ที่ทำการปกครองจังหวัดเชียงใหม่"))
    begun = clerk.post(
        "/letters/out/new/", {"once": KEY, "kind": "external", "office": office.agency_id, "subject": "ขอเชิญประชุม"}, follow=True
    )
    letter = Letter.objects.get()
    assert begun.redirect_chain == [(f"/letters/out/{letter.pk}/edit/", 302)]
    words = {
        "text": "ด้วยจังหวัดจะประชุม",
        "addressed_to": "หัวหน้าส่วนราชการ",
        "signer_name": "นายสมชาย",
        "signer_position": "ผู้ว่าราชการจังหวัด",
    }
    clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, **words, next="recipients"))
    page = clerk.get(f"/letters/out/{letter.pk}/recipients/")
    assert "ที่ทำการปกครองจังหวัดเชียงใหม่" in page.content.decode()
    clerk.post(
        f"/letters/out/{letter.pk}/recipients/", {"version": 2, "agency": [other.agency.pk], "names": "บริษัท ก | ถนนท่าแพ"}
    )
    shown = clerk.get(f"/letters/out/{letter.pk}/").content.decode()
    assert "ออกเลขและส่ง" in shown and "ยังออกเลขไม่ได้" not in shown
    clerk.post(f"/letters/out/{letter.pk}/issue/", {"once": KEY + "x", "entry": ""})
    letter.refresh_from_db()
    assert letter.entry is not None and letter.entry.number_text == "ชม 0017.2/1"
    assert (letter.opening, letter.closing) == ("เรียน", "ขอแสดงความนับถือ")
    assert [one.name for one in letter.recipients.all()] == [other.agency.name, "บริษัท ก"]
    assert Incoming.objects.get().office == other


def test_a_double_click_and_a_form_that_is_sent_again_issue_once(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    make_recipient(letter)
    for _ in range(3):
        answer = clerk.post(f"/letters/out/{letter.pk}/issue/", {"once": KEY, "entry": ""})
        assert answer.status_code == 302
    assert RegisterEntry.objects.count() == 1


def test_what_is_missing_is_told_on_the_page_and_again_when_issuing(office: Office, clerk: Client) -> None:
    letter = make_draft(office, text="")
    page = clerk.get(f"/letters/out/{letter.pk}/").content.decode()
    assert "ยังไม่มีข้อความ" in page and "ยังไม่มีผู้รับ" in page and "ออกเลขและส่ง" not in page
    refused = clerk.post(f"/letters/out/{letter.pk}/issue/", {"once": KEY, "entry": ""})
    assert refused.status_code == 422 and "ยังไม่มีเลขใดถูกใช้" in refused.content.decode()
    assert not RegisterEntry.objects.exists()


def test_two_tabs_on_a_draft_keep_both_texts(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, text="ข้อความของคนแรก"))
    answer = clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, text="ข้อความของคนที่สอง"))
    page = answer.content.decode()
    assert answer.status_code == 409 and "ข้อความของคนแรก" in page and "ข้อความของคนที่สอง" in page
    letter.refresh_from_db()
    assert letter.text == "ข้อความของคนแรก"
    again = clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, text="รวมแล้ว"))
    letter.refresh_from_db()
    assert again.status_code == 302 and letter.text == "รวมแล้ว"


@pytest.mark.parametrize("kind", LetterKind)
def test_every_form_has_its_own_fields_and_saves(office: Office, clerk: Client, kind: str) -> None:
    letter = make_draft(office, kind=kind)
    page = clerk.get(f"/letters/out/{letter.pk}/edit/").content.decode()
    assert ('name="copies_to"' in page) == (kind == LetterKind.EXTERNAL)
    assert ('name="signer_name"' in page) == (kind != LetterKind.STAMPED)
    assert ('name="addressed_to"' in page) == (kind in ("external", "memo", "stamped"))
    assert clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, text="ใหม่")).status_code == 302
    letter.refresh_from_db()
    assert letter.text == "ใหม่" and letter.version == 2


def test_whoever_signs_for_another_says_for_whom(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    refused = clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, acting_how="รักษาราชการแทน"))
    assert refused.status_code == 422 and "กรอกตำแหน่งที่ลงนามแทน" in refused.content.decode()
    clerk.post(
        f"/letters/out/{letter.pk}/edit/", typed(letter, acting_how="รักษาราชการแทน", acting_whom="ผู้ว่าราชการจังหวัดเชียงใหม่")
    )
    letter.refresh_from_db()
    assert letter.acting_for == "รักษาราชการแทน ผู้ว่าราชการจังหวัดเชียงใหม่"


def test_the_head_of_the_office_can_be_chosen_as_signer(office: Office, clerk: Client) -> None:
    head = make_clerk(office, "head", "นายหัวหน้า สำนักงาน")
    letter = make_draft(office, signer_name="")
    clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, signer=str(head.pk), signer_name="", signer_position=""))
    letter.refresh_from_db()
    assert (letter.signer, letter.signer_name) == (head, "นายหัวหน้า สำนักงาน")


def test_recipients_are_chosen_from_groups_and_by_search(office: Office, clerk: Client) -> None:
    body = office.agency.own_body
    for number in range(3):
        make_agency(body)
        make_agency(body, f"เทศบาลตำบลที่ {number}", kind=AgencyKind.LOCAL_GOVERNMENT)
    letter = make_draft(office)
    found = clerk.get(f"/letters/out/{letter.pk}/recipients/?q=เทศบาลตำบล").content.decode()
    assert all(f"เทศบาลตำบลที่ {number}" in found for number in range(3))
    clerk.post(f"/letters/out/{letter.pk}/recipients/", {"version": 1, "group": ["agencies", "local"], "names": ""})
    assert letter.recipients.count() == 6
    kept = list(letter.recipients.values_list("pk", flat=True))[:2]
    clerk.post(f"/letters/out/{letter.pk}/recipients/", {"version": 2, "keep": kept, "names": ""})
    assert letter.recipients.count() == 2


def test_recipients_saved_upon_an_older_version_change_nothing(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    clerk.post(f"/letters/out/{letter.pk}/recipients/", {"version": 1, "names": "คนแรก"})
    answer = clerk.post(f"/letters/out/{letter.pk}/recipients/", {"version": 1, "names": "คนที่สอง"}, follow=True)
    assert "ยังไม่ถูกบันทึก" in answer.content.decode()
    assert [one.name for one in letter.recipients.all()] == ["คนแรก"]


def test_a_file_is_attached_handed_out_and_taken_away(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    file = SimpleUploadedFile("บัญชีรายชื่อ.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    sent = {"version": 1, "described": "บัญชีรายชื่อ จำนวน 1 ฉบับ", "file": file}
    assert clerk.post(f"/letters/out/{letter.pk}/attachments/", sent).status_code == 302
    line = letter.attachments.get()
    assert clerk.get(f"/letters/out/files/{line.pk}/").getvalue().startswith(b"%PDF")
    clerk.post(f"/letters/out/{letter.pk}/remove/attachments/", {"version": 2, "place": 1})
    assert not letter.attachments.exists()


def test_an_attachment_needs_its_file_or_the_word_that_there_is_none(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    refused = clerk.post(f"/letters/out/{letter.pk}/attachments/", {"version": 1, "described": "หนังสือ 1 เล่ม"})
    assert refused.status_code == 422
    clerk.post(f"/letters/out/{letter.pk}/attachments/", {"version": 1, "described": "หนังสือ 1 เล่ม", "on_paper": "on"})
    assert letter.attachments.get().name == ""


def test_an_earlier_letter_is_found_by_its_number_and_referred_to(office: Office, clerk: Client) -> None:
    earlier = make_issued(make_draft(office, subject="แจ้งมติ"))
    letter = make_draft(office)
    found = clerk.get(f"/letters/out/{letter.pk}/references/?q=0017.2/๑").content.decode()
    assert "แจ้งมติ" in found
    clerk.post(f"/letters/out/{letter.pk}/references/", {"version": 1, "letter": earlier.pk})
    clerk.post(f"/letters/out/{letter.pk}/references/", {"version": 2, "text": "หนังสือกรมการปกครอง ที่ มท 0305/ว 1"})
    first, second = letter.references.all()
    assert first.to_letter == earlier and "ที่ ชม 0017.2/1 ลงวันที่ 11 มิถุนายน 2567" in first.text
    assert second.text.endswith("ว 1")


def test_the_papers_of_a_draft_and_of_an_issued_letter(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    make_recipient(letter)
    assert clerk.get(f"/letters/out/{letter.pk}/paper/pdf/").content.startswith(b"%PDF")
    assert clerk.get(f"/letters/out/{letter.pk}/paper/docx/").content.startswith(b"PK")
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    first = clerk.get(f"/letters/out/{letter.pk}/paper/pdf/").getvalue()
    assert first == clerk.get(f"/letters/out/{letter.pk}/paper/pdf/").getvalue()
    assert clerk.get(f"/letters/out/{letter.pk}/paper/txt/").status_code == 404


def test_the_tray_says_where_each_letter_stands(office: Office, clerk: Client) -> None:
    make_draft(office, subject="ร่างหนึ่ง")
    late = make_draft(office, subject="ช้าแล้ว", answer_by=AT.date() - timedelta(days=1))
    make_recipient(late, make_office(make_agency(office.agency.own_body)))
    issue_letter(letter=late, by=late.drafted_by, at=AT)
    page = clerk.get("/letters/out/").content.decode()
    assert "ร่างหนึ่ง" in page and "เลยวันที่ขอให้ตอบ 1 แห่ง" in page and "ร่าง (1)" in page and "ออกเลขแล้ว (1)" in page
    only = clerk.get("/letters/out/?show=late").content.decode()
    assert "ช้าแล้ว" in only and "ร่างหนึ่ง" not in only
    assert "ร่างหนึ่ง" in clerk.get("/letters/out/?q=ร่างหนึ่ง").content.decode()


def full(office: Office, letters: int, recipients: int) -> Letter:
    """So many letters, each issued to so many offices."""
    offices = [make_office(make_agency(office.agency.own_body)) for _ in range(recipients)]
    letter = make_draft(office)
    for _ in range(letters):
        letter = make_draft(office)
        Recipient.objects.bulk_create(
            Recipient(letter=letter, via="here", office=one, name=one.agency.name, position=place)
            for place, one in enumerate(offices)
        )
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    return letter


@pytest.mark.parametrize(("letters", "recipients"), [(1, 1), (12, 9)])
def test_tray_and_page_cost_the_same_whatever_their_size(
    office: Office, clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries, letters: int, recipients: int
) -> None:
    letter = full(office, letters, recipients)
    for address in ("/letters/out/", f"/letters/out/{letter.pk}/", f"/letters/out/{letter.pk}/recipients/"):
        clerk.get(address)
        with django_assert_max_num_queries(15):
            assert clerk.get(address).status_code in (200, 302)


def test_a_stranger_and_the_body_above_find_nothing(office: Office) -> None:
    letter = make_issued(make_draft(office, subject="เรื่องของสำนักงาน"))
    recipient = make_recipient(letter)
    abroad = signed_in(make_clerk(make_office()))
    above = signed_in(make_clerk(make_office(office.agency.own_body), "coordinator"))
    for client in (abroad, above):
        for path in (
            f"/letters/out/{letter.pk}/",
            f"/letters/out/{letter.pk}/paper/pdf/",
            f"/letters/out/recipients/{recipient.pk}/",
        ):
            assert client.get(path).status_code == 404
        assert "เรื่องของสำนักงาน" not in client.get("/letters/out/").content.decode()


def test_a_secret_letter_is_seen_by_its_registrar_only(office: Office, clerk: Client) -> None:
    secret = make_secret(office, subject="เรื่องลับสุดยอด")
    assert clerk.get(f"/letters/out/{secret.pk}/").status_code == 404
    tray = clerk.get("/letters/out/").content.decode()
    assert "เรื่องลับสุดยอด" not in tray and "ยังไม่มีหนังสือส่ง" in tray
    registrar = signed_in(make_clerk(office, "secret_registrar"))
    assert "เรื่องลับสุดยอด" in registrar.get(f"/letters/out/{secret.pk}/").content.decode()


def test_only_who_handles_secrets_may_make_a_letter_secret(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    assert 'name="secrecy"' not in clerk.get(f"/letters/out/{letter.pk}/edit/").content.decode()
    clerk.post(f"/letters/out/{letter.pk}/edit/", typed(letter, secrecy=Secrecy.SECRET))
    letter.refresh_from_db()
    assert not letter.is_secret
    registrar = signed_in(make_clerk(office, "secret_registrar"))
    registrar.post(f"/letters/out/{letter.pk}/edit/", typed(letter, secrecy=Secrecy.SECRET))
    letter.refresh_from_db()
    assert letter.is_secret


def test_an_official_drafts_but_does_not_issue(office: Office) -> None:
    letter = make_draft(office)
    make_recipient(letter)
    official = signed_in(make_clerk(office, "official"))
    page = official.get(f"/letters/out/{letter.pk}/").content.decode()
    assert "ออกเลขและส่ง" not in page and "เจ้าหน้าที่สารบรรณ ออกเลข" in page
    assert official.post(f"/letters/out/{letter.pk}/issue/", {"once": KEY}).status_code in (403, 404)
    assert not RegisterEntry.objects.exists()


def test_a_dispatch_by_hand_and_what_came_back_are_recorded(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    recipient = make_recipient(letter)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    at = f"/letters/out/recipients/{recipient.pk}/"
    assert "บันทึกการส่ง" in clerk.get(at).content.decode()
    clerk.post(at + "dispatch/", {"on": "11 มิ.ย. 2567", "how": "ไปรษณีย์ลงทะเบียน RB123456789TH"})
    recipient.refresh_from_db()
    assert recipient.state == RecipientState.DELIVERED
    clerk.post(at + "outcome/", {"outcome": "accepted", "number": "456", "on": "12 มิ.ย. 2567", "who": "นายรับ", "reason": ""})
    recipient.refresh_from_db()
    assert (recipient.state, recipient.accept_number) == (RecipientState.ACCEPTED, "456")
    clerk.post(at + "outcome/", {"outcome": "answered", "number": "ชม 51001/7", "on": "", "who": "", "reason": ""})
    recipient.refresh_from_db()
    assert recipient.answer_number == "ชม 51001/7"
    shown = clerk.get(at).content.decode()
    assert "ส่งแล้วเมื่อ 11 มิ.ย. 2567 โดย ไปรษณีย์ลงทะเบียน RB123456789TH" in shown


def test_an_outcome_without_its_number_or_reason_is_refused(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    recipient = make_recipient(letter)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    at = f"/letters/out/recipients/{recipient.pk}/outcome/"
    for outcome in ("accepted", "rejected", "nonsense"):
        assert clerk.post(at, {"outcome": outcome}).status_code == 422


def test_whoever_writes_for_two_offices_chooses(office: Office) -> None:
    second = make_agency(office.agency.own_body, "สำนักงานที่สอง")
    person = make_clerk(office)
    person.memberships.create(agency=second, role="clerk", starts_on=AT.date())
    client = signed_in(person)
    page = client.get("/letters/out/new/").content.decode()
    assert "สำนักงานจังหวัดเชียงใหม่" in page and "สำนักงานที่สอง" in page
    make_draft(office, subject="ของที่หนึ่ง")
    assert "ของที่หนึ่ง" in client.get("/letters/out/").content.decode()
    foreign = make_office(Agency.objects.get(pk=make_agency(make_body()).pk))
    assert client.get(f"/letters/out/?office={foreign.pk}").status_code == 404


def test_a_day_that_cannot_be_is_told_beside_its_field(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    recipient = make_recipient(letter)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    at = f"/letters/out/recipients/{recipient.pk}/dispatch/"
    for on in ("10 มิ.ย. 2567", "1 ม.ค. 2667"):
        refused = clerk.post(at, {"on": on, "how": "ไปรษณีย์ลงทะเบียน"})
        assert refused.status_code == 422 and "ไปรษณีย์ลงทะเบียน" in refused.content.decode()
    recipient.refresh_from_db()
    assert recipient.state == RecipientState.QUEUED


def test_a_draft_without_recipients_can_still_be_edited_from_its_page(office: Office, clerk: Client) -> None:
    page = clerk.get(f"/letters/out/{make_draft(office).pk}/").content.decode()
    assert "/recipients/" in page and "/edit/" in page


def test_an_issued_letter_leads_to_whom_it_must_still_be_dispatched(office: Office, clerk: Client) -> None:
    letter = make_draft(office)
    recipient = make_recipient(letter)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    page = clerk.get(f"/letters/out/{letter.pk}/").content.decode()
    assert f"บันทึกการส่งถึง{recipient.name}" in page


def test_an_office_without_its_letter_code_is_led_to_its_settings_before_a_number_is_used(
    office: Office, clerk: Client
) -> None:
    letter = make_draft(office)
    make_recipient(letter)
    Office.objects.filter(pk=office.pk).update(letter_code="")
    page = clerk.get(f"/letters/out/{letter.pk}/").content.decode()
    assert "ยังไม่ได้ตั้งรหัสหนังสือ" in page and f'href="/letters/registers/offices/{office.agency_id}/"' in page
    assert f"/letters/out/{letter.pk}/issue/" not in page
    drafter = signed_in(make_member(office.agency, "official"))
    page = drafter.get(f"/letters/out/{letter.pk}/").content.decode()
    assert "เจ้าหน้าที่สารบรรณ ตั้งรหัสหนังสือ" in page and "ตั้งรหัสหนังสือ</a>" not in page
    refused = clerk.post(f"/letters/out/{letter.pk}/issue/", {"once": KEY})
    assert refused.status_code == 422 and not RegisterEntry.objects.exists()


@pytest.mark.parametrize("kind", [LetterKind.ORDER, LetterKind.ANNOUNCEMENT, LetterKind.CERTIFICATE])
def test_what_is_numbered_by_the_year_needs_no_letter_code(office: Office, kind: str) -> None:
    letter = make_draft(office, kind=kind)
    Office.objects.filter(pk=office.pk).update(letter_code="")
    issued = issue_letter(letter=Letter.objects.get(pk=letter.pk), by=letter.drafted_by, at=AT)
    assert issued.entry is not None and issued.entry.number_text == "1/2567"
