"""Is the round ready to be handed in: what blocks, what warns and whether somebody said why it may stand.

Everything is read in a handful of queries, then judged by pure functions: those of `phrom.rules.scoring.checks` about the
answers, those of `phrom.survey.work` about the work (who has not sent, what waits).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Exists, Max, OuterRef, Q, Subquery

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.checks.case import Problem, Severity
from phrom.rules.scoring.checks.province import Province, check_province, host_of
from phrom.rules.scoring.merge import Merged
from phrom.rules.scoring.sheet import Stance
from phrom.shared.files.models import Scan
from phrom.survey import sheets
from phrom.survey.editions import edition_of
from phrom.survey.last_year import same_rows, year_before
from phrom.survey.models import (
    Answer,
    Ask,
    CarriedAnswer,
    EvidenceLink,
    Inquiry,
    Justification,
    ProvinceAnswer,
    Round,
    SetProposal,
)
from phrom.survey.work import Decision, Standing, Work, check_work

NOTHING = (False, False, False, False)


@dataclass(frozen=True)
class Finding:
    """One line of the page: the problem, whose it is, the ask where it is, and why it may stand, if somebody said."""

    problem: Problem
    agency: Agency | None = None
    ask_id: int | None = None
    justified: Justification | None = None

    @property
    def subject(self) -> str:
        """What a justification is bound to: it is void once the finding says something else."""
        told = f"{self.problem.agency}|{self.problem.th}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def key(self) -> str:
        """The finding's name in forms."""
        return f"{self.problem.code}|{self.problem.row}|{self.subject}"

    @property
    def blocks(self) -> bool:
        """True for what must be put right."""
        return self.problem.severity is Severity.ERROR

    @property
    def open(self) -> bool:
        """True for a warning for which nobody said anything."""
        return not self.blocks and self.justified is None


@dataclass(frozen=True)
class Judged:
    """A round judged: every finding, and justifications whose finding is gone or says something else now."""

    findings: tuple[Finding, ...]
    void: tuple[Justification, ...]
    asks: tuple[Standing, ...]
    merged: Merged
    edition: Edition

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What blocks."""
        return tuple(each for each in self.findings if each.blocks)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What nobody justified yet."""
        return tuple(each for each in self.findings if each.open)

    @property
    def justified(self) -> tuple[Finding, ...]:
        """Warnings that may stand, with the reason."""
        return tuple(each for each in self.findings if each.justified)


def judge(round: Round, *, today: date, editions: Path, last_total: bool, limits: Mapping[str, int]) -> Judged:
    """Judge a round: at most eleven queries, however many agencies. `limits` are what the portal's boxes take, by row."""
    edition = edition_of(round.survey)
    found = sheets.answers_of(round, edition)
    merged = sheets.merged(edition, found, sheets.overrides_of(round, edition))
    last = same_rows(year_before(round, edition, editions), edition)
    province = Province(edition, merged, last, edition.fiscal_year - 1, _word_of(round.body, found), limits)
    work = _work(round, edition, found, last_total)
    problems = [*check_province(province, today=today), *check_work(work)]
    agencies = {ask.agency.code: ask.agency for ask in work.asks}
    asks = {(ask.agency.code, ask.code): ask.id for ask in work.asks}
    reasons = {(j.check_code, j.code, j.subject): j for j in Justification.objects.filter(round=round).select_related("by")}
    place = {row.code: number for number, row in enumerate(edition.rows)}
    findings = []
    for problem in sorted(problems, key=lambda each: (each.severity is Severity.WARNING, place.get(each.row, -1), each.code)):
        bare = Finding(problem, agencies.get(problem.agency), asks.get((problem.agency, problem.row)))
        reason = None if bare.blocks else reasons.pop((problem.code, problem.row, bare.subject), None)
        findings.append(Finding(bare.problem, bare.agency, bare.ask_id, reason))
    return Judged(tuple(findings), tuple(reasons.values()), work.asks, merged, edition)


def _work(round: Round, edition: Edition, found: sheets.RoundAnswers, last_total: bool) -> Work:
    waits, outlived = _waits(round), _outlived(found.asks)
    given = {pk for pk, answer in found.answers.items() if answer.given}
    asks = tuple(
        Standing(
            ask.pk, ask.code, ask.agency, ask.lead, ask.state, ask.pk in given, *waits.get(ask.pk, NOTHING), ask.pk in outlived
        )
        for ask in found.asks
        if ask.code in edition.by_code
    )
    newest = SetProposal.objects.filter(round=round).order_by("-id").first()
    without = newest is not None and newest.resolution_id is None and newest.returned_at is None
    return Work(edition, asks, _decisions(round), without, last_total)


def _outlived(asks: Sequence[Ask]) -> set[int]:
    """Confirmations older than what the row's owner says now; no query."""
    answered = [ask for ask in asks if hasattr(ask, "answer")]
    anew = {ask.code: ask.answer.at for ask in answered if ask.lead}
    confirming = [ask for ask in answered if not ask.lead and ask.answer.content.get("stance") == Stance.CONFIRMS]
    return {ask.pk for ask in confirming if ask.code in anew and ask.answer.at < anew[ask.code]}


def _waits(round: Round) -> dict[int, tuple[bool, bool, bool, bool]]:
    """Asks about which something waits: inquiry, infected, not scanned, text of last year."""
    links = EvidenceLink.objects.filter(ask=OuterRef("pk"), removed_at=None)
    asks = Ask.objects.filter(round=round, withdrawn_at=None).annotate(
        inquiry=Exists(Inquiry.objects.filter(ask=OuterRef("pk"), closed_at=None)),
        infected=Exists(links.filter(evidence__file__scan=Scan.INFECTED)),
        unscanned=Exists(links.filter(evidence__file__scan=Scan.WAITING)),
        laid=Exists(CarriedAnswer.objects.filter(ask=OuterRef("pk"), settled_at=None)),
    )
    something = Q(inquiry=True) | Q(infected=True) | Q(unscanned=True) | Q(laid=True)
    rows = asks.filter(something).values_list("pk", "inquiry", "infected", "unscanned", "laid")
    return {pk: (inquiry, infected, unscanned, laid) for pk, inquiry, infected, unscanned, laid in rows}


def _decisions(round: Round) -> tuple[Decision, ...]:
    under = Answer.objects.filter(ask__round=round, ask__code=OuterRef("code"), ask__withdrawn_at=None).order_by()
    newest = Subquery(under.values("ask__code").annotate(last=Max("at")).values("last"))
    rows = ProvinceAnswer.objects.filter(round=round).annotate(newest=newest).values_list("code", "at", "newest")
    return tuple(Decision(*row) for row in rows)


def _word_of(body: Agency, found: sheets.RoundAnswers) -> str:
    """The body's code, where it is a word that some address given in the round holds: then its own addresses hold it."""
    word = "".join(letter for letter in body.code.lower() if letter.isascii() and letter.isalpha())
    values = [answer.value for answer in found.answers.values() if isinstance(answer.value, str)]
    addresses = [*values, *(proof.ref for answer in found.answers.values() for proof in answer.proofs)]
    return word if word and any(word in host_of(each).replace("-", "") for each in addresses) else ""
