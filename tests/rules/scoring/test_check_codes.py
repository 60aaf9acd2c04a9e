"""Every check by its code: it finds its defect, leaves the sound counterpart in peace, and says so in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from phrom.rules.scoring import checks
from phrom.rules.scoring.checks import Severity, province
from tests.rules.scoring.check_cases import CASES

CODES = dict((*checks.RULES, *province.RULES))


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_check_finds_its_defect(code: str) -> None:
    (found, *_) = [problem for problem in CASES[code].wrong() if problem.code == code]
    assert found.rule == CODES[code].__name__
    assert found.severity is (Severity.ERROR if code.startswith("E") else Severity.WARNING)
    assert re.search("[ก-๙]", found.th)
    assert re.search("[a-z]", found.en)
    assert not re.search(r"[\[\]{}]", found.th)


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_check_leaves_what_is_sound_in_peace(code: str) -> None:
    assert [problem for problem in CASES[code].right() if problem.code == code] == []


def test_every_code_is_given_once_and_has_its_case() -> None:
    codes = [code for code, _ in (*checks.RULES, *province.RULES)]
    assert len(codes) == len(set(codes)) == len({rule.__name__ for rule in CODES.values()})
    elsewhere = " ".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in codes if code not in CASES and CODES[code].__name__ not in elsewhere] == []
    assert set(CASES) <= set(codes)
    assert all(re.fullmatch("[EW][0-9]{2}", code) for code in codes)
