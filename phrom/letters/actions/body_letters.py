"""A letter that a body's own work makes: to its offices, its local governments, offices elsewhere; ready to be read and issued.

The rooms above say the words; the form, who is addressed and who signs follow from the offices (ข้อ 11, 12 and 20).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Agency, AgencyKind, Membership, Person, Post
from phrom.letters.actions.drafting import Drafted, Refers, To, draft_letter
from phrom.letters.actions.offices import issuing_office, office_of
from phrom.letters.models import DirectoryEntry, Letter, LetterKind
from phrom.shared.thai.clock import local_date


@dataclass(frozen=True)
class Words:
    """What a room above wants written. `sent_for` is its own word for what the letter is about.

    `addressed_to` is for a memo to somebody of the house, who gets it without its being sent.
    """

    subject: str
    text: str
    sent_for: str
    answer_by: date | None = None
    refers_to: str = ""
    addressed_to: str = ""


@transaction.atomic
def draft_for_body(
    *, body: Agency, words: Words, agencies: Sequence[Agency], entries: Sequence[DirectoryEntry] = (), by: Person, at: datetime
) -> Letter:
    """A draft of the office that writes the body's letters; a circular (ว) when there are several recipients."""
    office = issuing_office(body)
    recipients = (*(To(office=office_of(agency)) for agency in agencies), *(To(entry=entry) for entry in entries))
    outside = bool(entries) or any(_is_outside(agency, body) for agency in agencies)
    name, position = _head(office.agency, local_date(at))
    drafted = Drafted(
        kind=LetterKind.EXTERNAL if outside else LetterKind.MEMO,
        subject=words.subject[:500],
        text=words.text,
        addressed_to=(words.addressed_to or _addressed(agencies, entries))[:300],
        recipients=recipients,
        references=(Refers(words.refers_to[:500]),) if words.refers_to else (),
        is_circular=len(recipients) > 1,
        answer_by=words.answer_by,
        sent_for=words.sent_for,
        signer_name=name,
        signer_position=position,
    )
    return draft_letter(office=office, drafted=drafted, by=by, at=at)


def _is_outside(agency: Agency, body: Agency) -> bool:
    """A memo goes to offices of the province; local governments, and everybody else, get a letter."""
    return agency.own_body_id != body.pk or agency.kind == AgencyKind.LOCAL_GOVERNMENT


def _addressed(agencies: Sequence[Agency], entries: Sequence[DirectoryEntry]) -> str:
    """ "หัวหน้าส่วนราชการและผู้บริหารองค์กรปกครองส่วนท้องถิ่น", or the head of the one office."""
    if len(agencies) + len(entries) == 1:
        name = agencies[0].name if agencies else entries[0].name
        is_local = bool(agencies) and agencies[0].kind == AgencyKind.LOCAL_GOVERNMENT
        return f"{'ผู้บริหาร' if is_local else 'หัวหน้า'}{name}"
    local = any(agency.kind == AgencyKind.LOCAL_GOVERNMENT for agency in agencies)
    others = bool(entries) or any(agency.kind != AgencyKind.LOCAL_GOVERNMENT for agency in agencies)
    parts = [*(["หัวหน้าส่วนราชการ"] if others else []), *(["ผู้บริหารองค์กรปกครองส่วนท้องถิ่น"] if local else [])]
    return "และ".join(parts)


def _head(agency: Agency, on: date) -> tuple[str, str]:
    """Name and position of the office's head, for the signature; empty where nobody is recorded."""
    held = Membership.objects.in_force(on).filter(agency=agency, role="head", person__is_active=True)
    head = held.select_related("person", "post").order_by("-starts_on", "pk").first()
    post = head.post if head and head.post else Post.objects.filter(agency=agency, is_head=True).first()
    return (head.person.name if head else ""), (post.title if post else "")
