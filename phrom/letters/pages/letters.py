"""A letter of ours on its page: what it says, where it stands, what comes next, what became of it at each recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.letters.actions.alarms import alarms_about
from phrom.letters.actions.readiness import CODE, Lack, lacks_of
from phrom.letters.models import (
    Alarm,
    Attachment,
    Letter,
    Recipient,
    RecipientState,
    RecipientStatus,
    Reference,
    Via,
)
from phrom.letters.pages.out_tray import tallies_of
from phrom.letters.scopes import APPROVE, DRAFT, ISSUE, READ, REGISTERS, SECRETS, letters_within
from phrom.letters.standing_words import (
    ON_ITS_WAY,
    SHAPES,
    TROUBLE,
    Standing,
    Tally,
    all_done,
    is_late,
    standing_of,
    what_waits,
)
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date

RECIPIENTS_PER_PAGE = 100
PEOPLE = ("drafted_by", "submitted_by", "approved_by", "issued_by", "voided_by")


@dataclass(frozen=True)
class RecipientLine:
    """One addressee: the row, its shape, whether it is late, and what was last said there."""

    recipient: Recipient
    shape: str
    late: bool
    said: RecipientStatus | None

    @property
    def to_dispatch(self) -> bool:
        """True when a clerk must send it by hand."""
        return self.recipient.via == Via.HAND and self.recipient.state in ON_ITS_WAY


@dataclass(frozen=True)
class LetterPage:
    """The page. `next` is the one step that comes next, in the words of its button ("" for none)."""

    letter: Letter
    standing: Standing
    tally: Tally
    lacks: tuple[Lack, ...]
    lines: tuple[RecipientLine, ...]
    page: Page[Recipient]
    attachments: tuple[Attachment, ...]
    references: tuple[Reference, ...]
    may_draft: bool
    may_approve: bool
    may_issue: bool
    alarms: tuple[Alarm, ...] = ()
    keeps_register: bool = False

    @property
    def next(self) -> str:
        """edit, submit, approve, issue, or "" where it is somebody else's turn."""
        letter = self.letter
        if letter.is_issued or letter.voided_at is not None:
            return ""
        if self.lacks:
            return "edit" if self.may_mend else ""
        if letter.office.head_approves and letter.approved_at is None:
            if letter.submitted_at is None:
                return "submit" if self.may_draft else ""
            return "approve" if self.may_approve else ""
        return "issue" if self.may_issue else ""

    @property
    def waits_for(self) -> str:
        """Whose turn it is, where it is not the reader's."""
        letter = self.letter
        if self.next or letter.is_issued or letter.voided_at is not None:
            return ""
        if self.lacks:
            return "เจ้าหน้าที่สารบรรณ ตั้งรหัสหนังสือของหน่วยงาน" if self.lacks[0].where == CODE else "ผู้ร่าง แก้ไขให้ครบ"
        if letter.office.head_approves and letter.approved_at is None:
            return "หัวหน้าหน่วยงาน พิจารณาให้ความเห็นชอบ" if letter.submitted_at else "ผู้ร่าง เสนอหัวหน้าหน่วยงาน"
        return "เจ้าหน้าที่สารบรรณ ออกเลข"

    @property
    def outlook(self) -> tuple[str, ...]:
        """What an issued letter still waits for, or that all is done; nothing for drafts and void letters."""
        letter = self.letter
        if not letter.is_issued or letter.voided_at is not None:
            return ()
        return what_waits(letter, self.tally) or (all_done(letter, self.tally),)

    @property
    def may_remind(self) -> bool:
        """True where offices owe an answer and the reader may write to them; the words of a secret letter go nowhere."""
        return bool(self.tally.late) and self.may_draft and not self.letter.is_secret and self.letter.voided_at is None

    @property
    def reminder(self) -> str:
        """The subject of a letter that reminds of this one."""
        entry = self.letter.entry
        return f"ขอให้ตอบหนังสือ ที่ {entry.number_text} ลงวันที่ {thai_date(entry.dated)}" if entry is not None else ""

    @property
    def attention(self) -> RecipientLine | None:
        """The first recipient at whom the clerk must do something: send it by hand, or see why it came back."""
        if not self.may_void:
            return None
        return next((line for line in self.lines if line.to_dispatch or line.recipient.state in TROUBLE), None)

    @property
    def is_draft(self) -> bool:
        """True while it has no number and was not given up."""
        return not self.letter.is_issued and self.letter.voided_at is None

    @property
    def may_edit(self) -> bool:
        """True where the reader may write on the draft."""
        return self.may_draft and self.is_draft

    @property
    def may_return(self) -> bool:
        """True where the reader is the head and the draft waits."""
        return self.may_approve and self.is_draft and self.letter.submitted_at is not None and self.letter.approved_at is None

    @property
    def may_void(self) -> bool:
        """True where the reader may cancel the letter with its number."""
        return self.may_issue and self.letter.is_issued and self.letter.voided_at is None and not self.letter.is_destroyed

    @property
    def mend(self) -> str:
        """The page on which the first thing that is missing is mended."""
        where = self.lacks[0].where if self.lacks else ""
        pages = {"recipients": "letter_recipients", "attachments": "letter_attachments", CODE: "office_settings"}
        return pages.get(where, "letter_edit")

    @property
    def mends(self) -> int:
        """The id in that page's address: the letter's, or that of the office whose settings lack something."""
        return self.letter.office.agency_id if self.mend == "office_settings" else self.letter.pk

    @property
    def may_mend(self) -> bool:
        """True where the reader may open that page."""
        return self.keeps_register if self.mend == "office_settings" else self.may_draft

    @property
    def mend_words(self) -> str:
        """The words of the button that leads there."""
        words = {"letter_recipients": "เลือกผู้รับ", "letter_attachments": "แนบไฟล์", "office_settings": "ตั้งรหัสหนังสือ"}
        return words.get(self.mend, "แก้ไขร่าง")

    @property
    def changes(self) -> int:
        """How often the draft was saved after the first time."""
        return self.letter.version - 1

    @property
    def calls_back(self) -> bool:
        """True while something of the letter can still be called back."""
        return self.may_void and self.tally.total > 0


