"""What a draft lacks, where a letter stands, what follows what, how it begins and ends: the cases are in Thai."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.readiness import NotReady, lacks_of
from phrom.letters.actions.recall_requests import dispute_number
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.sending import Dispatch, record_dispatch, record_outcome
from phrom.letters.actions.statuses import Said
from phrom.letters.forms.letters import as_typed
from phrom.letters.incoming_words import where_is
from phrom.letters.models import (
    Attachment,
    DirectoryEntry,
    Incoming,
    Letter,
    LetterKind,
    Office,
    Peer,
    Recipient,
    RecipientState,
    RegisterEntry,
    Via,
)
from phrom.letters.papers.letter import letter_document
from phrom.letters.phrases import PHRASES, phrase_of
from phrom.shared.documents.content import Field, Signature
from phrom.shared.thai.dates import parse_date
from phrom.shared.ui.refusals import Refusal
from tests.factories.letters import AT, make_clerk, make_draft, make_recipient
from tests.letters.test_out_pages import signed_in, typed
from tests.letters.unchanged import nothing_changes

TODAY = AT.date()
WHY = "พิมพ์วันประชุมผิด"


def cases(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / f"cases/{name}.yaml").read_text(encoding="utf-8"))


# what a draft lacks


def recipients_of(case: dict[str, Any]) -> Iterator[Recipient]:
    for to in case.get("ผู้รับ", [{"ชื่อ": "นายอำเภอแม่ริม"}]):
        entry = None
        if to.get("ทาง") == Via.PEER:
            begins, ends = parse_date(to.get("ตั้งแต่", "1 ม.ค. 2567")), to.get("ถึง")
            peer = Peer(name="ระบบของลำพูน", takes_secrets=to.get("รับลับ", False))
            entry = DirectoryEntry(name=to["ชื่อ"], peer=peer, starts_on=begins, ends_on=parse_date(ends) if ends else None)
        yield Recipient(name=to["ชื่อ"], via=to.get("ทาง", Via.HAND), entry=entry)


@pytest.mark.parametrize("case", cases("readiness"), ids=lambda case: case["กรณี"])
def test_what_a_draft_lacks(case: dict[str, Any]) -> None:
    letter = Letter(
        office=Office(letter_code=case.get("รหัส", "ชม 0017.2")),
        kind=case["แบบ"],
        subject=case.get("เรื่อง", "ขอเชิญประชุม"),
        text=case.get("ข้อความ", "ด้วยจังหวัดจะประชุม"),
        addressed_to=case.get("เรียน", "นายอำเภอแม่ริม"),
        signer_name=case.get("ผู้ลงนาม", "นายนิรัตน์"),
        secrecy=case.get("ลับ", "001"),
        is_circular=case.get("เวียน", False),
    )
    files = [Attachment(described="บัญชีรายชื่อ จำนวน 1 ฉบับ", name=case["แนบ"])] if "แนบ" in case else []
    lacks = lacks_of(letter, list(recipients_of(case)), files, TODAY)
    assert [lack.th for lack in lacks] == case.get("ขาด", [])
    if lacks:
        refusal = NotReady(lacks)
        assert all(lack.th in refusal.th and lack.en in refusal.en for lack in lacks)
        assert (refusal.where, "ยังไม่มีเลขใดถูกใช้" in refusal.th) == (lacks[0].where, True)


def test_every_form_has_a_case_that_is_complete_and_one_that_is_empty() -> None:
    complete = {case["แบบ"] for case in cases("readiness") if "ขาด" not in case}
    empty = {case["แบบ"] for case in cases("readiness") if case.get("ข้อความ") in ("", " ") and "ขาด" in case}
    assert complete == empty == set(LetterKind.values)


# which act leads where

ACTS: dict[str, Callable[[dict[str, Any], Recipient], object]] = {
    "เรียกคืน": lambda who, to: recall(recipient=to, because=WHY, **who),
    "ส่งใหม่": lambda who, to: resend(recipient=to, **who),
    "บันทึกการส่ง": lambda who, to: record_dispatch(recipient=to, dispatch=Dispatch(TODAY, "ไปรษณีย์"), **who),
    "บันทึกเลขรับของปลายทาง": lambda who, to: record_outcome(
        recipient=to, outcome="accepted", said=Said(accept_number="456"), **who
    ),
    "บันทึกว่าปลายทางส่งคืน": lambda who, to: record_outcome(recipient=to, outcome="rejected", said=Said(reason=WHY), **who),
    "แจ้งว่าเลขรับผิด": lambda who, to: dispute_number(recipient=to, because=WHY, **who),
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", RecipientState, ids=lambda state: state.label)
@pytest.mark.parametrize("act", ACTS)
def test_where_an_act_leads(act: str, state: RecipientState) -> None:
    leads = cases("acts")[act].get(state.label)
    letter = make_draft()
    make_recipient(letter)
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    Recipient.objects.filter(letter=letter).update(state=state)
    recipient, who = Recipient.objects.get(letter=letter), {"by": letter.drafted_by, "at": AT}
    if leads is None:
        with nothing_changes(), pytest.raises(Refusal, match=state.label):
            ACTS[act](who, recipient)
    else:
        ACTS[act](who, recipient)
        recipient.refresh_from_db()
        assert recipient.get_state_display() == leads


def test_the_cases_name_only_acts_and_states_that_there_are() -> None:
    labels, known = {state.label for state in RecipientState}, cases("acts")
    assert set(known) == set(ACTS)
    assert all({*steps, *steps.values()} <= labels for steps in known.values())


# where a letter that came stands


@pytest.mark.parametrize("case", cases("standing"), ids=lambda case: case["กรณี"])
def test_where_a_letter_that_came_stands(case: dict[str, Any]) -> None:
    def when(word: str) -> Any:
        return AT if word in case else None

    incoming = Incoming(
        entry=RegisterEntry(pk=1) if "ลงรับ" in case else None,
        accepted_at=when("ลงรับ"),
        assigned_to_id=7 if "มอบหมาย" in case else None,
        due_on=parse_date(case["กำหนด"]) if "กำหนด" in case else None,
        closed_at=when("ปิด"),
        refused_at=when("คืนเพราะ"),
        refused_as=case.get("คืนเพราะ", ""),
        recalled_at=when("เรียกคืน"),
        recall_asked_at=when("ขอคืน"),
        recall_decided_at=when("ตัดสินแล้ว"),
        disputed_at=when("เลขผิด"),
    )
    assert where_is(incoming, TODAY).word == case["คือ"]


# how a letter begins and ends


def as_edited(letter: Letter, case: dict[str, Any]) -> dict[str, Any]:
    own = {"opening": case["ขึ้นต้น"], "closing": case["ลงท้าย"]} if case["คู่"] == "own" else {}
    return typed(letter, addressed_to=case["ถึง"], phrase=case["คู่"], **own)


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases("phrases"), ids=lambda case: case["ถึง"])
def test_how_a_letter_begins_and_ends(case: dict[str, Any]) -> None:
    letter = make_draft()
    client: Client = signed_in(letter.drafted_by)
    assert client.post(f"/letters/out/{letter.pk}/edit/", as_edited(letter, case)).status_code == 302
    letter.refresh_from_db()
    assert (letter.opening, letter.closing) == (case["ขึ้นต้น"], case["ลงท้าย"])
    assert as_typed(letter)["phrase"] == phrase_of(case["ขึ้นต้น"], case["ลงท้าย"]) == case["คู่"]
    blocks = letter_document(letter, number_text="ชม 1/1", dated=TODAY).blocks
    assert Field(case["ขึ้นต้น"], (case["ถึง"],)) in blocks
    assert [block.closing for block in blocks if isinstance(block, Signature)] == [case["ลงท้าย"]]


def test_every_pair_of_words_has_its_case() -> None:
    assert {case["คู่"] for case in cases("phrases")} == {one.key for one in PHRASES} | {"own"}


@pytest.mark.django_db
def test_whoever_acts_for_another_is_read_back_as_typed() -> None:
    letter = make_draft()
    client = signed_in(make_clerk(letter.office))
    acting = {"acting_how": "รักษาราชการแทน", "acting_whom": "ผู้ว่าราชการจังหวัดเชียงใหม่"}
    client.post(f"/letters/out/{letter.pk}/edit/", typed(letter, **acting))
    letter.refresh_from_db()
    assert letter.acting_for == "รักษาราชการแทน ผู้ว่าราชการจังหวัดเชียงใหม่"
    assert {name: as_typed(letter)[name] for name in acting} == acting
    refused = client.post(f"/letters/out/{letter.pk}/edit/", typed(letter, acting_how="ทำการแทน", text="ยังอยู่"))
    assert refused.status_code == 422 and "ยังอยู่" in refused.content.decode()
