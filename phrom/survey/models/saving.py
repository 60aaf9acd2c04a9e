"""What one autosave reads and writes, as plain SQL.

Every official's page does this every few seconds, and the ORM takes ten times longer to build these statements than the
database to run them (docs/performance.md). Everything else in the room goes through the ORM.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from phrom.agencies.models import Agency
from phrom.survey.models.answers import Answer
from phrom.survey.models.rounds import Ask, Round, Survey


def _own(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


_PARTS: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
    ("ask", Ask, _own(Ask)),
    ("agency", Agency, _own(Agency)),
    ("round", Round, ("id", "body_id", "survey_id", "internal_deadline", "frozen_at")),
    ("survey", Survey, ("id", "edition_hash")),
    ("body", Agency, _own(Agency)),
    ("answer", Answer, _own(Answer)),
)
_COLUMNS = ", ".join(f"{alias}.{name}" for alias, _, names in _PARTS for name in names)
_READ = (
    f"SELECT {_COLUMNS} FROM survey_ask ask"  # noqa: S608  names of our own columns
    " JOIN agencies_agency agency ON agency.id = ask.agency_id JOIN survey_round round ON round.id = ask.round_id"
    " JOIN survey_survey survey ON survey.id = round.survey_id JOIN agencies_agency body ON body.id = round.body_id"
    " LEFT JOIN survey_answer answer ON answer.ask_id = ask.id WHERE ask.id = %s"
)
_HOLD = "SELECT state, withdrawn_at FROM survey_ask WHERE id = %s"
_OVERWRITE = "UPDATE survey_answer SET version = %s, content = %s, by_id = %s, at = %s WHERE ask_id = %s AND version = %s"
_KEEP = "INSERT INTO survey_answerversion (ask_id, version, content, by_id, at) VALUES (%s, %s, %s, %s, %s)"
LARGEST = 2**63 - 1


def ask_to_save(ask_id: int) -> Ask | None:
    """The ask with agency, round, body, survey and answer as they stand, in one query; None when there is none."""
    if ask_id > LARGEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_READ, [ask_id])
        row = cursor.fetchone()
    return _assembled(row) if row else None


def hold(ask: Ask) -> None:
    """Read the ask's state anew and hold it until the transaction ends (by row on PostgreSQL, by IMMEDIATE on SQLite)."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD + lock, [ask.pk])
        ask.state, ask.withdrawn_at = cursor.fetchone()


def overwrite(answer: Answer, *, upon: int) -> bool:
    """Store the answer in place of exactly this version; False when that is not the newest any more."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERWRITE, [answer.version, *_said(answer), answer.ask_id, upon])
        return bool(cursor.rowcount == 1)


def keep_version(answer: Answer) -> None:
    """Append the answer to its history."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [answer.ask_id, answer.version, *_said(answer)])


def _said(answer: Answer) -> list[Any]:
    return [json.dumps(answer.content), answer.by_id, connection.ops.adapt_datetimefield_value(answer.at)]


def _assembled(row: Sequence[Any]) -> Ask:
    made: dict[str, Any] = {}
    start = 0
    for alias, model, names in _PARTS:
        made[alias] = model.from_db("default", names, [_aware(value) for value in row[start : start + len(names)]])
        start += len(names)
    ask: Ask = made["ask"]
    ask.agency, ask.round = made["agency"], made["round"]
    ask.round.survey, ask.round.body = made["survey"], made["body"]
    if made["answer"].pk is not None:
        made["answer"].content = json.loads(made["answer"].content)
        ask._state.fields_cache["answer"] = made["answer"]
    return ask


def _aware(value: Any) -> Any:
    """A moment as the ORM gives it: SQLite keeps UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
