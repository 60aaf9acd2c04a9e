"""Number texts, books and years: the cases are in Thai, in a file that a clerk can extend."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from phrom.letters.models import Office
from phrom.letters.numbers import book_of, number_text, receive_book, year_of

CASES = yaml.safe_load((Path(__file__).parent / "cases/numbers.yaml").read_text(encoding="utf-8"))


def each(section: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES[section], ids=lambda case: case["กรณี"])


@each("เลขที่")
def test_a_letter_of_ours(case: dict[str, Any]) -> None:
    office = Office(letter_code=case.get("รหัส", "ชม 0017.2"), circulars_apart=case.get("แยกเวียน", True))
    circular = case.get("เวียน", False)
    book = book_of(case["แบบ"], circular, case.get("ชั้นความลับ", "001"), office)
    assert book == case["ทะเบียน"]
    assert number_text(office, book, case["เลข"], 2567, circular) == case["เขียนว่า"]


@each("เลขรับ")
def test_a_letter_that_came(case: dict[str, Any]) -> None:
    book = receive_book(case["ชั้นความลับ"])
    assert book == case["ทะเบียน"]
    assert number_text(Office(letter_code="ชม 0017.2"), book, case["เลข"], 2567) == case["เขียนว่า"]


@each("ปี")
def test_the_year(case: dict[str, Any]) -> None:
    assert year_of(datetime.fromisoformat(case["เวลา"])) == case["ปี"]


def test_no_two_books_of_an_office_write_the_same_number() -> None:
    """Save memos and letters, which have never had different ones, and orders, announcements and certificates."""
    office = Office(letter_code="ชม 0017.2")
    texts = [
        number_text(office, book, 1, 2567) for book in ("send", "circular", "secret_send", "order", "receive", "secret_receive")
    ]
    assert len(set(texts)) == len(texts)
