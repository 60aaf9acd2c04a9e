"""Writing down named things: adding several, changing one, taking one away. The agency's derived answers follow in the same
transaction by the ordinary save; what somebody typed otherwise is never overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from phrom.agencies.models import Agency, Person
from phrom.rules.scoring.exchange import answer_from_json, answer_to_json
from phrom.rules.scoring.listing import Listed, counts, derived, followed
from phrom.shared.journal.record import record
from phrom.shared.thai.dates import thai_when
from phrom.shared.thai.names import name_key
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import EMPTY, Content, question_of, save_answer
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.locking import refuse_when_locked
from phrom.survey.editions import edition_of
from phrom.survey.listed import items_of, listed
from phrom.survey.models import Answer, Ask, Evidence, ListItem, Round

MOST = 2000
"""Things in one list of one agency."""


@dataclass(frozen=True)
class Thing:
    """What is written down about one thing, checked by the form."""

    name: str
    provider: str
    is_digital: bool = False
    unit: str = ""
    url: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    evidence: Evidence | None = None


class NamedTwice(Refusal):
    """The agency's list has this name already, perhaps spelt otherwise."""

    status = 409

    def __init__(self, names: Sequence[str]) -> None:
        said = ", ".join(f"“{name}”" for name in names[:5]) + (f" และอีก {len(names) - 5} รายการ" if len(names) > 5 else "")
        super().__init__(
            f"ในบัญชีของหน่วยงานมี {said} อยู่แล้ว ยังไม่มีอะไรถูกบันทึก กรุณาแก้รายการเดิม หรือตั้งชื่อให้ต่างกันถ้าเป็นคนละอย่าง",
            f"The agency's list has {said} already. Nothing was saved. Change that one, or give another name to another thing.",
            where="name",
        )
        self.keys = frozenset(name_key(name) for name in names)


class ItemConflict(Refusal):
    """Somebody changed this thing since it was opened. `mine` was not saved, `theirs` is what is stored."""

    status = 409

    def __init__(self, mine: Thing, theirs: ListItem) -> None:
        self.mine, self.theirs = mine, theirs
        super().__init__(
            f"ยังไม่ได้บันทึก “{mine.name}” เพราะ{theirs.by.name} แก้รายการนี้ไว้ก่อนเมื่อ {thai_when(theirs.at)} "
            "สิ่งที่ท่านพิมพ์ยังอยู่ในหน้านี้ กรุณาเทียบกับที่บันทึกไว้ แล้วบันทึกอีกครั้งหากยังต้องการใช้ของท่าน",
            f"“{mine.name}” was not saved: {theirs.by.name} changed it meanwhile. What you typed is still on the page. "
            "Compare it with what is stored, then save again to keep yours.",
            where="name",
        )


class ListLocked(Refusal):
    """The thing is counted in a row that was sent."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"รายการนี้นับอยู่ในข้อ {code} ซึ่งส่งให้ตรวจแล้ว จึงแก้ไขไม่ได้ บัญชียังอยู่ครบตามเดิม หากต้องแก้ กรุณาขอให้ผู้ประสานงานจังหวัดส่งข้อ {code} กลับ",
            f"This is counted in {code}, which was sent; nothing was changed. Ask the province's coordinator to return {code}.",
            where=code,
        )


class ListTooLong(Refusal):
    """More things than a list of one agency ever has."""

    def __init__(self) -> None:
        super().__init__(
            f"บัญชีหนึ่งมีได้ไม่เกิน {MOST:,} รายการ ยังไม่มีอะไรถูกบันทึก กรุณาลบแถวที่ไม่ใช่รายการจริง",
            f"A list holds at most {MOST:,} things. Nothing was saved. Please remove rows that are none.",
        )


class NothingToTake(Refusal):
    """The list changed or gives this row no answer any more."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"บัญชีของหน่วยงานเปลี่ยนไปหลังเปิดหน้านี้ ข้อ {code} ยังไม่ถูกแก้ กรุณาเปิดข้อนี้ใหม่",
            f"The list changed after this page was opened. {code} was not changed. Please open it again.",
            where=code,
        )


