"""A letter that answers one that came: the draft with its reference, and what its issue settles on both sides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.drafting import Drafted, Refers, To, draft_letter
from phrom.letters.actions.incoming_standing import add_step, hold_incoming, refuse_unless_open, root_of
from phrom.letters.actions.transports import TABLE, Notice
from phrom.letters.followers import News, tell
from phrom.letters.models import DirectoryEntry, Incoming, Letter, LetterKind, Recipient, Secrecy, StepKind, Via
from phrom.letters.telling import tell_letter
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date


@transaction.atomic
def start_answer(*, incoming: Incoming, by: Person, at: datetime) -> Letter:
    """A draft that answers it: reference, addressee, urgency and secrecy filled in. The draft begun before is returned again.

    Refuses what is not open.
    """
    held = hold_incoming(incoming)
    refuse_unless_open(held)
    drafts = held.answers.filter(office=held.office, issued_at=None, voided_at=None)
    # An answer to an open letter that its drafter made secret is not there for the others, and nobody is led to it.
    begun = drafts.first() if held.is_secret else drafts.filter(secrecy=Secrecy.NORMAL).first()
    if begun is not None:
        return begun
    drafted = Drafted(
        kind=LetterKind.MEMO if _is_inside(held) else LetterKind.EXTERNAL,
        subject=held.subject,
        addressed_to=held.from_name,
        recipients=(_sender(held, at),),
        references=(Refers(reference_line(held)[:500], incoming=held),),
        speed=held.speed,
        secrecy=held.secrecy,
        answer_to=held,
    )
    return draft_letter(office=held.office, drafted=drafted, by=by, at=at)


def hold_answered(letter: Letter) -> None:
    """Hold what the letter answers before its number is taken: rows that `answered` will write, in the order of all acts."""
    incoming = letter.answer_to
    while incoming is not None:
        incoming = hold_incoming(incoming).passed_from


@transaction.atomic(savepoint=False)
def answered(*, letter: Letter, by: Person, at: datetime) -> None:
    """The letter was issued: close what it answers, also at the offices that passed it on, and tell the sender.

    A secret letter that answers an open one closes it without its number or a word of what it is about.
    """
    incoming = letter.answer_to
    if incoming is None or letter.entry is None:
        return
    root, hidden = root_of(incoming), letter.is_secret and not incoming.is_secret
    number = "" if hidden else letter.entry.number_text
    while incoming is not None:
        incoming = _settle(incoming, number, by, at).passed_from
    if root.recipient is not None:
        words = ("", None) if hidden else (letter.subject, letter)
        mark_answered(recipient=root.recipient, number=number, by=by, at=at, words=words[0], answer=words[1])
    else:
        notice = Notice(None, by_name=by.name, number=number, dated=None if hidden else letter.dated, answered=True)
        TABLE[root.via].tell_back(root, notice, at)


@transaction.atomic
def mark_answered(
    *,
    recipient: Recipient,
    number: str,
    at: datetime,
    by: Person | None = None,
    words: str = "",
    answer: Letter | None = None,
) -> Recipient:
    """Keep at the sender that this recipient answered, under which number; whoever follows the letter hears of it.

    The same number again changes nothing; a later answer with another number takes the place of the first.
    """
    held = Recipient.objects.select_for_update(of=("self",)).select_related("letter__office__agency__body").get(pk=recipient.pk)
    if held.answered_at is not None and held.answer_number == number:
        return held
    held.answered_at, held.answer_number = at, number
    held.save(update_fields=["answered_at", "answer_number"])
    tell_letter("letter.answered", held.letter, by=by, at=at, details={"to": held.name, "their_number": number})
    tell(News(held, "answered", at, by, words, answer))
    return held


def reference_line(incoming: Incoming) -> str:
    """The line of อ้างถึง: "หนังสือ<ผู้ส่ง> ที่ ชม 0017/ว 12 ลงวันที่ 4 มิถุนายน 2567", without what is not known."""
    parts = [f"หนังสือ{incoming.from_name}"]
    if incoming.their_number:
        parts.append(f"ที่ {incoming.their_number}")
    if incoming.their_date:
        parts.append(f"ลงวันที่ {thai_date(incoming.their_date, 'long')}")
    return " ".join(parts)


def _settle(incoming: Incoming, number: str, by: Person, at: datetime) -> Incoming:
    held = hold_incoming(incoming)
    told = f"ตอบแล้วตามหนังสือที่ {number}" if number else "ตอบแล้ว"
    if held.closed_at is None:
        held.closed_by, held.closed_at, held.closed_because = by, at, told
        held.save(update_fields=["closed_by", "closed_at", "closed_because"])
    add_step(held, StepKind.ANSWERED, by=by, at=at, text=told, details={"number": number})
    return held


def _is_inside(held: Incoming) -> bool:
    """Both offices are of one province: then the form is the memo (หนังสือภายใน)."""
    return held.from_office is not None and held.from_office.agency.own_body_id == held.office.agency.own_body_id


def _sender(held: Incoming, at: datetime) -> To:
    if held.from_office is not None:
        return To(office=held.from_office)
    root = root_of(held)
    if root.via == Via.PEER:
        entries = DirectoryEntry.objects.in_force(local_date(at)).filter(peer__arrivals__incoming=root)
        entry = entries.filter(name=held.from_name).first()
        if entry is not None:
            return To(entry=entry)
    return To(name=held.from_name, via=Via.HAND)
