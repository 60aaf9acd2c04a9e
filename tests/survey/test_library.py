"""คลังหลักฐาน: เก็บครั้งเดียวใช้หลายข้อ มีฉบับ ใช้ร่วมกันได้ และข้อที่ส่งแล้วไม่เปลี่ยนตามหลัง."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phrom.agencies.models import Person
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions import library as actions
from phrom.survey.actions.filing import About, AlreadyAttached, Spot
from phrom.survey.actions.submitting import standing
from phrom.survey.models import Ask, AskState, Evidence, EvidenceLink, ReviewKind, Round
from phrom.survey.sheets import proofs_of
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import AT, make_answer, make_answered, make_ask, make_evidence, make_piece, make_review, make_round

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
KEY = "once-key-for-this-form"


@pytest.fixture
def ask(client: Client) -> Ask:
    """A row of an agency whose official is signed in."""
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    return ask


def official(ask: Ask) -> Person:
    return make_member(ask.agency)


def post(client: Client, name: str, pk: int, /, **data: Any) -> Any:
    return client.post(reverse(name, args=[pk]), data, follow=True)


def text(client: Client, address: str) -> str:
    told = client.get(address)
    assert told.status_code == 200, told.status_code
    return told.content.decode()


def pdf(name: str = "แผน ฉบับปรับปรุง.pdf", more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + more, "application/pdf")


# One piece under many rows


def test_a_piece_of_the_library_proves_many_rows_and_is_kept_once(client: Client, ask: Ask) -> None:
    piece, other = make_piece(ask.agency), make_ask(ask.round, ask.agency, "P1.3")
    for row in (ask, other):
        page = post(client, "library_use", piece.pk, ask=row.pk, back="row", page="3", quotation="ข้อ ๒ ให้จัดตั้ง")
        assert f"เป็นหลักฐานข้อ {row.code} แล้ว" in page.content.decode()
    assert list(EvidenceLink.objects.values_list("ask__code", "evidence", "page")) == [
        ("P1.1", piece.pk, "3"),
        ("P1.3", piece.pk, "3"),
    ]
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert "P1.1" in (page := text(client, reverse("library_item", args=[piece.pk]))) and "P1.3" in page


def test_the_same_piece_twice_under_a_row_is_refused_kindly(client: Client, ask: Ask) -> None:
    piece = make_piece(ask.agency)
    post(client, "library_use", piece.pk, ask=ask.pk)
    assert post(client, "library_use", piece.pk, ask=ask.pk).status_code == 409
    assert EvidenceLink.objects.count() == 1


def test_the_same_bytes_under_another_name_are_the_same_piece_and_what_was_not_said_is_added(client: Client, ask: Ask) -> None:
    other = make_ask(ask.round, ask.agency, "P1.3")
    add = reverse("evidence_add", args=[ask.pk]), reverse("evidence_add", args=[other.pk])
    client.post(add[0], {"files": [pdf("ก.pdf")]})
    client.post(add[1], {"files": [pdf("ข.pdf")], "issued_on": "๑๑ มิ.ย. ๖๗", "letter": "ชม ๐๐๑๗/ว ๑๒"})
    piece = Evidence.objects.get()
    assert (piece.name, piece.issued_on, piece.letter) == ("ก.pdf", date(2024, 6, 11), "ชม ๐๐๑๗/ว ๑๒")


def test_the_same_bytes_with_another_day_are_a_piece_of_their_own_over_one_content(client: Client, ask: Ask) -> None:
    """One scan may hold two orders; the bytes lie in the store once."""
    other = make_ask(ask.round, ask.agency, "P1.3")
    client.post(reverse("evidence_add", args=[ask.pk]), {"files": [pdf()], "issued_on": "1/2/2567"})
    client.post(reverse("evidence_add", args=[other.pk]), {"files": [pdf()], "issued_on": "5/3/2567"})
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_what_stands_under_a_sent_row_is_not_told_more_by_another_row(client: Client) -> None:
    sent = make_answered()
    client.force_login(make_member(sent.agency))
    piece = make_piece(sent.agency, url="https://www.chiangmai.go.th/a")
    EvidenceLink.objects.create(ask=sent, evidence=piece, added_by=piece.added_by, added_at=AT)
    other = make_ask(sent.round, sent.agency, "P1.3")
    client.post(reverse("evidence_add", args=[other.pk]), {"url": piece.url, "issued_on": "1/2/2567"})
    piece.refresh_from_db()
    assert piece.issued_on is None
    assert Evidence.objects.count() == 2


# What is said of it


def test_days_letter_page_and_words_are_said_with_the_file_and_shown_in_the_buddhist_era(client: Client, ask: Ask) -> None:
    said = {"starts_on": "๑ ต.ค. ๖๖", "ends_on": "31/3/2567", "letter": "ชม 0017/123", "page": "๑๒", "quotation": "ร้อยละ 80"}
    told = client.post(
        reverse("evidence_add", args=[ask.pk]), {"files": [pdf()], **said}, headers={"Accept": "application/json"}
    )
    html = told.json()["html"]
    for words in ("ช่วง 1 ต.ค. 2566 ถึง 31 มี.ค. 2567", "เลขที่ ชม 0017/123", "หน้า ๑๒", "ร้อยละ 80", "อยู่ในช่วงเวลาที่ถาม"):
        assert words in html
    proof = standing_proof(ask)
    assert (proof.starts_on, proof.letter, proof.page, proof.quotation) == (date(2023, 10, 1), "ชม 0017/123", "๑๒", "ร้อยละ 80")


def standing_proof(ask: Ask) -> Any:
    """The evidence as the rules see it."""
    return proofs_of(ask.round)[ask.pk][0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"starts_on": "31/3/2567", "ends_on": "1/10/2566"}, "กลับด้าน"),
        ({"starts_on": "30 ก.พ. 2567"}, "วันเริ่มของช่วงเวลาไม่ถูกต้อง"),
        ({"letter": "ก" * 121}, "เลขที่หนังสือยาวเกิน 120"),
        ({"page": "ห" * 61}, "หน้ายาวเกิน 60"),
        ({"quotation": "ข" * 1001}, "ข้อความที่อ้างถึงยาวเกิน 1,000"),
        ({"letter": "ก\nข"}, "บรรทัดเดียว"),
        ({"quotation": "ก\x00ข"}, "มองไม่เห็น"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_is_kept(client: Client, ask: Ask, said: dict[str, str], words: str) -> None:
    told = client.post(
        reverse("evidence_add", args=[ask.pk]), {"files": [pdf()], **said}, headers={"Accept": "application/json"}
    )
    assert told.status_code == 422
    assert words in told.json()["th"]
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_it_is_changed_afterwards_on_its_own_page_and_the_journal_says_what(client: Client, ask: Ask) -> None:
    link = make_evidence(ask)
    page = post(client, "evidence_say", link.pk, issued_on="๑๑/๖/๖๖", slot="order", page="หน้า 4", quotation="ตามคำสั่ง")
    assert "อยู่นอกช่วงเวลาที่ถาม" in page.content.decode()
    link.refresh_from_db()
    assert (link.evidence.issued_on, link.slot, link.page) == (date(2023, 6, 11), "order", "หน้า 4")
    assert link.changed_by is not None
    written = AuditEvent.objects.get(event="evidence.described")
    assert written.details["issued_on"] == "- > 2023-06-11"
    assert AuditEvent.objects.filter(event="evidence.placed").count() == 1


def test_saying_the_same_again_writes_nothing(client: Client, ask: Ask) -> None:
    link = make_evidence(ask)
    for _ in range(2):
        post(client, "library_say", link.evidence_id, issued_on="1/2/2567")
    assert AuditEvent.objects.filter(event="evidence.described").count() == 1


def test_a_refusal_of_one_half_keeps_neither(client: Client, ask: Ask) -> None:
    link = make_evidence(ask)
    assert post(client, "evidence_say", link.pk, issued_on="1/2/2567", slot="nonsense").status_code == 422
    link.evidence.refresh_from_db()
    assert link.evidence.issued_on is None


@pytest.mark.parametrize("state", [AskState.SUBMITTED, AskState.ACCEPTED, AskState.WITH_HEAD])
def test_evidence_of_a_sent_row_stays_as_the_reviewer_saw_it(client: Client, state: str) -> None:
    sent = make_ask(state=state)
    client.force_login(make_member(sent.agency))
    link = make_evidence(sent)
    assert post(client, "library_say", link.evidence_id, issued_on="1/2/2567").status_code == 409
    assert post(client, "evidence_say", link.pk, page="9").status_code == 409
    link.refresh_from_db()
    assert (link.page, link.evidence.issued_on) == ("", None)
    page = text(client, reverse("library_item", args=[link.evidence_id]))
    assert "แก้วันที่ไม่ได้" in page
    assert reverse("library_say", args=[link.evidence_id]) not in page


def test_evidence_of_a_sent_row_stays_while_the_row_is_taken_away_for_it_comes_back_as_accepted(client: Client) -> None:
    sent = make_ask(state=AskState.ACCEPTED)
    client.force_login(make_member(sent.agency))
    link = make_evidence(sent)
    Ask.objects.update(withdrawn_at=AT, withdrawn_by=make_member(sent.agency))
    assert post(client, "library_say", link.evidence_id, issued_on="1/2/2567").status_code == 409
    Ask.objects.update(withdrawn_at=None, withdrawn_by=None)
    assert proofs_of(sent.round)[sent.pk][0].issued_on is None


def test_evidence_of_a_frozen_round_stays_as_it_was(client: Client, ask: Ask) -> None:
    link = make_evidence(ask)
    Round.objects.update(frozen_at=AT, frozen_by=make_member(ask.agency))
    assert post(client, "library_say", link.evidence_id, issued_on="1/2/2567").status_code == 409
    assert post(client, "evidence_newest", link.pk).status_code == 409


def test_a_row_that_came_back_and_whose_evidence_got_its_day_is_not_untouched(client: Client, ask: Ask) -> None:
    """The reason was "which day?"; saying it is the change that was asked for."""
    make_answer(ask)
    link = make_evidence(ask, slot="order")
    Ask.objects.filter(pk=ask.pk).update(state=AskState.RETURNED)
    make_review(ask, ReviewKind.RETURNED, reason="ขอวันที่ออกคำสั่ง")
    before = standing(round=ask.round, agency=ask.agency, today=date(2024, 6, 12))
    post(client, "library_say", link.evidence_id, issued_on="1/2/2567")
    after = standing(round=ask.round, agency=ask.agency, today=date(2024, 6, 12))
    assert ([row.returned is None for row in before], [row.returned is None for row in after]) == ([False], [True])


def test_a_link_may_be_given_a_name_and_a_file_keeps_its_own(client: Client, ask: Ask) -> None:
    link, file = make_piece(ask.agency, url="https://www.chiangmai.go.th/a"), make_piece(ask.agency, "แผน.pdf")
    post(client, "library_say", link.pk, name="ประกาศจังหวัด")
    post(client, "library_say", file.pk, name="โปรแกรม.exe")
    assert list(Evidence.objects.order_by("pk").values_list("name", flat=True)) == ["ประกาศจังหวัด", "แผน.pdf"]


# Versions


def add_version(client: Client, piece: Evidence, **data: Any) -> Any:
    return post(client, "library_version", piece.pk, once=data.pop("once", KEY), **data)


def test_a_new_version_leaves_the_rows_with_the_one_they_had_until_one_act(client: Client, ask: Ask) -> None:
    link = make_evidence(ask, slot="order")
    actions.describe_link(link=link, spot=Spot("order", "3", "คำ"), by=official(ask), at=AT)
    page = add_version(client, link.evidence, files=[pdf()], issued_on="1/2/2567").content.decode()
    assert "ฉบับที่ 2" in page
    assert EvidenceLink.objects.get().evidence_id == link.evidence_id
    assert "มีฉบับใหม่กว่า" in text(client, reverse("evidence", args=[link.pk]))
    post(client, "evidence_newest", link.pk)
    now = EvidenceLink.objects.get(removed_at=None)
    assert (now.evidence.version, now.slot, now.page, now.quotation) == (2, "order", "3", "คำ")
    assert [each.version for each in actions.versions_of(link.evidence)] == [1, 2]


def test_a_version_sent_twice_is_one(client: Client, ask: Ask) -> None:
    piece = make_piece(ask.agency)
    for _ in range(2):
        add_version(client, piece, files=[pdf()])
    assert Evidence.objects.count() == 2


def test_only_the_newest_can_be_replaced_and_never_by_what_it_is(client: Client, ask: Ask) -> None:
    piece = make_piece(ask.agency, url="https://a.go.th/1")
    add_version(client, piece, url="https://a.go.th/2")
    assert add_version(client, piece, url="https://a.go.th/3", once=KEY + "2").status_code == 409
    newest = Evidence.objects.get(version=2)
    for url in ("https://a.go.th/1", "https://a.go.th/2"):
        assert add_version(client, newest, url=url, once=KEY + url[-1] * 2).status_code == 409
    assert Evidence.objects.count() == 2


def test_what_was_shared_stays_shared_in_its_next_version(client: Client, ask: Ask) -> None:
    piece = make_piece(ask.agency)
    post(client, "library_share", piece.pk, shared="1")
    add_version(client, piece, files=[pdf()])
    assert Evidence.objects.get(version=2).shared_at is not None


# Who sees what


def test_shared_evidence_is_seen_and_used_by_the_agencies_of_the_body_and_by_nobody_else(client: Client, ask: Ask) -> None:
    neighbour = make_agency(ask.round.body)
    hidden, shared = make_piece(neighbour, "ลับเฉพาะ.pdf"), make_piece(neighbour, "ประกาศร่วม.pdf")
    abroad = make_piece(make_agency(make_body(name="จังหวัดลำพูน")), "ต่างจังหวัด.pdf")
    for piece in (shared, abroad):
        actions.share(evidence=piece, shared=True, by=piece.added_by, at=AT)
    page = text(client, reverse("library"))
    assert "ประกาศร่วม.pdf" in page
    assert "ลับเฉพาะ.pdf" not in page and "ต่างจังหวัด.pdf" not in page
    for piece, status in ((shared, 200), (hidden, 404), (abroad, 404)):
        assert client.get(reverse("library_item", args=[piece.pk])).status_code == status
        assert post(client, "library_use", piece.pk, ask=ask.pk).status_code == status
    assert "<dt>เจ้าของ</dt>" in text(client, reverse("evidence", args=[EvidenceLink.objects.get().pk]))


def test_what_is_used_by_others_stays_under_their_rows_when_sharing_ends(client: Client, ask: Ask) -> None:
    piece = make_piece(make_agency(ask.round.body))
    actions.share(evidence=piece, shared=True, by=piece.added_by, at=AT)
    post(client, "library_use", piece.pk, ask=ask.pk)
    actions.share(evidence=piece, shared=False, by=piece.added_by, at=AT)
    assert client.get(reverse("library_item", args=[piece.pk])).status_code == 404
    assert client.get(reverse("evidence", args=[EvidenceLink.objects.get().pk])).status_code == 200


def test_a_version_that_is_not_shared_reaches_nobody_by_way_of_an_older_one(client: Client, ask: Ask) -> None:
    """Shared, used by a neighbour, then sharing ended: what its agency adds afterwards is its own."""
    piece = make_piece(make_agency(ask.round.body), url="https://a.go.th/1")
    actions.share(evidence=piece, shared=True, by=piece.added_by, at=AT)
    post(client, "library_use", piece.pk, ask=ask.pk)
    link = EvidenceLink.objects.get()
    hidden = actions.replace(evidence=piece, url="https://a.go.th/withheld", about=About(), by=piece.added_by, at=AT)
    actions.share(evidence=hidden, shared=False, by=piece.added_by, at=AT)
    assert post(client, "evidence_newest", link.pk).status_code == 409
    assert EvidenceLink.objects.get().evidence == piece
    for address in (reverse("library_item", args=[piece.pk]), reverse("evidence", args=[link.pk])):
        page = text(client, address)
        assert "withheld" not in page and reverse("library_item", args=[hidden.pk]) not in page
    actions.share(evidence=hidden, shared=True, by=piece.added_by, at=AT)
    assert post(client, "evidence_newest", link.pk).status_code == 200
    assert EvidenceLink.objects.get(removed_at=None).evidence == hidden


def test_only_its_own_agency_and_the_coordinator_change_or_share_a_piece(client: Client, ask: Ask) -> None:
    piece = make_piece(make_agency(ask.round.body))
    actions.share(evidence=piece, shared=True, by=piece.added_by, at=AT)
    for name, data in (("library_share", {"shared": "0"}), ("library_say", {}), ("library_version", {"once": KEY})):
        assert post(client, name, piece.pk, **data).status_code == 404
    client.force_login(make_member(ask.round.body, "coordinator"))
    assert "เลิกให้หน่วยงานอื่นใช้แล้ว" in post(client, "library_share", piece.pk, shared="0").content.decode()
    assert [each.event for each in AuditEvent.objects.order_by("pk")] == ["evidence.shared", "evidence.unshared"]


def test_the_same_content_elsewhere_is_named_only_to_who_may_see_it(client: Client, ask: Ask) -> None:
    quiet, open_ = make_agency(ask.round.body, "สำนักงานเงียบ"), make_agency(ask.round.body, "สำนักงานเปิดเผย")
    mine = make_piece(ask.agency, sha256="b" * 64)
    make_piece(quiet, sha256="b" * 64)
    actions.share(evidence=make_piece(open_, sha256="b" * 64), shared=True, by=mine.added_by, at=AT)
    page = text(client, reverse("library_item", args=[mine.pk]))
    assert "สำนักงานเปิดเผย" in page and "หน่วยงานอื่นในจังหวัด 1 แห่ง" in page
    assert "สำนักงานเงียบ" not in page
    client.force_login(make_member(ask.round.body, "coordinator"))
    assert "สำนักงานเงียบ" in text(client, reverse("library_item", args=[mine.pk]))


def test_rows_of_other_agencies_are_not_told(client: Client, ask: Ask) -> None:
    piece, foreign = make_piece(ask.agency), make_ask(ask.round, make_agency(ask.round.body, "สำนักงานข้างเคียง"), "P1.4")
    actions.share(evidence=piece, shared=True, by=piece.added_by, at=AT)
    actions.use(ask=foreign, evidence=piece, spot=Spot(), by=official(foreign), at=AT)
    assert "สำนักงานข้างเคียง" not in text(client, reverse("library_item", args=[piece.pk]))


def test_rows_of_other_agencies_narrow_no_list(client: Client, ask: Ask) -> None:
    """Else the choice of a row would tell which rows a neighbour proves with what is shared."""
    neighbour = make_ask(ask.round, make_agency(ask.round.body, "สำนักงานข้างเคียง"), "P1.1")
    piece = make_piece(neighbour.agency, "ประกาศร่วม.pdf", issued_on=date(2024, 1, 15))
    actions.share(evidence=piece, shared=True, by=piece.added_by, at=AT)
    actions.use(ask=neighbour, evidence=piece, spot=Spot(), by=official(neighbour), at=AT)
    assert listed(client, code="P1.1") == listed(client, use="used") == listed(client, where="inside") == set()
    assert listed(client, use="unused") == {"ประกาศร่วม.pdf"}
    client.force_login(make_member(ask.round.body, "coordinator"))
    assert listed(client, code="P1.1") == listed(client, use="used") == listed(client, where="inside") == {"ประกาศร่วม.pdf"}


def test_a_piece_goes_under_no_row_of_another_body(client: Client) -> None:
    """Somebody who serves two provinces does not mix their libraries."""
    here, there = make_ask(), make_ask(make_round(make_body(name="จังหวัดลำพูน")))
    person = make_member(here.agency)
    for membership in make_member(there.agency).memberships.all():
        membership.person = person
        membership.save()
    client.force_login(person)
    assert post(client, "library_use", make_piece(here.agency).pk, ask=there.pk).status_code == 404
    assert EvidenceLink.objects.count() == 0


# The list


def listed(client: Client, **said: Any) -> set[str]:
    page = client.get(reverse("library"), said).context["page"]
    return {piece.name for piece in page.pieces}


def test_the_list_is_narrowed_by_row_window_use_kind_and_sharing(client: Client, ask: Ask) -> None:
    inside = make_evidence(ask, "ใน", issued_on=date(2024, 1, 15)).evidence
    Evidence.objects.filter(pk=inside.pk).update(url="https://a.go.th/1")
    make_evidence(make_ask(ask.round, ask.agency, "P1.3"), "ไม่มีช่วง", issued_on=date(2001, 1, 1))
    outside = make_piece(ask.agency, "นอก", issued_on=date(2020, 1, 1))
    actions.use(ask=ask, evidence=outside, spot=Spot(), by=official(ask), at=AT)
    loose = make_piece(ask.agency, "ลอย")
    actions.share(evidence=loose, shared=True, by=loose.added_by, at=AT)
    assert listed(client) == {"ใน", "ไม่มีช่วง", "นอก", "ลอย"}
    assert listed(client, code="P1.1") == {"ใน", "นอก"}
    assert listed(client, where="outside") == {"นอก"}
    assert listed(client, where="inside") == {"ใน"}
    assert listed(client, where="no_date") == {"ลอย"}
    assert listed(client, use="unused") == {"ลอย"}
    assert listed(client, use="shared") == {"ลอย"}
    assert listed(client, kind="link") == {"ใน", "ไม่มีช่วง"}
    assert listed(client, kind="pdf", use="used") == {"นอก"}
    assert listed(client, code="P1.1", where="partly") == set()


@pytest.mark.parametrize("said", ["-1", "x", "9" * 30, "\0", "๓", "'; DROP TABLE"])
def test_what_cannot_be_understood_narrows_nothing_and_breaks_nothing(client: Client, ask: Ask, said: str) -> None:
    make_piece(ask.agency, "ก")
    for name in ("where", "use", "kind", "page"):
        assert listed(client, **{name: said}) == {"ก"}
    assert client.get(reverse("library"), {"ask": said}).status_code == 404
    assert client.get(reverse("library"), {"agency": said, "code": said}).status_code == 200


def test_choosing_for_a_row_offers_the_newest_versions_of_the_same_body(client: Client, ask: Ask) -> None:
    old = make_piece(ask.agency, "ฉบับหนึ่ง", url="https://a.go.th/1")
    actions.replace(evidence=old, url="https://a.go.th/2", about=About(), by=official(ask), at=AT)
    assert listed(client, ask=ask.pk) == {"https://a.go.th/2"}
    assert f"ใช้ในข้อ {ask.code}" in text(client, reverse("library") + f"?ask={ask.pk}")


def test_choosing_for_a_row_tells_the_window_and_the_expectations_and_leaves_out_what_stands_there(
    client: Client, ask: Ask
) -> None:
    make_piece(ask.agency, "เก่า", issued_on=date(2020, 1, 1))
    there = make_piece(ask.agency, "อยู่แล้ว")
    actions.use(ask=ask, evidence=there, spot=Spot(), by=official(ask), at=AT)
    assert listed(client, ask=ask.pk) == {"เก่า"}
    page = text(client, reverse("library") + f"?ask={ask.pk}")
    assert "อยู่นอกช่วงเวลาที่ถาม จึงไม่นับ" in page and "คำสั่งแต่งตั้งคณะทำงาน" in page


def test_a_full_library_costs_as_many_queries_as_a_small_one_and_goes_over_pages(client: Client, ask: Ask) -> None:
    counted = []
    for wanted in (3, 120):
        for number in range(Evidence.objects.count(), wanted):
            piece = make_piece(ask.agency, f"หลักฐานชิ้นที่ {number:03}")
            if number % 2:
                actions.use(ask=ask, evidence=piece, spot=Spot(), by=official(ask), at=AT)
        client.get(reverse("library"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("library")).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 14
    assert len(listed(client, page=3)) == 20
    assert "หน้าถัดไป" in text(client, reverse("library") + "?page=2")


def test_an_empty_library_teaches(client: Client, ask: Ask) -> None:
    assert "คลังยังว่าง" in text(client, reverse("library"))


def test_already_attached_is_refused_by_the_action_too(ask: Ask) -> None:
    piece = make_piece(ask.agency)
    actions.use(ask=ask, evidence=piece, spot=Spot(), by=official(ask), at=AT)
    with pytest.raises(AlreadyAttached):
        actions.use(ask=ask, evidence=piece, spot=Spot(), by=official(ask), at=AT)