@transaction.atomic
def add_items(*, round: Round, agency: Agency, kind: str, things: Sequence[Thing], by: Person, at: datetime) -> list[ListItem]:
    """Write these things down, all or none. Refuses RoundClosed, ListLocked, NamedTwice, ListTooLong."""
    refuse_when_frozen(round)
    with _following(round, agency, kind, by, at) as touched:
        _refuse_twice(round, agency, kind, things)
        made = [_item(ListItem(round=round, agency=agency, kind=kind), thing, by, at) for thing in things]
        touched += made
        with _named_once(things):
            ListItem.objects.bulk_create(made)
    names = [thing.name for thing in things]
    _tell("list.added", round, agency, by, at, {"list": kind, "names": names[:50], "count": len(names)})
    return made


@transaction.atomic
def change_item(*, item: ListItem, thing: Thing, version: int, by: Person, at: datetime) -> ListItem:
    """Write the thing anew upon this version. Refuses RoundClosed, ListLocked, NamedTwice, ItemConflict."""
    refuse_when_frozen(item.round)
    stored = _held(item)
    fresh = _item(_held(item), thing, by, at)
    if _said(fresh) == _said(stored):
        return stored
    if stored.version != version or stored.removed_at is not None:
        raise ItemConflict(thing, stored)
    fresh.version = version + 1
    with _following(item.round, item.agency, item.kind, by, at) as touched:
        touched += [stored, fresh]
        if fresh.key != stored.key:
            _refuse_twice(item.round, item.agency, item.kind, [thing])
        with _named_once([thing]):
            fresh.save()
    details = {"list": item.kind, "name": stored.name, "becomes": fresh.name, "version": fresh.version}
    _tell("list.changed", item.round, item.agency, by, at, details)
    return fresh


@transaction.atomic
def remove_item(*, item: ListItem, by: Person, at: datetime) -> None:
    """Mark the thing as taken away. Doing it twice does nothing more. Refuses RoundClosed and ListLocked."""
    refuse_when_frozen(item.round)
    stored = _held(item)
    if stored.removed_at is not None:
        return
    with _following(item.round, item.agency, item.kind, by, at) as touched:
        touched.append(stored)
        ListItem.objects.filter(pk=item.pk).update(removed_by=by, removed_at=at)
    _tell("list.removed", item.round, item.agency, by, at, {"list": item.kind, "name": stored.name})


@transaction.atomic
def take_from_list(*, ask: Ask, version: int, by: Person, at: datetime) -> None:
    """Answer a row with what the list gives, in place of what was typed. Refuses NothingToTake and what `save_answer` does.

    Text that the same person saved after opening the page may be replaced, somebody else's not.
    """
    refuse_when_frozen(ask.round)
    refuse_when_locked(ask)
    stored = getattr(ask, "answer", None)
    version = stored.version if stored is not None and stored.by_id == by.pk else version
    question = question_of(ask)
    given = derived(question, items_of(ask.round, edition_of(ask.round.survey), agency=ask.agency).get(ask.agency_id, ()))
    if given.value is None:
        raise NothingToTake(ask.code)
    save_answer(ask=ask, content=_content(answer_to_json(given)), version=version, by=by, at=at)


@contextmanager
def _following(round: Round, agency: Agency, kind: str, by: Person, at: datetime) -> Iterator[list[ListItem]]:
    """Around a change of a list: hold the rows that it answers, then let their answers follow. What is put into the list that
    is given, as it was or will be, must count in no row that was sent."""
    edition = edition_of(round.survey)
    asks = _held_asks(round, agency, kind)
    before = items_of(round, edition, agency=agency).get(agency.pk, ())
    touched: list[ListItem] = []
    yield touched
    _refuse_sent(asks, [as_listed(item) for item in touched])
    after = items_of(round, edition, agency=agency).get(agency.pk, ())
    if len(after) > MOST:
        raise ListTooLong
    for ask in asks:
        if ask.editable:
            _follow(ask, before, after, by, at)


