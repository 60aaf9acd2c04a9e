"""Alarms of the exchange: raised in the transaction of what is wrong, seen by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from phrom.agencies.models import Person
from phrom.letters.models import Alarm, Letter, Office, Peer, Secrecy
from phrom.letters.telling import tell_letter
from phrom.shared.journal.record import record


@dataclass(frozen=True)
class Wrong:
    """What is wrong, in two languages, without a word of any letter. `about` names it once: a repeat is not told."""

    kind: str
    about: str
    th: str
    en: str


@transaction.atomic
def raise_alarm(
    wrong: Wrong, *, at: datetime, peer: Peer | None = None, office: Office | None = None, letter: Letter | None = None
) -> Alarm:
    """Tell of something once: while nobody has seen it, the same again adds nothing."""
    waiting = Alarm.objects.filter(kind=wrong.kind, about=wrong.about, peer=peer, seen_at=None).first()
    if waiting is not None:
        return waiting
    words = {"kind": wrong.kind, "about": wrong.about, "th": wrong.th[:500], "en": wrong.en[:500]}
    alarm = Alarm.objects.create(peer=peer, office=office, letter=letter, raised_at=at, **words)
    details: dict[str, object] = {"kind": wrong.kind, "about": wrong.about, "peer": peer.name if peer else "", "why": wrong.en}
    if letter is not None:
        tell_letter("exchange.alarm", letter, by=None, at=at, details=details)
    else:
        record("exchange.alarm", by=None, about=f"alarm:{alarm.pk}", at=at, details=details)
    return alarm


@transaction.atomic
def see_alarm(*, alarm: Alarm, by: Person, at: datetime) -> Alarm:
    """Somebody looked at it. The second time changes nothing."""
    held = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if held.seen_at is None:
        held.seen_by, held.seen_at = by, at
        held.save(update_fields=["seen_by", "seen_at"])
        record("exchange.alarm_seen", by=by, about=f"alarm:{held.pk}", at=at, details={"kind": held.kind})
    return held


def alarms_of(agency_ids: Sequence[int]) -> list[Alarm]:
    """What nobody has seen yet about letters of these offices, for their clerks; nothing of secret letters."""
    rows = Alarm.objects.filter(office__agency__in=agency_ids, seen_at=None).filter(open_alarms())
    return list(rows.select_related("peer", "letter", "office__agency"))


def alarms_about(letter: Letter) -> list[Alarm]:
    """What nobody has seen yet about this letter, for whoever may read it."""
    return list(Alarm.objects.filter(letter=letter, seen_at=None).select_related("peer"))


def open_alarms() -> Q:
    """All but those about secret letters."""
    return Q(letter=None) | Q(letter__secrecy=Secrecy.NORMAL)
