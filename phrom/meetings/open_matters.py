"""What was decided and is not done yet: follow-ups with their days late and newest word, grouped by resolution.

Read by the next meeting's agenda (เรื่องสืบเนื่อง), by papers, by pages and by the desk. Three queries, whatever there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Max

from phrom.agencies.models import Agency
from phrom.letters.sent import Sent, by_agency
from phrom.meetings.models import FollowUp, FollowUpNote, Meeting, Resolution
from phrom.meetings.models.follow_ups import FollowUpQuerySet
from phrom.meetings.sent import sent_of


@dataclass(frozen=True)
class Matter:
    """One office's part of a resolution on a day. `newest` is the last step, None when nothing was said yet; `sent` the newest
    letter that went to the office for it.
    """

    follow_up: FollowUp
    days_late: int
    days_left: int
    newest: FollowUpNote | None
    sent: Sent | None = None

    @property
    def is_late(self) -> bool:
        """True while the office has not answered after the due day."""
        return self.days_late > 0 and self.waits_for_office

    @property
    def waits_for_office(self) -> bool:
        """True while the office has something to do."""
        return self.follow_up.is_open and not self.follow_up.waits_for_check

    @property
    def state(self) -> tuple[str, str]:
        """Shape and word of where it stands; the days are told beside it."""
        if not self.follow_up.is_open:
            return "done", "ปิดเรื่องแล้ว"
        if self.follow_up.waits_for_check:
            return "submitted", "รายงานว่าเสร็จ รอตรวจ"
        return ("late", "เลยกำหนด") if self.is_late else ("open", "กำลังดำเนินการ")


@dataclass(frozen=True)
class Followed:
    """A resolution and its offices, in the order of the offices."""

    resolution: Resolution
    matters: tuple[Matter, ...]

    @property
    def done(self) -> int:
        """Offices whose part is closed."""
        return sum(1 for matter in self.matters if not matter.follow_up.is_open)

    @property
    def late(self) -> tuple[Matter, ...]:
        """Offices that are late, the latest first."""
        return tuple(sorted((m for m in self.matters if m.is_late), key=lambda matter: -matter.days_late))

    @property
    def letters(self) -> int:
        """Offices to which a letter went."""
        return sum(1 for matter in self.matters if matter.sent)

    @property
    def accepted(self) -> int:
        """Offices that gave the letter their own number."""
        return sum(1 for matter in self.matters if matter.sent and matter.sent.is_accepted)

    @property
    def to_check(self) -> int:
        """Offices that say they are done and wait to be checked."""
        return sum(1 for matter in self.matters if matter.follow_up.waits_for_check)


def open_follow_ups(body: Agency, today: date, *, before: Meeting | None = None) -> tuple[Followed, ...]:
    """What is open of a body's resolutions on a day, the oldest first; `before` leaves out that meeting and later ones."""
    rows = FollowUp.objects.open().of_bodies([body.pk])
    if before is not None:
        rows = rows.filter(resolution__item__meeting__held_at__lt=before.held_at).exclude(resolution__item__meeting=before)
    return followed(rows, today)


def followed(rows: FollowUpQuerySet, today: date) -> tuple[Followed, ...]:
    """These follow-ups by resolution."""
    found = matters(rows, today)
    groups = groupby(found, key=lambda matter: matter.follow_up.resolution)
    return tuple(Followed(resolution, tuple(lines)) for resolution, lines in groups)


def matters(rows: FollowUpQuerySet, today: date) -> tuple[Matter, ...]:
    """These follow-ups as they stand on a day: by meeting, item, resolution and office."""
    found = list(
        rows.select_related("agency", "resolution__item__meeting__body").order_by(
            "resolution__item__meeting__held_at", "resolution__item__position", "resolution", "agency__position", "agency__name"
        )
    )
    last = rows.order_by().values("pk").annotate(last=Max("notes__id")).values("last")
    newest = {note.follow_up_id: note for note in FollowUpNote.objects.filter(pk__in=last).select_related("made_by")}
    letters = {key: by_agency(sent) for key, sent in sent_of({each.resolution_id for each in found}).items()}
    return tuple(
        Matter(
            follow_up=each,
            days_late=each.days_late(today),
            days_left=(each.due_on - today).days,
            newest=newest.get(each.pk),
            sent=letters.get(each.resolution_id, {}).get(each.agency_id),
        )
        for each in found
    )
