"""Error pages say what happened, what is safe and what to do, in Thai and English, and need nothing that may be broken."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from phrom.config import errors
from phrom.shared.ui.refusals import Refusal


@pytest.mark.parametrize("name", ["404.html", "500.html"])
def test_both_tongues_and_a_way_on(name: str) -> None:
    page = render_to_string(name)
    assert 'lang="en"' in page
    assert "ไปหน้างานของฉัน" in page
    assert "ยังอยู่ครบ" in page
    assert "is safe" in page


class Broken:
    """Whatever is asked of it fails, as with a database that is gone."""

    def __getattr__(self, name: str) -> object:
        raise ConnectionError(name)


def test_the_page_of_our_own_fault_needs_no_frame() -> None:
    request = RequestFactory().get("/")
    request.access = Broken()
    answer = errors.server_error(request)
    assert answer.status_code == 500
    assert "ระบบขัดข้อง" in answer.content.decode()


def test_a_refusal_says_both_sentences_and_no_name_of_a_field() -> None:
    refusal = Refusal("ยังส่งไม่ได้ เพราะ <b>", "Not sent.", where="issued_on")
    page = render_to_string("config/refusal.html", {"refusal": refusal})
    assert "ยังส่งไม่ได้ เพราะ &lt;b&gt;" in page
    assert "Not sent." in page
    assert "issued_on" not in page
