"""What every form keeps to: nothing made twice, nothing longer than its column, a name on one line."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from phrom.shared.ui.typed import OneLine

ROOMS = ("agencies", "committee", "meetings", "survey", "letters", "rollout", "results")

# Sent twice these do what one sending does: they set what is said, or the thing's own state refuses the second.
THE_SAME_TWICE = {
    "invitation": "an invitation is used up by its first acceptance",
    "invite": "a second invitation to the same place replaces the first",
    "invitation_resend": "as invite",
    "invitation_withdraw": "withdrawn already",
    "membership_end": "sets a day",
    "membership_hand_over": "the successor holds the role already",
    "account_close": "sets a state",
    "account_reopen": "sets a state",
    "head_step": "sets a state",
    "session_end": "ended already",
    "sessions_end": "ended already",
    "paper_settings": "sets what is said",
    "paper_emblem_remove": "gone already",
    "paper_template": "replaces",
    "paper_template_withdraw": "gone already",
    "order_attach": "an order has one file",
    "seat_remove": "gone already",
    "meeting_change": "the same time and place change nothing and are told to nobody",
    "meeting_cancel": "called off already",
    "meeting_invite": "invited already",
    "meeting_reply": "sets what is said",
    "agenda_freeze": "frozen already",
    "agenda_item": "sets what is said",
    "agenda_item_move": "one step on, as asked",
    "agenda_item_remove": "gone already",
    "agenda_item_withdraw": "withdrawn already",
    "paper": "sets what is said",
    "paper_move": "one step on, as asked",
    "paper_remove": "gone already",
    "paper_refresh": "replaces",
    "attendance": "sets what is said",
    "meeting_time": "sets what is said",
    "participant_remove": "gone already",
    "resolution_correct": "goes by the version that was seen",
    "minutes_comment_answer": "sets what is said",
    "minutes_edit": "goes by the version that was seen",
    "ecms_bring": "the same message is taken once",
    "minutes_item": "goes by the version that was seen",
    "minutes_pen": "one pen",
    "adoption": "sets what is said",
    "open_matters_bring": "each matter stands on an agenda once",
    "programme_settings": "sets what is said",
    "programme_party": "the same party in the same role stands there once",
    "programme_target": "sets what is said",
    "districts": "sets what is said",
    "offices_enrol": "each office is invited once",
    "letter_edit": "goes by the version that was seen",
    "letter_recipients": "goes by the version that was seen",
    "letter_attachments": "goes by the version that was seen",
    "letter_references": "goes by the version that was seen",
    "letter_part_remove": "goes by the version that was seen",
    "letter_submit": "submitted already",
    "letter_approve": "approved already",
    "letter_return": "returned already",
    "letter_give_up": "given up already",
    "exchange_inbox": "a delivery id is taken once",
    "exchange_ack": "a receipt is kept once",
    "exchange_name": "sets what is said",
    "peer_learn": "the same address is the same peer",
    "peer_approve": "approved already",
    "peer_block": "blocked already",
    "peer_ways": "sets what is said",
    "peer_look_up": "reads again",
    "exchange_try": "sets a moment",
    "exchange_alarm_seen": "seen already",
    "exchange_offices": "days that overlap are refused",
    "hosting_end": "sets a day",
    "letter_recall": "what was called back stays so",
    "letter_void": "void already",
    "recipient_recall": "called back already",
    "recipient_resend": "the state refuses the second",
    "recipient_dispatch": "sent already",
    "recipient_outcome": "sets what is said",
    "incoming_accept": "accepted already: the same number",
    "incoming_answer": "the draft that was begun is opened again",
    "recipient_dispute": "the state refuses the second",
    "secret_glass": "the right that holds is the same; each try is in the journal",
    "secret_reader_end": "ended already",
    "register_void": "void already",
    "register_import": "a file is only looked at; the preview's button carries the key",
    "office_settings": "sets what is said",
    "retention_electronic": "sets what is said",
    "letter_retention": "sets what is said",
    "incoming_retention": "sets what is said",
    "destruction_step": "a step that was taken is refused",
    "destruction_approve": "as destruction_step",
    "destruction_item": "sets what is said",
    "list_item": "the same words change nothing",
    "list_item_remove": "gone already",
    "section_save": "goes by the version that was seen",
    "answer_save": "goes by the version that was seen",
    "evidence_add": "the same file or address stands under a row once",
    "evidence_remove": "gone already",
    "evidence_say": "sets what is said",
    "evidence_newest": "the newest version stands there already",
    "library_say": "sets what is said",
    "library_share": "sets a state",
    "library_use": "as evidence_add",
    "bulk": "the same file lies in the library once; the second sending reports a duplicate",
    "edition_import": "reads again; nothing is kept",
    "rekey": "ticked already: who was first stands",
    "check": "leads to an address; nothing is kept",
}

# Limits that are no column of that name: where the text is kept, or why it has its own.
KEPT_ELSEWHERE = {
    "AcceptForm.password": "hashed",
    "AcceptForm.again": "compared",
    "Override.seen": "a hash of what was seen",
    "Decision.seen": "a hash of what was seen",
    "LaySet.seen": "a hash of what was seen",
    "CheckForm.sha256": "looked for, kept nowhere; longer than a hash because blanks may stand between",
    "TableSource.text": "read into a report; nothing is kept",
    "JustifyForm.key": "Justification's check_code, code and subject",
    "JustifyForm.text": "Justification.text",
    "NewItem.reason": "in the journal",
    "Reason.reason": "in the journal and the mail",
    "Decide.reason": "FollowUpNote.text",
    "ApprovalRecord.document": "DestructionList.approved_document",
    "Sent.number": "DestructionList.sent_number",
    "Answered.number": "DestructionList.answer_number",
    "EditLetter.acting_whom": "Letter.acting_for, after the words of ACTING",
    "ByName.names": "a Recipient for each line",
    "Look.q": "looked for, kept nowhere",
    "DispatchForm.how": "RecipientStatus.by_name",
    "OutcomeForm.number": "Recipient.accept_number and answer_number",
    "OutcomeForm.who": "RecipientStatus.by_name",
    "InsertForm.title": "Paper.title, which is the meetings' room",
}
READ_INTO_A_VALUE = {"ThaiDate", "ClockTime", "Whole"}
NAMES = {"name", "title", "position", "office", "taker", "checker", "taker_position", "checker_position", "chair_post"}


def routes(patterns: list[Any]) -> Iterator[URLPattern]:
    """Every route of ours."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif inspect.unwrap(pattern.callback).__module__.startswith("phrom."):
            yield pattern


