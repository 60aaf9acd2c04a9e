"""Asks and answers for programs: the same rules, refusals and versions as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from phrom.agencies.requests import SignedRequest
from phrom.survey.actions.answering import EMPTY, AnswerConflict, question_of, save_answer
from phrom.survey.models import Ask
from phrom.survey.models.scopes import ask_to_save_or_404, asks_within
from phrom.survey.pages.saved import conflict_reply, saved_reply

router = Router(tags=["asks"])
MOST = 9_223_372_036_854_775_807
Number = Annotated[int, Field(ge=0, le=MOST)]


class Problem(Schema):
    """A refusal: its name, one sentence in Thai and in English, and the place it is about."""

    error: str
    th: str
    en: str
    where: str


class Content(Schema, extra="forbid"):
    """An answer. `value` by the row's kind: true or false, choice codes, a whole number, text, "12.50", "2024-06-11"."""

    value: bool | int | str | list[str] | None = None
    detail: bool | str | None = None
    provider: Literal["own", "both", "parent", ""] = ""
    cannot: str = ""


class AnswerIn(Schema, extra="forbid"):
    """A new text upon the version it was written on (0: nothing was stored yet)."""

    version: Annotated[int, Field(ge=0, le=999_999_999)]
    content: Content


class AskOut(Schema):
    """One row put to one agency, with what is stored (`version` 0: nothing). `editable`: not sent, or sent back."""

    id: int
    round: int
    agency: str
    code: str
    text: str
    kind: str
    lead: bool
    state: str
    editable: bool
    version: int
    saved_at: datetime | None
    content: Content


class Saved(Schema):
    """What is stored now."""

    version: int
    saved_at: str
    saved_at_th: str
    state: str
    given: bool


class Conflict(Problem):
    """Both texts (absent when the row is locked or the round frozen) and the version to write upon."""

    mine: Content | None = None
    theirs: Content | None = None
    theirs_by: str = ""
    theirs_at: str = ""
    version: int | None = None


REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 503: Problem}


class Which(Schema):
    """Which asks: of one round, of one agency, after an id, how many."""

    round: Number | None = None
    agency: Annotated[str, Field(max_length=60)] = ""
    after: Number = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


@router.get("/asks", response={200: list[AskOut], **REFUSALS}, url_name="asks", summary="The asks I may read, by id")
def asks(request: SignedRequest, which: Query[Which]) -> list[dict[str, Any]]:
    """Rows of the agencies whose answers the signed-in person may read; the next page starts after the last id."""
    found = asks_within(request.access, "answer.view").filter(withdrawn_at=None, pk__gt=which.after)
    if which.round is not None:
        found = found.filter(round=which.round)
    if which.agency:
        found = found.filter(agency__code=which.agency.replace("\0", ""))
    return [_out(ask) for ask in found.order_by("pk")[: which.limit]]


@router.get("/asks/{int:ask_id}", response={200: AskOut, **REFUSALS}, url_name="ask", summary="One ask")
def ask(request: SignedRequest, ask_id: Number) -> dict[str, Any]:
    """One row; 404 for what is not there and for what is somebody else's."""
    return _out(get_object_or_404(asks_within(request.access, "answer.view"), pk=ask_id, withdrawn_at=None))


@router.put(
    "/asks/{int:ask_id}/answer",
    response={200: Saved, 409: Conflict, **REFUSALS},
    url_name="ask_answer",
    summary="Save an answer",
)
def put_answer(request: SignedRequest, ask_id: Number, posted: AnswerIn) -> Any:
    """Store the content upon its version. 409 with both texts when it is not the newest, or when the row may not be changed."""
    found = ask_to_save_or_404(request.access, ask_id)
    content = posted.content.model_dump()
    try:
        answer = save_answer(ask=found, content=content, version=posted.version, by=request.user, at=request.at)
    except AnswerConflict as conflict:
        return Status(409, conflict_reply(conflict))
    return saved_reply(answer, found)


def _out(ask: Ask) -> dict[str, Any]:
    answer, question = getattr(ask, "answer", None), question_of(ask)
    return {
        "id": ask.pk,
        "round": ask.round_id,
        "agency": ask.agency.code,
        "code": ask.code,
        "text": question.text,
        "kind": question.kind.value,
        "lead": ask.lead,
        "state": ask.state,
        "editable": ask.editable and not ask.round.is_frozen,
        "version": answer.version if answer else 0,
        "saved_at": answer.at if answer else None,
        "content": answer.content if answer else EMPTY,
    }
