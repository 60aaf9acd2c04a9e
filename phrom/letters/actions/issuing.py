"""Issuing: number, content, hash, register, sending and journal in one transaction. All of it happens, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from phrom.agencies.models import Person
from phrom.letters.actions.answering import answered, hold_answered
from phrom.letters.actions.finding import keep_letter_findable
from phrom.letters.actions.numbering import Columns, seal, take_number, use_reserved, void_entry
from phrom.letters.actions.printing import make_pdf
from phrom.letters.actions.readiness import Lack, NotReady, lacks_of
from phrom.letters.actions.recalling import ask_back
from phrom.letters.actions.standing import LetterStands, hold, refuse_unless_draft, with_reason
from phrom.letters.actions.statuses import mark_all
from phrom.letters.actions.transports import TABLE
from phrom.letters.models import EntryState, Letter, Recipient, RecipientState, RegisterEntry
from phrom.letters.numbers import book_of
from phrom.letters.papers.letter import letter_document
from phrom.letters.papers.rendering import LetterDestroyed
from phrom.letters.telling import hold_journals, tell_letter
from phrom.shared.documents.canonical import sha256_of_json, to_json
from phrom.shared.thai.clock import local_date


@transaction.atomic
def issue_letter(
    *, letter: Letter, by: Person, at: datetime, entry: RegisterEntry | None = None, version: int | None = None
) -> Letter:
    """Give the letter its number and send it; `entry` is a reserved number of its own book, to be used instead of the next one.

    `version` is the one that was read. Refuses NotReady with everything that is missing, LetterStands for what has its number,
    was given up, or was changed since it was read.
    """
    held = hold(letter)
    refuse_unless_draft(held)
    if version is not None and held.version != version:
        raise LetterStands(
            "ร่างหนังสือถูกแก้ไขหลังจากที่ท่านเปิดอ่าน ยังไม่ได้ออกเลข กรุณาเปิดอ่านฉบับล่าสุดก่อน",
            "The draft was changed after you opened it. No number was used. Please read the newest text first.",
        )
    going = hold_recipients(held)
    prefetch_related_objects([held], "attachments__file", "references")  # for the paper, the search, and each recipient
    _refuse_unless_ready(held, going, at, entry)
    hold_answered(held)
    _number(held, going, by, at, entry)
    hold_journals([held.office, *(one.office for one in going)], secret=held.is_secret)
    keep_letter_findable(held)
    told = {"number": held.entry.number_text if held.entry else "", "sha256": held.sha256, "recipients": len(going)}
    tell_letter("letter.issued", held, by=by, at=at, details=told)
    if going:
        mark_all(letter=held, recipients=going, state=RecipientState.QUEUED, at=at, by=by)
    for recipient in going:
        TABLE[recipient.via].send(recipient, at)
    answered(letter=held, by=by, at=at)
    make_pdf.enqueue(held.pk)
    return held


@transaction.atomic
def void_letter(*, letter: Letter, because: str, by: Person, at: datetime) -> Letter:
    """Cancel an issued letter: its number stays in the register with the reason, and every recipient is asked for it back.

    Refuses no reason, a draft, what is void already, and LetterDestroyed.
    """
    because = with_reason(because)
    held = hold(letter)
    if held.entry is None or held.voided_at is not None:
        raise LetterStands(
            "หนังสือนี้ยังไม่ออกเลขหรือยกเลิกไปแล้ว ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            "This letter has no number yet or is void already. Nothing was changed. Please reload.",
        )
    if held.entry.destroyed_at is not None:
        raise LetterDestroyed
    going = hold_recipients(held)
    held.voided_by, held.voided_at, held.voided_because = by, at, because
    held.save(update_fields=["voided_by", "voided_at", "voided_because"])
    void_entry(entry=held.entry, because=because, by=by, at=at)
    tell_letter("letter.voided", held, by=by, at=at, details={"number": held.entry.number_text, "because": because})
    for recipient in going:
        ask_back(recipient, because, by, at)
    return held


def hold_recipients(held: Letter) -> list[Recipient]:
    """The recipients of a held letter, locked, each knowing the letter as it is held."""
    rows = held.recipients.select_for_update(of=("self",)).select_related("office__agency__body", "entry__peer")
    going = list(rows)
    for recipient in going:
        recipient.letter = held
    return going


def _refuse_unless_ready(held: Letter, going: Sequence[Recipient], at: datetime, entry: RegisterEntry | None) -> None:
    lacks = lacks_of(held, going, list(held.attachments.all()), local_date(at))
    if held.office.head_approves and held.approved_at is None:
        lacks.append(Lack("", "หัวหน้าหน่วยงานยังไม่เห็นชอบ", "not approved by the head"))
    if entry is not None and not _fits(held, entry):
        lacks.append(Lack("entry", f"เลขที่จองไว้ {entry.number_text} ใช้กับหนังสือนี้ไม่ได้", "the reserved number does not fit"))
    if lacks:
        raise NotReady(lacks)


def _fits(held: Letter, entry: RegisterEntry) -> bool:
    book = book_of(held.kind, held.is_circular, held.secrecy, held.office)
    mine = entry.register.office_id == held.office_id and entry.register.book == book
    return mine and entry.state == EntryState.RESERVED


def _number(held: Letter, going: Sequence[Recipient], by: Person, at: datetime, entry: RegisterEntry | None) -> None:
    """The number, then the document that carries it, then its hash in the register: the letter never changes after this."""
    columns = Columns(
        subject=held.subject,
        from_name=held.office.agency.name,
        to_name=_to_whom(held, going),
        their_number=held.answer_to.their_number if held.answer_to else "",
    )
    if entry is None:
        book = book_of(held.kind, held.is_circular, held.secrecy, held.office)
        taken = take_number(office=held.office, book=book, columns=columns, by=by, at=at, circular=held.is_circular)
    else:
        taken = use_reserved(entry=entry, columns=columns, by=by, at=at, circular=held.is_circular)
    held.entry, held.dated, held.issued_by, held.issued_at = taken, taken.dated, by, at
    held.content = to_json(letter_document(held, number_text=taken.number_text, dated=taken.dated))
    held.sha256 = sha256_of_json(held.content)
    held.save(update_fields=["entry", "dated", "issued_by", "issued_at", "content", "sha256"])
    seal(entry=taken, sha256=held.sha256, by=by, at=at)


def _to_whom(held: Letter, going: Sequence[Recipient]) -> str:
    if held.addressed_to:
        return held.addressed_to
    names = [recipient.name for recipient in going]
    return names[0] + (f" และอีก {len(names) - 1} แห่ง" if len(names) > 1 else "") if names else ""
