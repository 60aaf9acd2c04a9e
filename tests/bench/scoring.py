"""Scoring many bodies, beside a plain numpy weighted sum over a dense matrix of the same data."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Edition, Kind, Question
from phrom.rules.scoring.many import matrix_of_answers, score_matrix
from phrom.rules.scoring.sheet import Answer, Provider
from tests.bench.table import Line

ROOT = Path(__file__).resolve().parents[2]
AIMS = {378: "40 ms from rows", 7850: "0.6 s from rows, 50 ms from the kept matrix", 166_667: ""}


def measure(folder: Path) -> list[Line]:
    """378, 7,850 and 166,667 bodies x 51 rows."""
    edition = load_edition(ROOT / "editions/dga-province-2567")
    return [_line(edition, count) for count in (378, 7850, 166_667)]


def _line(edition: Edition, count: int) -> Line:
    bodies = [str(number) for number in range(count)]
    answers = list(_answers(edition, bodies))
    rows, matrix = _timed(lambda: matrix_of_answers(edition, bodies, answers))
    kept, _ = _timed(lambda: score_matrix(edition, matrix))
    dense = np.random.default_rng(1).random((count, len(edition.asked_rows)))
    weights = np.random.default_rng(2).random(len(edition.asked_rows))
    plain, _ = _timed(lambda: dense @ weights)
    figure = f"{1000 * (rows + kept):.0f} ms from rows, {1000 * kept:.1f} ms from the matrix"
    return Line(f"score {count:,} bodies x 51 rows", figure, AIMS[count], f"plain numpy sum {1000 * plain:.2f} ms")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Best of three."""
    best, result = 1e9, None
    for _ in range(3):
        started = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - started)
    return best, result


def _answers(edition: Edition, bodies: list[str]) -> Iterator[tuple[str, str, Answer]]:
    dice = random.Random(7)
    pool = {row.code: [_answer(dice, row) for _ in range(20)] for row in edition.asked_rows}
    for body in bodies:
        for row in edition.asked_rows:
            yield body, row.code, pool[row.code][dice.randrange(20)]


def _answer(dice: random.Random, row: Question) -> Answer:
    value: Any = dice.random() < 0.5
    if row.kind is Kind.COUNT:
        value = dice.randrange(12)
    if row.kind is Kind.MANY:
        value = tuple(choice.code for choice in row.choices if dice.random() < 0.4)
    if row.kind is Kind.URL:
        value = "https://province.example"
    return Answer(value=value, provider=Provider.OWN)