def _held_asks(round: Round, agency: Agency, kind: str) -> list[Ask]:
    """The rows that this list answers, in printed order, held; those beside which it only stands are left out.

    Held in the one order of all who hold rows; the answers are read after that, since somebody may have saved one meanwhile.
    """
    rows = [row for row in edition_of(round.survey).rows if row.listing and row.listing.kind == kind and not row.listing.beside]
    asks = Ask.objects.filter(round=round, agency=agency, code__in=[row.code for row in rows], withdrawn_at=None)
    held = list(asks.select_for_update(of=("self",)).order_by("pk"))
    answers = {answer.ask_id: answer for answer in Answer.objects.filter(ask__in=held)}
    for ask in held:
        ask.round, ask.agency = round, agency
        if stored := answers.get(ask.pk):
            ask.answer = stored
    return sorted(held, key=lambda ask: ask.position)


def _follow(ask: Ask, before: Sequence[Listed], after: Sequence[Listed], by: Person, at: datetime) -> None:
    question, stored = question_of(ask), getattr(ask, "answer", None)
    answer = answer_from_json(question, stored.content if stored else EMPTY)
    fresh = followed(answer, derived(question, before), derived(question, after))
    if fresh is not None:
        content = _content(answer_to_json(fresh))
        save_answer(ask=ask, content=content, version=stored.version if stored else 0, by=by, at=at)


def as_listed(item: ListItem) -> Listed:
    """A row of a list as a value, without looking at its evidence."""
    return listed(str(item.pk), item.kind, item.name, item.provider, item.is_digital, item.content, item.url, None, None)


def _refuse_sent(asks: Sequence[Ask], things: Sequence[Listed]) -> None:
    if asks and not any(ask.editable for ask in asks):
        raise ListLocked(asks[0].code)
    for ask in asks:
        if not ask.editable and any(counts(question_of(ask), thing) for thing in things):
            raise ListLocked(ask.code)


def _refuse_twice(round: Round, agency: Agency, kind: str, things: Sequence[Thing]) -> None:
    keys = [name_key(thing.name) for thing in things]
    standing = set(
        ListItem.objects.filter(round=round, agency=agency, kind=kind, removed_at=None, key__in=keys).values_list(
            "key", flat=True
        )
    )
    twice = [
        thing.name
        for place, (thing, key) in enumerate(zip(things, keys, strict=True))
        if key in standing or key in keys[:place]
    ]
    if twice:
        raise NamedTwice(twice)


@contextmanager
def _named_once(things: Sequence[Thing]) -> Iterator[None]:
    """Where no row of the agency is there to be held, only the database knows who was first: its word in ours."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as broken:
        raise NamedTwice([thing.name for thing in things]) from broken


def _held(item: ListItem) -> ListItem:
    return ListItem.objects.select_for_update(of=("self",)).select_related("by").get(pk=item.pk)


def _item(item: ListItem, thing: Thing, by: Person, at: datetime) -> ListItem:
    item.name, item.key = thing.name, name_key(thing.name)
    item.unit, item.url, item.is_digital, item.provider = thing.unit, thing.url, thing.is_digital, thing.provider
    item.content, item.evidence, item.by, item.at = thing.content, thing.evidence, by, at
    return item


def _said(item: ListItem) -> tuple[object, ...]:
    return (item.name, item.unit, item.url, item.is_digital, item.provider, item.content, item.evidence_id)


def _content(told: Content) -> Content:
    """What is kept of an answer: the things behind it stay in their own rows."""
    return {key: value for key, value in told.items() if key not in ("items", "evidence")}


def _tell(event: str, round: Round, agency: Agency, by: Person, at: datetime, details: dict[str, object]) -> None:
    record(event, by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details={"agency": agency.code, **details})
