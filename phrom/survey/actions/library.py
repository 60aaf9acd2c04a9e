"""The body's library of evidence: use a piece under a row, say more of it, replace it by a new version, share it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.shared.files.models import StoredFile
from phrom.shared.files.names import clean_name
from phrom.shared.files.reading import want_text
from phrom.shared.files.store import keep
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.evidence import Upload
from phrom.survey.actions.filing import About, Spot, put_under, refuse_unknown_slot, same_content, sent_with, tell_evidence
from phrom.survey.actions.locking import refuse_when_locked
from phrom.survey.models import Ask, Evidence, EvidenceLink


class StandsUnderSent(Refusal):
    """The piece stands under a row that was sent or closed: what is said of it cannot change behind the reviewer's back."""

    status = 409

    def __init__(self, ask: Ask) -> None:
        super().__init__(
            f"หลักฐานนี้อยู่ใต้ข้อ {ask.code} ของ{ask.agency.name}ซึ่งส่งหรือปิดไปแล้ว จึงแก้วันที่หรือเลขที่ไม่ได้ ข้อมูลเดิมยังอยู่ครบ"
            " ถ้าต้องแก้ ให้ผู้ประสานงานจังหวัดส่งข้อนั้นกลับก่อน หรือเพิ่มเป็นฉบับใหม่",
            f"This evidence stands under {ask.code}, which was sent or closed, so its days and number cannot change. "
            "Nothing was lost. Have that row returned first, or add a new version.",
        )


class NotTheNewest(Refusal):
    """Somebody replaced this version already."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "หลักฐานนี้มีฉบับใหม่กว่าอยู่แล้ว ยังไม่มีอะไรถูกบันทึก กรุณาเปิดฉบับล่าสุดแล้วเพิ่มฉบับใหม่จากหน้านั้น",
            "This evidence has a newer version already. Nothing was saved. Please open the newest one and add to that.",
        )


class SameAsBefore(Refusal):
    """The new version's content is that of this or an older one."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "เนื้อหาตรงกับฉบับที่มีอยู่แล้วทุกประการ จึงไม่ได้เพิ่มเป็นฉบับใหม่ ฉบับเดิมยังอยู่ครบ กรุณาเลือกไฟล์ที่แก้ไขแล้ว",
            "The content is that of a version that is kept already, so nothing was added. Please choose the changed file.",
            where="files",
        )


@transaction.atomic
def use(*, ask: Ask, evidence: Evidence, spot: Spot, by: Person, at: datetime) -> EvidenceLink:
    """Put a piece of the library under one more row. Refuses RoundClosed, AskLocked, UnknownSlot and AlreadyAttached."""
    return put_under(ask=ask, evidence=evidence, spot=spot, by=by, at=at)


def bring(*, agency: Agency, upload: Upload, by: Person, at: datetime) -> tuple[Evidence, bool]:
    """Keep a file in the agency's library under no row yet; False beside it when its content lies there already.

    Refuses what the store refuses.
    """
    name = clean_name(upload.name)
    stored = keep(upload.chunks, name=name, at=at)
    with transaction.atomic():
        StoredFile.objects.select_for_update(no_key=True).get(pk=stored.pk)  # two who bring it at once: one after the other
        evidence = Evidence(agency=agency, name=name, file=stored, added_by=by, added_at=at)
        if there := same_content(evidence).filter(agency=agency).order_by("-pk").first():
            return there, False
        evidence.save(force_insert=True)
        want_text(stored)
        _tell("evidence.kept", evidence, by, at, content=stored.sha256)
    return evidence, True


@transaction.atomic
def describe(*, evidence: Evidence, about: About, name: str = "", by: Person, at: datetime) -> None:
    """Say anew which days and which letter a piece has; `name` renames a link (a file keeps the name that it came with).

    Refuses StandsUnderSent.
    """
    asks = Ask.objects.filter(evidence_links__evidence=evidence, evidence_links__removed_at=None)
    list(asks.select_for_update(of=("self",)).order_by("pk"))  # held, so that none of them is sent meanwhile
    held = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    told = asdict(about) | ({"name": name} if name and held.url else {})
    changed = {key: (getattr(held, key), value) for key, value in told.items() if getattr(held, key) != value}
    if not changed:
        return
    if ask := sent_with(evidence):
        raise StandsUnderSent(ask)
    Evidence.objects.filter(pk=evidence.pk).update(**told)
    evidence.links.filter(removed_at=None).update(changed_by=by, changed_at=at)
    words = {key: f"{old or '-'} > {new or '-'}" for key, (old, new) in changed.items()}
    _tell("evidence.described", evidence, by, at, **words)


