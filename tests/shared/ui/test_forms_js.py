"""The small script of all forms: to the error, and once."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_the_reader_is_taken_to_what_is_wrong(tab: Any) -> None:
    tab.goto("/form")
    assert tab.evaluate("document.activeElement.className") == "govuk-error-summary"


def test_two_quick_clicks_send_once(tab: Any) -> None:
    tab.goto("/form")
    tab.evaluate("""() => { window.sent = 0
      document.addEventListener('submit', event => {
        if (!event.defaultPrevented) window.sent += 1
        event.preventDefault() }) }""")
    tab.evaluate("() => { const form = document.querySelector('main form'); form.requestSubmit(); form.requestSubmit() }")
    assert tab.evaluate("window.sent") == 1
