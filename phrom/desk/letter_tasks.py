"""What waits because of letters: to accept, in hand, due, to approve, to number, to mend, to send. Four queries, however many.

Secret letters are there only for who may read them, on lines of their own (`secret`) that never leave the screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.desk.task import Task
from phrom.letters.models import Incoming, Letter, Recipient, RecipientState, Secrecy, Speed, Via
from phrom.letters.scopes import APPROVE, DRAFT, INSTRUCT, ISSUE, READ, RECEIVE, incoming_within, letters_within
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import days_left

UNIT = "ฉบับ"
SHORT = 90
SOON = timedelta(days=3)
CAME_BACK = (RecipientState.REJECTED, RecipientState.INVALID, RecipientState.EXPIRED)
NOT_SENT = (RecipientState.WAITING, RecipientState.QUEUED)


def letter_tasks(access: Access, at: datetime) -> Iterator[Task]:
    """The letters of the person's offices that wait for the person."""
    if access.anywhere(RECEIVE):
        yield from _to_accept(access, at)
    if access.anywhere(READ):
        yield from _in_hand(access, at)
    if access.anywhere(DRAFT) or access.anywhere(APPROVE):
        yield from _drafts(access, at)
    if access.anywhere(ISSUE):
        yield from _sent(access, at)


def _to_accept(access: Access, at: datetime) -> Iterator[Task]:
    """One line an office, and one more for its secret letters."""
    waiting = incoming_within(access, at, RECEIVE).arrived().values("pk")
    counted = Incoming.objects.filter(pk__in=waiting).order_by().values("office", "office__agency__name", "secrecy")
    lines: dict[tuple[int, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for row in counted.annotate(count=Count("pk"), urgent=Count("pk", filter=Q(speed=Speed.MOST_URGENT))):
        line = lines[row["office"], row["office__agency__name"], row["secrecy"] != Secrecy.NORMAL]
        line[0] += row["count"]
        line[1] += row["urgent"]
    for (office, name, secret), (count, urgent) in lines.items():
        what = "ลงรับหนังสือลับ" if secret else "ลงรับหนังสือ"
        what += f" (ด่วนที่สุด {urgent} ฉบับ)" if urgent else ""
        url = f"{reverse('in_tray')}?office={office}"
        yield Task(what, name, count, 0 if urgent else None, "ลงรับ", url, "letter", UNIT, secret)


def _in_hand(access: Access, at: datetime) -> Iterator[Task]:
    """Letters assigned to the person, and, for who instructs or receives at the office, those that are due soon or late."""
    today = local_date(at)
    keeping = {*access.agency_ids(RECEIVE), *access.agency_ids(INSTRUCT)}
    due = Q(due_on__lte=today + SOON, office__agency__in=keeping)
    rows = incoming_within(access, at).open().filter(Q(assigned_to=access.person) | due)
    for each in rows.order_by("due_on", "pk"):
        days = days_left(each.due_on, today) if each.due_on else None
        mine = each.assigned_to_id == getattr(access.person, "pk", None)
        theirs = "หนังสือเลยกำหนด" if days is not None and days < 0 else "หนังสือใกล้ครบกำหนด"
        what = f"{'ดำเนินการตามหนังสือ' if mine else theirs}: {_short(each.subject)}"
        where = f"{each.office.agency.name} · จาก{each.from_name}"
        yield Task(what, where, 0, days, "เปิดหนังสือ", reverse("incoming", args=[each.pk]), "letter", UNIT, each.is_secret)


def _drafts(access: Access, at: datetime) -> Iterator[Task]:
    """To approve, to number once approved, and the person's own drafts, those that were returned first."""
    approving, issuing = set(access.agency_ids(APPROVE)), set(access.agency_ids(ISSUE))
    for each in letters_within(access, at).drafts().order_by("pk"):
        agency = each.office.agency
        told = _draft_task(each, access, approve=agency.pk in approving, issue=agency.pk in issuing)
        if told:
            what, act, kind = told
            url = reverse("letter", args=[each.pk])
            yield Task(f"{what}: {_short(each.subject)}", agency.name, 0, None, act, url, kind, UNIT, each.is_secret)


def _draft_task(letter: Letter, access: Access, *, approve: bool, issue: bool) -> tuple[str, str, str] | None:
    """What the draft asks of this person, the act and the kind; None when it waits for somebody else."""
    mine = letter.drafted_by_id == getattr(access.person, "pk", None)
    if letter.approved_at is not None:
        return ("ออกเลขหนังสือที่เห็นชอบแล้ว", "ออกเลข", "wait") if issue else None
    if letter.submitted_at is not None:
        return ("ให้ความเห็นชอบหนังสือ", "อ่านและตัดสิน", "submitted") if approve else None
    if mine and letter.returned_because:
        return "แก้ร่างหนังสือที่ถูกส่งคืน", "แก้ไข", "returned"
    return ("ร่างหนังสือที่ยังไม่เสร็จ", "ทำต่อ", "wait") if mine else None


def _sent(access: Access, at: datetime) -> Iterator[Task]:
    """Letters that came back from somebody, and letters that are still to be carried by hand: one line a letter."""
    issued = letters_within(access, at, ISSUE).issued().filter(voided_at=None).values("pk")
    by_hand = Q(via=Via.HAND, state__in=NOT_SENT)
    rows = Recipient.objects.filter(Q(state__in=CAME_BACK) | by_hand, letter__in=issued).order_by("letter", "pk")
    found: dict[int, list[Recipient]] = defaultdict(list)
    for each in rows.select_related("letter__office__agency", "letter__entry"):
        found[each.letter_id].append(each)
    for recipients in found.values():
        yield from _sent_tasks(recipients[0].letter, recipients)


def _sent_tasks(letter: Letter, recipients: list[Recipient]) -> Iterator[Task]:
    back = [each for each in recipients if each.state in CAME_BACK]
    number = letter.entry.number_text if letter.entry else ""
    url, where = reverse("letter", args=[letter.pk]), f"{letter.office.agency.name} · {number}"
    subject = _short(letter.subject)
    if back:
        yield Task(f"หนังสือถูกส่งกลับ: {subject}", where, len(back), 0, "ดูเหตุผล", url, "letter", "ผู้รับ", letter.is_secret)
    if left := len(recipients) - len(back):
        what = f"ส่งหนังสือด้วยตนเองแล้วบันทึก: {subject}"
        yield Task(what, where, left, None, "บันทึกการส่ง", url, "letter", "ผู้รับ", letter.is_secret)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