@transaction.atomic
def describe_link(*, link: EvidenceLink, spot: Spot, by: Person, at: datetime) -> None:
    """Say anew where a piece stands under its row: expectation, page, words. Refuses RoundClosed, AskLocked and UnknownSlot."""
    refuse_when_frozen(link.ask.round)
    refuse_when_locked(link.ask)
    refuse_unknown_slot(link.ask, spot.slot)
    standing = EvidenceLink.objects.filter(pk=link.pk, removed_at=None)
    if standing.update(**asdict(spot), changed_by=by, changed_at=at):
        tell_evidence("evidence.placed", link, by, at, slot=spot.slot, page=spot.page, quotation=spot.quotation)


@transaction.atomic
def describe_under(*, link: EvidenceLink, spot: Spot, about: About | None, name: str, by: Person, at: datetime) -> None:
    """Both at once, all or nothing: what the piece is (None: left as it is) and where it stands. Refuses as those two do.

    The round is held before anything is told in the journal: whoever closes it holds both in that order.
    """
    refuse_when_frozen(link.ask.round)
    if about is not None:
        describe(evidence=link.evidence, about=about, name=name, by=by, at=at)
    describe_link(link=link, spot=spot, by=by, at=at)


def replace(
    *, evidence: Evidence, upload: Upload | None = None, url: str = "", about: About, by: Person, at: datetime
) -> Evidence:
    """Add the next version, from a file or an address; rows keep the version that they had. What was shared stays shared.

    Refuses what the store refuses, NotTheNewest and SameAsBefore.
    """
    name = clean_name(upload.name) if upload else url[:255]
    stored = keep(upload.chunks, name=name, at=at) if upload else None
    with transaction.atomic():
        return _next_version(evidence, name, stored, "" if stored else url, about, by, at)


def _next_version(
    evidence: Evidence, name: str, stored: StoredFile | None, url: str, about: About, by: Person, at: datetime
) -> Evidence:
    old = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if Evidence.objects.filter(replaces=old).exists():
        raise NotTheNewest
    shared = {"shared_by": by, "shared_at": at} if old.shared_at else {}
    new = Evidence(
        agency_id=old.agency_id,
        name=name,
        file=stored,
        url=url,
        replaces=old,
        version=old.version + 1,
        added_by=by,
        added_at=at,
        **shared,
        **asdict(about),
    )
    if same_content(new).filter(pk__in=[each.pk for each in versions_of(old)]).exists():
        raise SameAsBefore
    new.save(force_insert=True)
    if stored:
        want_text(stored)
    _tell("evidence.replaced", new, by, at, version=new.version)
    return new


@transaction.atomic
def use_newest(*, link: EvidenceLink, newest: Evidence, by: Person, at: datetime) -> EvidenceLink:
    """Put `newest`, a version that the person may see, in the place of the one under this row: same slot, same page.

    Refuses RoundClosed, AskLocked, and AlreadyAttached when that version stands there already.
    """
    refuse_when_frozen(link.ask.round)
    refuse_when_locked(link.ask)
    spot = Spot(link.slot, link.page, link.quotation)
    placed = put_under(ask=link.ask, evidence=newest, spot=spot, by=by, at=at)
    EvidenceLink.objects.filter(pk=link.pk, removed_at=None).update(removed_by=by, removed_at=at)
    tell_evidence("evidence.removed", link, by, at)
    return placed


@transaction.atomic
def share(*, evidence: Evidence, shared: bool, by: Person, at: datetime) -> None:
    """Let every agency of the body see and use a piece, or end that; where others use it already, it stays. Twice is once."""
    wanted = Evidence.objects.filter(pk=evidence.pk, shared_at__isnull=shared)
    if wanted.update(shared_by=by if shared else None, shared_at=at if shared else None):
        _tell("evidence.shared" if shared else "evidence.unshared", evidence, by, at)


def versions_of(evidence: Evidence) -> list[Evidence]:
    """Every version of the piece, the oldest first; one query for each."""
    first = evidence
    while first.replaces is not None:
        first = first.replaces
    found = [first]
    while newer := Evidence.objects.filter(replaces=found[-1]).select_related("file", "added_by", "agency").first():
        found.append(newer)
    return found


def _tell(event: str, evidence: Evidence, by: Person, at: datetime, **more: object) -> None:
    agency = evidence.agency
    details: dict[str, object] = {"agency": agency.code, "name": evidence.name, **more}
    record(event, by=by, about=f"evidence:{evidence.pk}", at=at, chain=agency.own_body.code, details=details)
