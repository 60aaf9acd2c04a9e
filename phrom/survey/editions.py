"""The edition that a survey pinned, parsed once a process."""

from __future__ import annotations

from phrom.rules.instrument.canonical import edition_from_json
from phrom.rules.instrument.model import Edition
from phrom.survey.models import Survey

_KEPT: dict[str, Edition] = {}


def edition_of(survey: Survey) -> Edition:
    """The survey's edition. A query loads `document` only the first time a process meets the hash, if it was deferred."""
    kept = _KEPT.get(survey.edition_hash)
    if kept is None:
        kept = _KEPT[survey.edition_hash] = edition_from_json(survey.document)
    return kept
