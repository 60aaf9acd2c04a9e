"""Where a piece of evidence lies: once in its agency's library, and under the rows that it proves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from phrom.agencies.models import Person
from phrom.shared.files.reading import want_text
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import question_of
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.locking import refuse_when_locked
from phrom.survey.models import Ask, AskState, Evidence, EvidenceLink

CHANGEABLE = (AskState.OPEN, AskState.RETURNED)


class AlreadyAttached(Refusal):
    """The same content stands under this row already."""

    status = 409

    def __init__(self, link: EvidenceLink, code: str) -> None:
        self.link = link
        super().__init__(
            f"แนบไว้แล้วในข้อ {code}: “{link.evidence.name}” มีเนื้อหาเดียวกัน จึงไม่ได้แนบซ้ำ",
            f"Already attached to {code} as “{link.evidence.name}” with the same content; it was not attached again.",
            where=code,
        )


class UnknownSlot(Refusal):
    """The evidence was put to an expectation that this row does not have."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"ข้อ {code} ไม่มีรายการหลักฐานที่เลือก ยังไม่ได้แนบ กรุณาเปิดหน้าใหม่แล้วเลือกอีกครั้ง",
            f"{code} expects no such evidence. Nothing was attached. Please reload the page and choose again.",
            where=code,
        )


@dataclass(frozen=True)
class About:
    """What is known of a piece: its day of issue, the period that it is about, the number of its letter."""

    issued_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    letter: str = ""


@dataclass(frozen=True)
class Spot:
    """How a piece stands under a row: the expectation that it meets, the page and the words that prove it. All may be empty."""

    slot: str = ""
    page: str = ""
    quotation: str = ""


NOTHING_SAID = About()
ANYWHERE = Spot()


def refuse_unknown_slot(ask: Ask, slot: str) -> None:
    """Raises UnknownSlot unless the row expects it; none at all is fine."""
    if slot and slot not in {expected.code for expected in question_of(ask).evidence}:
        raise UnknownSlot(ask.code)


def put_under(*, ask: Ask, evidence: Evidence, spot: Spot, by: Person, at: datetime) -> EvidenceLink:
    """Put a piece under the ask, within the caller's transaction; one that is not in the library yet goes there first.

    Refuses RoundClosed, AskLocked, UnknownSlot and AlreadyAttached.
    """
    refuse_when_frozen(ask.round)
    refuse_when_locked(ask)
    refuse_unknown_slot(ask, spot.slot)
    _refuse_twice(ask, evidence)
    kept = evidence if evidence.pk else in_library(evidence)
    link = EvidenceLink.objects.create(ask=ask, evidence=kept, added_by=by, added_at=at, **asdict(spot))
    tell_evidence("evidence.added", link, by, at, content=(kept.file.sha256 if kept.file else kept.url)[:500])
    return link


def tell_evidence(event: str, link: EvidenceLink, by: Person, at: datetime, **more: object) -> None:
    """Write into the journal what happened to evidence under a row."""
    ask = link.ask
    details: dict[str, object] = {"code": ask.code, "agency": ask.agency.code, "name": link.evidence.name, **more}
    record(event, by=by, about=f"ask:{ask.pk}", at=at, chain=ask.round.body.code, details=details)


def in_library(evidence: Evidence) -> Evidence:
    """The agency's piece with the same content, with what was not yet said of it; this one, stored, where there is none.

    A piece of which something else was said (another day, another letter) stays as it is: then both stand over one content.
    """
    for same in same_content(evidence).filter(agency=evidence.agency).order_by("-pk"):
        news = _news(same, evidence)
        if news == {} or (news and not sent_with(same)):
            Evidence.objects.filter(pk=same.pk).update(**news)
            for name, value in news.items():
                setattr(same, name, value)
            return same
    evidence.save(force_insert=True)
    if evidence.file:
        want_text(evidence.file)
    return evidence


def same_content(evidence: Evidence) -> QuerySet[Evidence]:
    """Every piece over the same bytes or the same address, at whichever agency."""
    return Evidence.objects.filter(file=evidence.file, url=evidence.url)


def sent_with(evidence: Evidence) -> Ask | None:
    """A row under which the piece stands and which is not its agency's to change now; None when all are."""
    free = Q(ask__state__in=CHANGEABLE, ask__round__frozen_at=None)
    links = evidence.links.filter(removed_at=None).exclude(free)  # a row taken away comes back as it was sent
    link = links.select_related("ask__agency").first()
    return link.ask if link else None


def _news(same: Evidence, evidence: Evidence) -> dict[str, object] | None:
    """What the newcomer says that is not yet known; None when it contradicts."""
    told = {name: getattr(evidence, name) for name in About.__dataclass_fields__ if getattr(evidence, name)}
    known = {name: getattr(same, name) for name in told}
    if any(value and value != told[name] for name, value in known.items()):
        return None
    return {name: value for name, value in told.items() if not known[name]}


def _refuse_twice(ask: Ask, evidence: Evidence) -> None:
    there = EvidenceLink.objects.filter(ask=ask, removed_at=None, evidence__url=evidence.url, evidence__file=evidence.file)
    if twin := there.select_related("evidence").first():
        raise AlreadyAttached(twin, ask.code)