def source_of(route: URLPattern) -> str:
    """The view with every function of its file that it calls."""
    view = inspect.unwrap(route.callback)
    tree = ast.parse(Path(str(sys.modules[view.__module__].__file__)).read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    wanted, found = [view.__name__], dict[str, str]()
    while wanted:
        name = wanted.pop()
        if name in functions and name not in found:
            found[name] = ast.unparse(functions[name])
            wanted += [node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)]
    return "\n".join(found.values())


TAKING = {route.name: source_of(route) for route in routes(get_resolver().url_patterns)}
TAKING = {name: source for name, source in TAKING.items() if "POST" in source}


def test_every_form_makes_its_thing_once() -> None:
    """Use `once_for(request, request.at, ...)` with `{% once_key %}` in the form, or say above why twice is the same."""
    assert len(TAKING) > 40
    assert [name for name, source in TAKING.items() if "once_for(" not in source and name not in THE_SAME_TWICE] == []


def test_every_excuse_is_needed() -> None:
    needed = {str(name) for name, source in TAKING.items() if "once_for(" not in source}
    assert set(THE_SAME_TWICE) - needed == set()


def test_no_key_is_used_up_without_its_person_and_content() -> None:
    """`once` alone knows only the key; a view says `once_for(request, request.at, ...)`."""
    views = Path(__file__).resolve().parents[2].glob("phrom/*/views/*.py")
    assert [path.name for path in views if "import once\n" in path.read_text(encoding="utf-8")] == []


def fields() -> Iterator[tuple[str, str, forms.Field]]:
    """Room, form and field of everything that is typed; what allauth brings is limited in tests/agencies."""
    for room in ROOMS:
        package = importlib.import_module(f"phrom.{room}.forms")
        inner = pkgutil.iter_modules(getattr(package, "__path__", []), f"{package.__name__}.")
        for module in [package, *(importlib.import_module(each.name) for each in inner)]:
            for name, kind in vars(module).items():
                ours = isinstance(kind, type) and issubclass(kind, forms.BaseForm) and kind.__module__ == module.__name__
                if ours and not any(base.__module__.startswith("allauth.") for base in kind.__mro__):
                    yield from ((room, f"{name}.{field}", asked) for field, asked in kind.base_fields.items())


TEXTS = [each for each in fields() if isinstance(each[2], forms.CharField) and type(each[2]).__name__ not in READ_INTO_A_VALUE]
each_text = pytest.mark.parametrize(("room", "where", "field"), TEXTS, ids=[where for _, where, _ in TEXTS])


@each_text
def test_every_text_is_as_long_as_its_column(room: str, where: str, field: forms.CharField) -> None:
    columns = [
        column
        for model in apps.get_models()
        if model.__module__.startswith(f"phrom.{room}.")
        for column in model._meta.fields
        if column.name == where.split(".")[1] and isinstance(column, models.CharField | models.TextField)
    ]
    assert field.max_length is not None and field.max_length <= 100_000
    assert columns or where in KEPT_ELSEWHERE
    if columns and where not in KEPT_ELSEWHERE:
        assert field.max_length in {column.max_length for column in columns} or any(not each.max_length for each in columns)


@each_text
def test_a_name_is_typed_on_one_line(room: str, where: str, field: forms.CharField) -> None:
    assert where.split(".")[1] not in NAMES or isinstance(field, OneLine)
