"""บัญชีหนังสือขอทำลาย: ทุกขั้นตามลำดับ ข้ามขั้นไม่ได้ ทำลายแล้วอ่านไม่ได้ที่ใดเลย แต่ทะเบียนยังครบและตรวจได้."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from phrom.agencies.models import Membership, Person
from phrom.config.verifying import verify_all
from phrom.letters.actions import destruction as acts
from phrom.letters.actions.carrying_out import carry_out
from phrom.letters.actions.destruction import Decided, DestructionRefused, Member, StepStands
from phrom.letters.actions.finding import keep_incoming_findable, keep_letter_findable
from phrom.letters.models import (
    Decision,
    DestructionItem,
    DestructionList,
    Incoming,
    IncomingFile,
    Letter,
    ListStep,
    Office,
    RegisterEntry,
    RegisterLine,
    Secrecy,
)
from phrom.letters.papers.destruction import destruction_document
from phrom.letters.proof import verify_registers
from phrom.letters.retention import due_entries
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_member
from tests.factories.destruction import AFTER, YEAR, make_bytes, make_list, make_old_incoming, make_old_letter
from tests.factories.letters import make_clerk, make_office

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
CANARY = "นกขมิ้นเหลืองอ่อน"
THREE = [Member("นางสาวคำแก้ว ใจดี", "หัวหน้าฝ่าย"), Member("นายบุญมี มีสุข"), Member("นายคำปัน แสนดี")]
LATER = AFTER + timedelta(days=70)


def to(step: ListStep, listed: DestructionList, by: Person) -> DestructionList:
    """Bring a list to where it waits for this step."""
    for each, take in TAKEN.items():
        if each == step:
            break
        take(listed, by)
    return DestructionList.objects.get(pk=listed.pk)


def decide_all(listed: DestructionList, by: Person) -> None:
    """The committee says of all: destroy; its opinion goes to the head."""
    acts.decide_rest(listed=listed, by=by, at=AFTER)
    acts.report(listed=listed, by=by, at=AFTER)


TAKEN: dict[ListStep, Callable[[DestructionList, Person], Any]] = {
    ListStep.NAME: lambda each, by: acts.name_committee(listed=each, order_number="12/2568", members=THREE, by=by, at=AFTER),
    ListStep.DECIDE: decide_all,
    ListStep.APPROVE: lambda each, by: acts.approve(listed=each, by=by, at=AFTER),
    ListStep.SEND: lambda each, by: acts.send(listed=each, number="ชม 1/1", on=date(2025, 1, 10), by=by, at=AFTER),
    ListStep.ANSWER: lambda each, by: acts.answer(listed=each, number="วธ 2/2", by=by, at=AFTER),
    ListStep.CARRY_OUT: lambda each, by: carry_out(listed=each, by=by, at=LATER),
}


@pytest.fixture
def office() -> Office:
    """An office with a letter out and a letter in that are old enough."""
    made = make_office()
    make_old_letter(made, canary=CANARY)
    make_old_incoming(made, canary=CANARY)
    return made


def test_every_step_is_taken_in_order_and_told(office: Office) -> None:
    by = make_clerk(office)
    listed = make_list(office, by=by)
    seen = [listed.step]
    for take in TAKEN.values():
        take(listed, by)
        listed.refresh_from_db()
        seen.append(listed.step)
    assert seen == list(ListStep)
    told = AuditEvent.objects.filter(about=f"destruction:{listed.pk}").values_list("event", flat=True)
    assert [event.removeprefix("destruction.") for event in told] == [
        *("proposed", "committee_named", "rest_decided", "reported", "approved", "sent", "answered", "carried_out"),
    ]


@pytest.mark.parametrize("step", list(ListStep))
def test_at_every_step_only_that_step_can_be_taken(office: Office, step: ListStep) -> None:
    by = make_clerk(office)
    listed = to(step, make_list(office, by=by), by)
    assert listed.step == step
    for other, take in TAKEN.items():
        if other == step:
            continue
        with pytest.raises(StepStands) as refused, transaction.atomic():
            take(listed, by)
        assert str(step.label) in refused.value.th
        listed.refresh_from_db()
        assert listed.step == step


def test_the_database_itself_refuses_a_step_left_out(office: Office) -> None:
    by = make_clerk(office)
    listed = make_list(office, by=by)
    for name in ("reported", "approved", "sent", "answered", "carried_out"):
        with pytest.raises(IntegrityError), transaction.atomic():
            DestructionList.objects.filter(pk=listed.pk).update(**{f"{name}_by": by, f"{name}_at": AFTER})


def test_a_year_that_runs_or_has_its_list_or_has_nothing_due_gets_none(office: Office) -> None:
    by = make_clerk(office)
    with pytest.raises(DestructionRefused, match="ยังไม่สิ้นสุด"):
        make_list(office, by=by, year=2568)
    last_moment = datetime(2024, 12, 31, 16, 59, tzinfo=UTC)  # 23.59 in Thailand
    with pytest.raises(DestructionRefused, match="ยังไม่สิ้นสุด"):
        make_list(office, by=by, at=last_moment)
    with pytest.raises(DestructionRefused, match="ไม่มีหนังสือ"):
        make_list(office, by=by, year=2566)
    make_list(office, by=by, at=last_moment + timedelta(minutes=1))
    with pytest.raises(DestructionRefused, match="มีบัญชีแล้ว"):
        make_list(office, by=by)


@pytest.mark.parametrize("members", [THREE[:2], [THREE[0]] * 3, [*THREE[:2], Member(" ")], []])
def test_the_committee_is_a_chair_and_two_members_at_least(office: Office, members: list[Member]) -> None:
    by = make_clerk(office)
    with pytest.raises(DestructionRefused):
        acts.name_committee(listed=make_list(office, by=by), order_number="12/2568", members=members, by=by, at=AFTER)


def test_what_is_not_destroyed_needs_a_reason_and_what_is_kept_a_year(office: Office) -> None:
    by = make_clerk(office)
    item = to(ListStep.DECIDE, make_list(office, by=by), by).items.all()[0]
    wrong = [
        Decided(Decision.KEEP, "", 2570),
        Decided(Decision.KEEP, "คดียังไม่ถึงที่สุด"),
        Decided(Decision.KEEP, "คดียังไม่ถึงที่สุด", YEAR),
        Decided(Decision.GIVE, " "),
        Decided(Decision.DESTROY, "", 2570),
        Decided("burn"),
    ]
    for decided in wrong:
        with pytest.raises(DestructionRefused):
            acts.decide(item=item, decided=decided, by=by, at=AFTER)
    assert DestructionItem.objects.get(pk=item.pk).decision == ""
    with pytest.raises(DestructionRefused, match="ไม่ได้พิจารณา"):
        acts.report(listed=item.list, by=by, at=AFTER)


def test_what_is_kept_longer_comes_back_in_its_year_and_what_was_given_never(office: Office) -> None:
    by = make_clerk(office)
    listed = to(ListStep.DECIDE, make_list(office, by=by), by)
    kept, given = listed.items.all()
    acts.decide(item=kept, decided=Decided(Decision.KEEP, "คดียังไม่ถึงที่สุด", 2569), by=by, at=AFTER)
    acts.decide(item=given, decided=Decided(Decision.GIVE, "มีคุณค่าทางประวัติศาสตร์"), by=by, at=AFTER)
    for step in list(TAKEN)[1:]:
        TAKEN[step](listed, by)
    assert [list(due_entries(office, year, secret=False)) for year in (2568, 2569)] == [[], [kept.entry]]
    assert not RegisterEntry.objects.exclude(destroyed_at=None).exists()


def test_the_archives_may_claim_a_letter_until_they_have_answered(office: Office) -> None:
    by = make_clerk(office)
    listed = to(ListStep.ANSWER, make_list(office, by=by), by)
    claimed, other = listed.items.all()
    with pytest.raises(StepStands):
        acts.decide(item=claimed, decided=Decided(Decision.KEEP, "ขอเก็บไว้ก่อน", 2570), by=by, at=AFTER)
    acts.decide(item=claimed, decided=Decided(Decision.GIVE, "หอจดหมายเหตุแห่งชาติขอสงวน"), by=by, at=AFTER)
    with pytest.raises(DestructionRefused, match="มีเวลาตอบถึง"):
        acts.answer(listed=listed, number="", by=by, at=AFTER + timedelta(days=60))
    acts.answer(listed=listed, number="", by=by, at=AFTER + timedelta(days=61))
    assert carry_out(listed=listed, by=by, at=LATER) == 1
    assert list(RegisterEntry.objects.exclude(destroyed_at=None)) == [other.entry]


def everywhere() -> str:
    """All that the database and the store hold, as one text."""
    texts: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            texts.append(repr(cursor.fetchall()))
    files = [path for path in Path(settings.PHROM_FILES).rglob("*") if path.is_file()]
    return "".join([*texts, *(path.read_bytes().decode("utf-8", "replace") for path in files)])


def age_the_store() -> None:
    """Files that were just kept are left for the sweep; these were kept ten years ago."""
    for path in Path(settings.PHROM_FILES).rglob("*"):
        if path.is_file():
            os.utime(path, (1_400_000_000, 1_400_000_000))


@pytest.mark.django_db(transaction=True)
def test_after_destruction_no_word_is_left_anywhere_and_the_register_still_verifies(settings: Any, tmp_path: Path) -> None:
    settings.PHROM_FILES = str(tmp_path)
    office = make_office()
    letter, incoming = make_old_letter(office, canary=CANARY), make_old_incoming(office, canary=CANARY)
    Letter.objects.filter(pk=letter.pk).update(pdf=make_bytes(f"พิมพ์ {CANARY}"))
    keep_letter_findable(Letter.objects.get(pk=letter.pk))
    keep_incoming_findable(Incoming.objects.get(pk=incoming.pk))
    shared = make_old_incoming(office, at=AFTER - timedelta(days=400))
    also = make_bytes("ใช้ร่วมกัน")
    IncomingFile.objects.create(incoming=incoming, file=also, name="ร่วม.pdf")
    IncomingFile.objects.create(incoming=shared, file=also, name="ร่วม.pdf")
    by = make_clerk(office)
    listed = to(ListStep.CARRY_OUT, make_list(office, by=by), by)
    assert CANARY in everywhere()
    age_the_store()
    assert carry_out(listed=listed, by=by, at=LATER) == 2
    assert CANARY not in everywhere()
    stays = Letter.objects.select_related("entry").get(pk=letter.pk)
    assert (stays.subject, stays.sha256, stays.dated) == (letter.subject, letter.sha256, letter.dated)
    assert stays.entry and stays.entry.destroyed_at == LATER and stays.content is None
    assert StoredFile.objects.filter(pk=also.pk).exists()
    assert verify_registers().damages == ()
    assert RegisterLine.objects.filter(act="destroyed").count() == 2
    found = verify_all()
    assert (found.problems, found.checked["destroyed_letters"]) == ([], 2)


def test_verify_names_a_letter_that_was_emptied_or_filled_behind_the_program(office: Office) -> None:
    by = make_clerk(office)
    carry_out(listed=to(ListStep.CARRY_OUT, make_list(office, by=by), by), by=by, at=LATER)
    alive = make_old_letter(office, at=AFTER)
    Letter.objects.filter(pk=alive.pk).update(content=None)
    RegisterEntry.objects.filter(incoming__isnull=False).update(destroyed_at=None)
    Letter.objects.exclude(pk=alive.pk).update(content={"text": CANARY})
    kinds = [problem.kind for problem in verify_all().problems if problem.kind != "file"]
    assert kinds.count("destroyed_letter") == 2
    assert "register" in kinds


def test_secret_letters_are_listed_only_for_who_handles_them(client: Any) -> None:
    office = make_office()
    make_old_letter(office, secrecy=Secrecy.SECRET, retention="10", subject=CANARY)
    clerk = make_clerk(office)
    both = make_clerk(office)
    Membership.objects.create(person=both, agency=office.agency, role="secret_registrar", starts_on=date(2024, 1, 1))
    client.force_login(clerk, backend=BACKEND)
    lists = reverse("destruction_lists")
    wanted = {"office": office.pk, "year": YEAR, "secret": "1", "once": "k" * 24}
    assert client.get(lists).context["page"].proposals == ()
    assert client.post(reverse("destruction_propose"), wanted).status_code == 422
    listed = acts.propose(office=office, year=YEAR, is_secret=True, by=both, at=AFTER)
    assert client.get(reverse("destruction_list", args=[listed.pk])).status_code == 404
    assert client.get(reverse("destruction_paper", args=[listed.pk, "pdf"])).status_code == 404
    assert CANARY not in client.get(lists).content.decode()
    client.force_login(both, backend=BACKEND)
    assert CANARY in client.get(reverse("destruction_list", args=[listed.pk])).content.decode()
    assert not any(CANARY in repr(event.details) for event in AuditEvent.objects.all())


def test_the_pages_lead_from_the_proposal_to_the_end(client: Any, office: Office) -> None:
    clerk, head = make_clerk(office), make_member(office.agency, "head")
    client.force_login(clerk, backend=BACKEND)
    sent = {"office": office.pk, "year": YEAR, "secret": "0", "once": "a" * 24}
    address = client.post(reverse("destruction_propose"), sent)["Location"]
    assert client.post(reverse("destruction_propose"), sent)["Location"] == address
    listed = DestructionList.objects.get()
    names = {f"name_{place}": member.name for place, member in enumerate(THREE, 1)}

    def step(name: str, **given: str) -> int:
        return int(client.post(reverse("destruction_step", args=[listed.pk, name]), given).status_code)

    assert step("name", order_number="12/2568") == 422
    assert step("name", order_number="12/2568", **names) == 302
    item = listed.items.all()[0]
    decision = {"decision": "keep", "because": "คดียังไม่ถึงที่สุด"}
    at_item = reverse("destruction_item", args=[item.pk])
    assert client.post(at_item, decision).status_code == 422
    assert client.post(at_item, {**decision, "keep_until": "๒๕๗๐"}).status_code == 302
    assert (step("rest"), step("decide"), step("carry_out")) == (302, 302, 409)
    assert client.post(reverse("destruction_approve", args=[listed.pk])).status_code == 404
    client.force_login(head, backend=BACKEND)
    assert "อนุมัติบัญชี" in client.get(address).content.decode()
    assert client.post(reverse("destruction_approve", args=[listed.pk])).status_code == 302
    client.force_login(clerk, backend=BACKEND)
    assert step("send", number="ชม 1/1", on="ไม่ใช่วัน") == 422
    assert client.get(address).status_code == 200
    assert client.get(reverse("destruction_paper", args=[listed.pk, "docx"])).status_code == 200


def test_the_head_without_an_account_is_recorded_with_document_and_name(office: Office) -> None:
    by = make_clerk(office)
    listed = to(ListStep.APPROVE, make_list(office, by=by), by)
    with pytest.raises(DestructionRefused):
        acts.approve(listed=listed, document="บันทึก 5/2568", by=by, at=AFTER)
    held = acts.approve(listed=listed, document="บันทึก 5/2568", name="นายศักดิ์ชัย คำแสน", by=by, at=AFTER)
    assert (held.approved_document, held.approved_name, held.step) == ("บันทึก 5/2568", "นายศักดิ์ชัย คำแสน", ListStep.SEND)


def test_the_paper_carries_every_item_its_decision_and_the_committee(office: Office) -> None:
    by = make_clerk(office)
    listed = to(ListStep.APPROVE, make_list(office, by=by), by)
    document = destruction_document(listed, list(listed.items.all()), list(listed.members.all()))
    table = document.blocks[0]
    assert [row[5] for row in table.rows] == [item.entry.subject for item in listed.items.all()]  # type: ignore[union-attr]
    assert {row[6] for row in table.rows} == {"ทำลาย"}  # type: ignore[union-attr]
    assert [block.name for block in document.blocks[2:]] == [member.name for member in THREE]  # type: ignore[union-attr]
