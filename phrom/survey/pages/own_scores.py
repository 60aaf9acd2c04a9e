"""What an agency's own answers would earn before they are put together with the others': said, proved, accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from phrom.rules.scoring.marks import mark
from phrom.rules.scoring.readings import proved
from phrom.rules.scoring.rounding import two_places
from phrom.rules.scoring.sheet import Stance
from phrom.survey.actions.submitting import Standing
from phrom.survey.models import AskState


@dataclass(frozen=True)
class OwnScores:
    """Points of `out_of`, of the rows that the agency answers itself; `confirmed` rows are the owner's and not in it."""

    claimed: Decimal
    evidenced: Decimal
    reviewed: Decimal
    out_of: Decimal
    confirmed: int


def own_scores(rows: Iterable[Standing]) -> OwnScores:
    """From rows that were read already: no query. Rows off the path are asked of nobody and left out."""
    asked = [row for row in rows if row.asked and row.question.points is not None]
    own = [row for row in asked if row.answer.stance is not Stance.CONFIRMS]
    earned = {row.ask.pk: mark(row.question, row.answer).earned for row in own}
    papers = [row for row in own if proved(row.question, row.answer)]
    accepted = [row for row in own if row.ask.state == AskState.ACCEPTED]
    return OwnScores(
        claimed=two_places(sum(earned.values(), Fraction(0))),
        evidenced=two_places(sum((earned[row.ask.pk] for row in papers), Fraction(0))),
        reviewed=two_places(sum((earned[row.ask.pk] for row in accepted), Fraction(0))),
        out_of=sum((row.question.points.out_of for row in own if row.question.points), Decimal(0)),
        confirmed=len(asked) - len(own),
    )
