"""Rows to sheets: the single bridge from what is stored in a round to what the scoring rules eat.

Which answers count: the province's proposal is made from accepted answers only. With `reviewed_only=False` answers that wait
for review count too; that is a preview and every page that shows it says so. A frozen set is made from accepted answers.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition, Merge, Question
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.listing import Listed, derived
from phrom.rules.scoring.merge import Merged, Provenance, Source, merge
from phrom.rules.scoring.readings import claimed, evidenced
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Proof
from phrom.survey.listed import items_of
from phrom.survey.models import Ask, AskState, EvidenceLink, ListItem, ProvinceAnswer, Round

REVIEWED = (AskState.ACCEPTED,)
SENT = (AskState.ACCEPTED, AskState.SUBMITTED)
ALL = tuple(AskState)


@dataclass(frozen=True)
class RoundAnswers:
    """A round's standing asks with their answers as values; `sheets` in the agencies' order."""

    asks: tuple[Ask, ...]
    answers: Mapping[int, Answer]

    def sheets(self, states: Iterable[str] = REVIEWED) -> tuple[AgencySheet, ...]:
        """One sheet for each agency that is asked anything; answers in other states are left out, the lead is kept."""
        counted = frozenset(states)
        agencies: dict[int, Agency] = {}
        answers: dict[int, dict[str, Answer]] = defaultdict(dict)
        asked: dict[int, set[str]] = defaultdict(set)
        leads: dict[int, set[str]] = defaultdict(set)
        for ask in self.asks:
            agencies[ask.agency_id] = ask.agency
            asked[ask.agency_id].add(ask.code)
            if ask.lead:
                leads[ask.agency_id].add(ask.code)
            if ask.state in counted and ask.pk in self.answers:
                answers[ask.agency_id][ask.code] = self.answers[ask.pk]
        return tuple(
            AgencySheet(agency.code, agency.name, AnswerSheet(answers[pk]), frozenset(leads[pk]), frozenset(asked[pk]))
            for pk, agency in sorted(agencies.items(), key=lambda item: (item[1].position, item[1].name))
        )


def answers_of(round: Round, edition: Edition, *, agency: Agency | None = None) -> RoundAnswers:
    """Read a round, or one agency's part of it: two queries for any number of agencies, one more where things are listed."""
    lists = Exists(ListItem.objects.filter(round=round))
    asks = Ask.objects.filter(round=round, withdrawn_at=None).select_related("agency", "answer").annotate(lists=lists)
    if agency is not None:
        asks = asks.filter(agency=agency)
    found = tuple(asks.order_by("agency__position", "agency__name", "position"))
    proofs = proofs_of(round, agency=agency)
    items = items_of(round, edition, agency=agency) if any(ask.lists for ask in found) else {}
    answers = {
        ask.pk: _with_items(
            edition.by_code[ask.code],
            answer_of(edition, ask.code, ask.answer.content, proofs.get(ask.pk, ())),
            items.get(ask.agency_id, ()),
        )
        for ask in found
        if hasattr(ask, "answer") and ask.code in edition.by_code
    }
    return RoundAnswers(found, answers)


def proofs_of(
    round: Round, *, agency: Agency | None = None, asks: Collection[int] | None = None
) -> dict[int, tuple[Proof, ...]]:
    """Evidence by ask id, in the order it was added; what was taken away is left out. Of a round, an agency or some asks."""
    links = EvidenceLink.objects.filter(ask__round=round, removed_at=None)
    if asks is not None:
        links = links.filter(ask__in=asks)
    if agency is not None:
        links = links.filter(ask__agency=agency)
    gathered: dict[int, list[Proof]] = defaultdict(list)
    of_link = ("page", "quotation")
    of_evidence = ("issued_on", "starts_on", "ends_on", "letter")
    rows = links.order_by("id").values_list(
        "ask_id",
        "evidence__name",
        "slot",
        "evidence__url",
        "evidence__file__sha256",
        *of_link,
        *(f"evidence__{n}" for n in of_evidence),
    )
    for ask_id, name, slot, url, sha256, *more in rows:
        told = dict(zip((*of_link, *of_evidence), more, strict=True))
        gathered[ask_id].append(Proof(name, slot, ref=url or f"sha256:{sha256}", **told))
    return {ask_id: tuple(found) for ask_id, found in gathered.items()}


def _with_items(question: Question, answer: Answer, items: tuple[Listed, ...]) -> Answer:
    """The answer with the things behind it, also where somebody typed otherwise than they give."""
    return replace(answer, items=derived(question, items).items) if items and question.listing else answer


def answer_of(edition: Edition, code: str, content: Mapping[str, object], proofs: tuple[Proof, ...] = ()) -> Answer:
    """One stored answer as a value, with its evidence."""
    return replace(answer_from_json(edition.by_code[code], dict(content)), proofs=proofs)


def overrides_of(round: Round, edition: Edition) -> dict[str, Answer]:
    """The province's own decisions against the rule, by row code: one query."""
    rows = ProvinceAnswer.objects.filter(round=round)
    return {row.code: answer_from_json(edition.by_code[row.code], row.content) for row in rows if row.code in edition.by_code}


def province_of(round: Round, edition: Edition, *, reviewed_only: bool = True) -> Merged:
    """The provincial answers as they stand now, with provenance: three queries."""
    return merged(edition, answers_of(round, edition), overrides_of(round, edition), reviewed_only=reviewed_only)


def merged_from_set(edition: Edition, document: str) -> Merged:
    """The provincial answers of a frozen set as they were decided then; nothing is computed anew."""
    data = json.loads(document)
    rows = {code: _provenance(edition.by_code[code], row) for code, row in data["provenance"].items()}
    answers = {code: answer_from_json(edition.by_code[code], answer) for code, answer in data["answers"].items()}
    return Merged(AnswerSheet(answers), {code: replace(row, answer=answers.get(code, Answer())) for code, row in rows.items()})


def _provenance(question: Question, data: Mapping[str, Any]) -> Provenance:
    sources = tuple(Source(**{**source, "answer": answer_from_json(question, source["answer"])}) for source in data["sources"])
    proposed = answer_from_json(question, data["proposed"])
    return Provenance(Merge(data["rule"]), proposed, data["because"], sources, data["overridden"], proposed)


def merged(
    edition: Edition,
    found: RoundAnswers,
    overrides: Mapping[str, Answer],
    *,
    reviewed_only: bool = True,
    only: Collection[str] | None = None,
) -> Merged:
    """The provincial answers from what was read already, all or `only` of some rows: no query.

    A decision of the province rests on the evidence that the agencies brought to the row, used or not.
    """
    agencies = found.sheets(REVIEWED if reviewed_only else SENT)
    return merge(edition, agencies, _proved_by(agencies, overrides), only=only)


def said(edition: Edition, found: RoundAnswers, overrides: Mapping[str, Answer]) -> tuple[Merged, Merged]:
    """Two readings of everything that was said, sent or not: as it is claimed, and what of it is proved. No query."""
    agencies = found.sheets(ALL)
    decided = _proved_by(agencies, overrides)
    return claimed(edition, agencies, decided), evidenced(edition, agencies, decided)


def _proved_by(agencies: Sequence[AgencySheet], overrides: Mapping[str, Answer]) -> dict[str, Answer]:
    """The decisions with the evidence that the agencies brought to their rows."""
    proofs = {code: tuple(p for each in agencies for p in each.sheet.get(code).proofs) for code in overrides}
    return {code: replace(answer, proofs=proofs[code]) for code, answer in overrides.items()}