@dataclass(frozen=True)
class RecipientPage:
    """One recipient: what happened, in order, and what may be done now."""

    letter: Letter
    line: RecipientLine
    statuses: tuple[RecipientStatus, ...]
    may_recall: bool
    may_resend: bool
    may_dispatch: bool
    may_settle: bool


def letter_for(access: Access, at: datetime, letter_id: int, permission: str = READ) -> Letter:
    """A letter of an office at which the person may do this; 404 else. A secret one is issued only by who handles secrets."""
    rows = letters_within(access, at, permission).select_related("office__agency__body", *PEOPLE)
    letter = get_object_or_404(rows, pk=letter_id)
    if permission != READ and not _may(access, permission, letter):
        raise Http404
    return letter


def letter_page(access: Access, at: datetime, letter: Letter, number: str = "") -> LetterPage:
    """The page of a letter that the reader may see. Nine queries, whatever the number of recipients."""
    today = local_date(at)
    rows = letter.recipients.select_related("entry__peer")
    page = Paginator(rows, RECIPIENTS_PER_PAGE).get_page(number)
    shown = list(page.object_list)
    attachments = tuple(letter.attachments.select_related("file"))
    tally = tallies_of([letter], today).get(letter.pk, Tally())
    drafting = not letter.is_issued and letter.voided_at is None
    everyone = list(rows) if drafting and page.has_other_pages() else shown
    lacks = lacks_of(letter, everyone, attachments, today) if drafting else []
    approving = _may(access, APPROVE, letter) and _other_than(access, letter)
    return LetterPage(
        letter=letter,
        standing=standing_of(letter, tally),
        tally=tally,
        lacks=tuple(lacks),
        lines=_lines(letter, shown, today),
        page=page,
        attachments=attachments,
        references=tuple(letter.references.select_related("to_letter", "to_incoming")),
        may_draft=_may(access, DRAFT, letter),
        may_approve=approving,
        may_issue=_may(access, ISSUE, letter),
        alarms=tuple(alarms_about(letter)) if any(each.via == Via.PEER for each in shown) else (),
        keeps_register=_may(access, REGISTERS, letter),
    )


def recipient_for(access: Access, at: datetime, recipient_id: int, permission: str = READ) -> Recipient:
    """A recipient of an issued letter that the person may reach; 404 else."""
    rows = Recipient.objects.select_related("office__agency__body", "entry__peer").exclude(letter__issued_at=None)
    found = get_object_or_404(rows.filter(letter__in=letters_within(access, at, permission)), pk=recipient_id)
    found.letter = letter_for(access, at, found.letter_id, permission)
    return found


def recipient_page(access: Access, at: datetime, recipient: Recipient) -> RecipientPage:
    """What happened at one recipient, and what may be done."""
    letter = recipient.letter
    issuing = _may(access, ISSUE, letter)
    state, by_hand = recipient.state, recipient.via == Via.HAND
    there = issuing and not letter.is_destroyed
    stands = there and letter.voided_at is None
    return RecipientPage(
        letter=letter,
        line=_lines(letter, [recipient], local_date(at))[0],
        statuses=tuple(recipient.statuses.select_related("by")),
        may_recall=there and state != RecipientState.RECALLED and recipient.recall_asked_at is None,
        may_resend=stands and state in TROUBLE,
        may_dispatch=stands and by_hand and state in ON_ITS_WAY,
        may_settle=stands and by_hand and state in (RecipientState.DELIVERED, RecipientState.ACCEPTED),
    )


def attachment_for(access: Access, at: datetime, attachment_id: int, permission: str = READ) -> Attachment:
    """An attachment of a letter that the person may read; 404 else."""
    rows = Attachment.objects.select_related("file", "letter")
    found = get_object_or_404(rows.filter(letter__in=letters_within(access, at, permission)), pk=attachment_id)
    found.letter = letter_for(access, at, found.letter_id, permission)
    return found


def _may(access: Access, permission: str, letter: Letter) -> bool:
    needed = (permission, SECRETS) if letter.is_secret and permission in (ISSUE, DRAFT, REGISTERS) else (permission,)
    return all(letter.office.agency_id in access.agency_ids(one) for one in needed)


def _other_than(access: Access, letter: Letter) -> bool:
    return access.person is not None and access.person.pk not in (letter.drafted_by_id, letter.submitted_by_id)


def _lines(letter: Letter, recipients: Sequence[Recipient], today: date) -> tuple[RecipientLine, ...]:
    """Each recipient with the newest thing that was said there: one query for all."""
    newest: dict[int, RecipientStatus] = {}
    if letter.is_issued:
        for status in RecipientStatus.objects.filter(recipient__in=recipients).order_by("id"):
            newest[status.recipient_id] = status
    return tuple(
        RecipientLine(
            one, SHAPES[one.state], is_late(letter, one.state, one.answered_at is not None, today), newest.get(one.pk)
        )
        for one in recipients
    )
