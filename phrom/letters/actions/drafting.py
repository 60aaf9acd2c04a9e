"""Writing a letter: a draft and its changes. Whoever saves upon an older version is shown both texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.finding import keep_letter_findable
from phrom.letters.actions.standing import hold, refuse_unless_draft, with_reason
from phrom.letters.models import (
    Attachment,
    DirectoryEntry,
    Incoming,
    Letter,
    Office,
    Recipient,
    Reference,
    Secrecy,
    Speed,
    Via,
)
from phrom.letters.telling import tell_letter
from phrom.shared.files.models import StoredFile
from phrom.shared.ui.refusals import Refusal


@dataclass(frozen=True)
class To:
    """An addressee: one of our offices, one at a peer, or a name alone. Without `via` the way follows from which it is."""

    name: str = ""
    office: Office | None = None
    entry: DirectoryEntry | None = None
    via: str = ""
    address: str = ""

    @property
    def way(self) -> str:
        """By which way it goes."""
        if self.via:
            return self.via
        if self.office is not None:
            return Via.HERE
        return Via.PEER if self.entry is not None else Via.HAND

    @property
    def shown(self) -> str:
        """The name that is printed and listed."""
        if self.name:
            return self.name
        return self.office.agency.name if self.office is not None else self.entry.name if self.entry is not None else ""


@dataclass(frozen=True)
class Enclosed:
    """A line of สิ่งที่ส่งมาด้วย; `described` is printed, the file may follow until the letter is issued."""

    described: str
    file: StoredFile | None = None
    name: str = ""


@dataclass(frozen=True)
class Refers:
    """A line of อ้างถึง, with the letter in our books where it is one."""

    text: str
    letter: Letter | None = None
    incoming: Incoming | None = None


@dataclass(frozen=True)
class Drafted:
    """All that a draft says. Texts are at most as long as their columns; `recipients` in the order in which they are listed."""

    kind: str
    subject: str
    text: str = ""
    opening: str = ""
    addressed_to: str = ""
    closing: str = ""
    recipients: tuple[To, ...] = ()
    attachments: tuple[Enclosed, ...] = ()
    references: tuple[Refers, ...] = ()
    speed: str = Speed.NORMAL
    secrecy: str = Secrecy.NORMAL
    is_circular: bool = False
    answer_by: date | None = None
    answer_to: Incoming | None = None
    sent_for: str = ""
    retention: str = ""
    signer: Person | None = None
    signer_name: str = ""
    signer_position: str = ""
    acting_for: str = ""
    contact: str = ""
    copies_to: str = ""


WORDS = (
    *("kind", "subject", "text", "opening", "addressed_to", "closing", "speed", "secrecy", "is_circular", "answer_by"),
    *("retention", "signer", "signer_name", "signer_position", "acting_for", "contact", "copies_to"),
)


class DraftMovedOn(Refusal):
    """Somebody saved the draft meanwhile: nothing was written. Both texts are here: `saved` is the row, `mine` what came."""

    status = 409

    def __init__(self, saved: Letter, mine: Drafted) -> None:
        self.saved, self.mine = saved, mine
        super().__init__(
            "มีผู้อื่นบันทึกร่างหนังสือนี้ระหว่างที่ท่านแก้ไข ข้อความของท่านยังไม่ถูกบันทึกแต่ยังอยู่ในหน้านี้ กรุณาเทียบกับที่บันทึกไว้ แล้วบันทึกอีกครั้ง",
            "Somebody else saved this draft while you were editing. Your text was not saved but is still on this page. "
            "Please compare it with what is saved, then save again.",
        )


@transaction.atomic
def draft_letter(*, office: Office, drafted: Drafted, by: Person, at: datetime) -> Letter:
    """A new draft of the office; it has no number yet."""
    words = _words(drafted)
    letter = Letter(office=office, drafted_by=by, drafted_at=at, **words)
    letter.answer_to, letter.sent_for = drafted.answer_to, drafted.sent_for
    letter.save(force_insert=True)
    _keep_lines(letter, drafted)
    keep_letter_findable(letter)
    tell_letter("letter.drafted", letter, by=by, at=at, details={"recipients": len(drafted.recipients)})
    return letter


@transaction.atomic
def change_letter(*, letter: Letter, version: int, drafted: Drafted, by: Person, at: datetime) -> Letter:
    """Save the draft anew; an approval given before, or asked for, is no longer held.

    Refuses LetterStands for what is no draft, and DraftMovedOn with both texts when `version` is not the saved one.
    """
    held = hold(letter)
    refuse_unless_draft(held)
    if held.version != version:
        raise DraftMovedOn(held, drafted)
    was_approved = held.approved_at is not None
    for name, value in _words(drafted).items():
        setattr(held, name, value)
    held.version += 1
    held.submitted_by = held.submitted_at = held.approved_by = held.approved_at = None
    held.save()
    for lines in (held.recipients, held.attachments, held.references):
        lines.all().delete()
    _keep_lines(held, drafted)
    keep_letter_findable(held)
    details = {"version": held.version, "recipients": len(drafted.recipients), "approval_lost": was_approved}
    tell_letter("letter.changed", held, by=by, at=at, details=details)
    return held


@transaction.atomic
def give_up_draft(*, letter: Letter, because: str, by: Person, at: datetime) -> Letter:
    """Put a draft away with a reason; nothing is deleted. Refuses what is no draft."""
    because = with_reason(because)
    held = hold(letter)
    refuse_unless_draft(held)
    held.voided_by, held.voided_at, held.voided_because = by, at, because
    held.save(update_fields=["voided_by", "voided_at", "voided_because"])
    tell_letter("letter.given_up", held, by=by, at=at, details={"because": because})
    return held


def drafted_of(letter: Letter) -> Drafted:
    """What the draft says now, for changing one part of it. Three queries."""
    words = {name: getattr(letter, name) for name in WORDS}
    recipients = letter.recipients.select_related("office__agency", "entry")
    return Drafted(
        **words,
        recipients=tuple(To(one.name, one.office, one.entry, one.via, one.address) for one in recipients),
        attachments=tuple(Enclosed(one.described, one.file, one.name) for one in letter.attachments.select_related("file")),
        references=tuple(
            Refers(one.text, one.to_letter, one.to_incoming)
            for one in letter.references.select_related("to_letter", "to_incoming")
        ),
    )


def _words(drafted: Drafted) -> Mapping[str, object]:
    return {name: getattr(drafted, name) for name in WORDS}


def _keep_lines(letter: Letter, drafted: Drafted) -> None:
    """Recipients, attachments and references, each in its order."""
    Recipient.objects.bulk_create(
        Recipient(
            letter=letter, via=to.way, office=to.office, entry=to.entry, name=to.shown, address=to.address, position=place
        )
        for place, to in enumerate(drafted.recipients)
    )
    Attachment.objects.bulk_create(
        Attachment(letter=letter, file=one.file, name=one.name, described=one.described, position=place)
        for place, one in enumerate(drafted.attachments)
    )
    Reference.objects.bulk_create(
        Reference(letter=letter, text=one.text, to_letter=one.letter, to_incoming=one.incoming, position=place)
        for place, one in enumerate(drafted.references)
    )
