"""Every event that the code writes into the journal has its sentence, and no sentence is left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from phrom.letters.models import RecipientState, StepKind
from phrom.shared.journal.sentences import SENTENCES
from phrom.survey.models import ReviewKind

CODE = Path(__file__).resolve().parents[2] / "phrom"
WRITERS = {
    "record",
    "_tell",
    "tell_letter",
    "tell_incoming",
    "tell_register",
    "tell_destruction",
    "tell_office",
    "tell_evidence",
}


def events() -> Iterator[str]:
    """The first argument of every call that writes an entry; of a name, what its function gives to it."""
    for path in CODE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            given = {name_of(each.targets[0]): each.value for each in ast.walk(function) if isinstance(each, ast.Assign)}
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and node.args and name_of(node.func) in WRITERS:
                    first = node.args[0]
                    yield from texts(given.get(first.id, first) if isinstance(first, ast.Name) else first)


def texts(value: ast.expr) -> list[str]:
    """A text, or both texts of a choice; nothing for what is put together."""
    chosen = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    return [each.value for each in chosen if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_event_has_its_sentence_and_every_sentence_its_event() -> None:
    steps = {f"ask.{kind}" for kind in (ReviewKind.RETURNED, ReviewKind.ACCEPTED, ReviewKind.REOPENED)}
    steps |= {f"incoming.{kind}" for kind in (*StepKind.values, RecipientState.REJECTED, RecipientState.INVALID)}
    assert set(events()) | steps == set(SENTENCES)
