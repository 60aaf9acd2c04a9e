"""Every event that the code writes into the journal has its sentence, and no sentence is left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from phrom.shared.journal.sentences import SENTENCES
from phrom.survey.models import ReviewKind

CODE = Path(__file__).resolve().parents[2] / "phrom"
WRITERS = {"record", "_tell", "tell_letter", "tell_incoming", "tell_register"}


def events() -> Iterator[str]:
    """The first argument of every call that writes an entry."""
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in WRITERS:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_event_has_its_sentence_and_every_sentence_its_event() -> None:
    steps = {f"ask.{kind}" for kind in ReviewKind.values if kind != ReviewKind.SUBMITTED}
    assert set(events()) | steps == set(SENTENCES)
