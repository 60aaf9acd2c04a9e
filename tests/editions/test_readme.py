"""The example that people copy must hold."""

from __future__ import annotations

import re

from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.tree import parse
from phrom.rules.scoring.cases import run_cases
from tests.rules.instrument.broken import EDITION


def test_the_example_case_of_the_readme_passes() -> None:
    text = (EDITION.parent / "README.md").read_text("utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    result = run_cases(load_edition(EDITION), [parse(example.encode(), "README.md") for example in examples])
    assert (result.count, result.passed, result.problems) == (1, 1, ())
