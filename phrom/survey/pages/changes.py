"""What an agency changed between two times of handing in: the answer's parts in words, evidence put there and taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.changes import Change, changes
from phrom.rules.scoring.sheet import Answer
from phrom.survey.models import AnswerVersion, EvidenceLink, Review, ReviewKind
from phrom.survey.sheets import answer_of

LEFT_THE_AGENCY = (ReviewKind.SUBMITTED,)
LEFT_ITS_WRITER = (ReviewKind.SUBMITTED, ReviewKind.PREPARED)


@dataclass(frozen=True)
class Since:
    """What is new in the `number`th handing in; nothing of all that means that it came again as it was."""

    number: int
    parts: tuple[Change, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def same(self) -> bool:
        """True when nothing was changed."""
        return not (self.parts or self.added or self.removed)


def since_last(
    edition: Edition,
    code: str,
    *,
    steps: Iterable[Review],
    versions: Iterable[AnswerVersion],
    links: Iterable[EvidenceLink],
    kinds: Collection[str] = LEFT_THE_AGENCY,
) -> Since | None:
    """The newest handing in against the one before; None when there was none before. No query.

    `steps` are all reviews of the ask, `versions` all of its versions, `links` all of its evidence, also what was taken away.
    """
    given = [step for step in sorted(steps, key=lambda step: step.pk) if step.kind in kinds]
    if len(given) < 2:
        return None
    before, now = given[-2:]
    contents = {version.version: version for version in versions}
    parts = changes(edition.by_code[code], _then(edition, code, contents, before), _then(edition, code, contents, now))
    papers = sorted(links, key=lambda link: link.pk)
    return Since(
        number=len(given),
        parts=parts,
        added=_names(link for link in papers if _there(link, now) and not _there(link, before)),
        removed=_names(link for link in papers if _there(link, before) and not _there(link, now)),
    )


def _then(edition: Edition, code: str, contents: Mapping[int, AnswerVersion], step: Review) -> Answer:
    version = contents.get(step.version)
    return answer_of(edition, code, version.content) if version else Answer()


def _there(link: EvidenceLink, step: Review) -> bool:
    """True when the evidence stood under the row at the time of the step."""
    return link.added_at <= step.at and (link.removed_at is None or link.removed_at > step.at)


def _names(links: Iterable[EvidenceLink]) -> tuple[str, ...]:
    return tuple(link.evidence.name for link in links)
