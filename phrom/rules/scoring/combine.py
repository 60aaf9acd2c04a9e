"""Putting several agencies' answers to one row together. Answers come named and in the order of agency codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.claims import amount, positive
from phrom.rules.scoring.sheet import Answer, Item, Proof, Provider, Value

Named = tuple[str, Answer]


def one_of(question: Question, best: Answer, answers: Sequence[Named]) -> Answer:
    """The best answer's value, with the details, providers, named things and evidence of all."""
    return replace(
        best,
        items=items(answer for _, answer in answers),
        detail=_detail(question, best, answers),
        provider=providers(answer for _, answer in answers),
        proofs=proofs(answer for _, answer in answers),
    )


def best_of(question: Question, answers: Sequence[Named]) -> Answer:
    """The answer that earns most; of equal ones the first."""
    return max((answer for _, answer in answers), key=lambda answer: amount(question, answer))


def union(question: Question, answers: Sequence[Named]) -> Answer:
    """Every choice that somebody ticked, in the edition's order; for other kinds the answer that earns most."""
    ticked = {code for _, answer in answers if isinstance(answer.value, tuple) for code in answer.value}
    value = tuple(choice.code for choice in question.choices if choice.code in ticked)
    return _with_value(question, answers, value if question.kind is Kind.MANY else best_of(question, answers).value)


def intersection(question: Question, answers: Sequence[Named]) -> Answer:
    """The choices that everybody ticked."""
    everybody = [set(answer.value) for _, answer in answers if isinstance(answer.value, tuple)]
    common = set.intersection(*everybody) if everybody else set()
    return _with_value(question, answers, tuple(choice.code for choice in question.choices if choice.code in common))


def least(question: Question, answers: Sequence[Named]) -> Answer:
    """The value of the answer that earns least; of equal ones the first."""
    return _with_value(question, answers, min((answer for _, answer in answers), key=lambda each: amount(question, each)).value)


def total(question: Question, answers: Sequence[Named]) -> Answer:
    """Counts added up, each named thing once whoever counts it; for other kinds as `union`."""
    if question.kind is not Kind.COUNT:
        return union(question, answers)
    tally = tally_of(answer for _, answer in answers)
    return replace(_with_value(question, answers, tally.once + tally.unnamed), items=tally.items)


@dataclass(frozen=True)
class Tally:
    """What several counts come to: named things each once, how many times they were named, and what has no name."""

    items: tuple[Item, ...]
    named: int
    unnamed: int

    @property
    def once(self) -> int:
        """How many different things were named."""
        return len(self.items)


def tally_of(answers: Iterable[Answer]) -> Tally:
    """Counts with their lists. A count above its list adds the rest unnamed; one below its list does not stand for it, so it
    is added as it is, without names. So the whole is never above the plain sum, and equal where nothing was named twice.
    """
    listed, named, unnamed = [], 0, 0
    for answer in answers:
        count, own = _count(answer), len(answer.items)
        if 0 < own <= count:
            listed.append(answer)
            named, unnamed = named + own, unnamed + count - own
        else:
            unnamed += count
    return Tally(items(listed), named, unnamed)


def counted_once(answers: Iterable[Answer]) -> str:
    """For the sentence under a sum: what was counted from lists and what was in them more than once."""
    tally = tally_of(answers)
    if not tally.named:
        return " (ตรวจรายการซ้ำก่อนส่ง)"
    twice = tally.named - tally.once
    found = f"ซ้ำกัน {twice} รายการ นับครั้งเดียว" if twice else "ไม่มีรายการที่ระบุว่าซ้ำกัน"
    rest = f" และจำนวนที่ไม่มีในบัญชีอีก {tally.unnamed} (ตรวจรายการซ้ำก่อนส่ง)" if tally.unnamed else ""
    return f" นับจากบัญชี {tally.named} รายการ {found}{rest}"


def items(answers: Iterable[Answer]) -> tuple[Item, ...]:
    """All named things, each once; of the same thing the first that can be seen somewhere."""
    found: dict[str, Item] = {}
    for item in (item for answer in answers for item in answer.items):
        known = found.setdefault(item.ref, item)
        if item.proof and not known.proof:
            found[item.ref] = replace(known, proof=item.proof)
    return tuple(found.values())


def _count(answer: Answer) -> int:
    return answer.value if type(answer.value) is int else 0


def joined_text(question: Question, answers: Sequence[Named]) -> Answer:
    """Texts one under the other, each with its agency's name; for other kinds as `union`."""
    if question.kind is not Kind.TEXT:
        return union(question, answers)
    texts = [(name, answer.value) for name, answer in answers if isinstance(answer.value, str)]
    return _with_value(question, answers, _lines(texts))


def _with_value(question: Question, answers: Sequence[Named], value: Value) -> Answer:
    said = [named for named in answers if positive(named[1].value)] or list(answers)
    return replace(one_of(question, best_of(question, said), said), value=value, cannot="")


def _lines(texts: Iterable[tuple[str, str]]) -> str:
    several = list(texts)
    return several[0][1] if len(several) == 1 else "\n".join(f"{name}: {text}" for name, text in several)


def _detail(question: Question, best: Answer, answers: Sequence[Named]) -> str | Decimal | bool | None:
    """Texts joined with names, yes if anybody's is yes, a percent from the best answer."""
    details = [(name, answer.detail) for name, answer in answers if answer.detail is not None]
    if not details or question.detail is None:
        return None
    match question.detail.kind:
        case Kind.YES_NO:
            return any(detail is True for _, detail in details)
        case Kind.PERCENT:
            return best.detail
        case _:
            return _lines((name, str(text)) for name, text in details)


def providers(answers: Iterable[Answer]) -> Provider:
    """One word for several: both when own and parent meet; the unknown adds nothing."""
    said = {answer.provider for answer in answers} - {Provider.UNKNOWN}
    if len(said) > 1:
        return Provider.BOTH
    return said.pop() if said else Provider.UNKNOWN


def proofs(answers: Iterable[Answer]) -> tuple[Proof, ...]:
    """All evidence, each piece once."""
    return tuple(dict.fromkeys(proof for answer in answers for proof in answer.proofs))
