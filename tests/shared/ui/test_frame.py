"""The frame that every page stands in."""

from __future__ import annotations

from types import SimpleNamespace

from django.template.loader import render_to_string

CHROME = SimpleNamespace(
    person="นางสาวคำแก้ว ใจดี",
    office="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่",
    round="รอบปี 2567",
    links=[("งานของฉัน", "/", "page"), ("คำตอบ", "/my/", "")],
    banner="วันสาธิต: 11 มิ.ย. 2567",
)


def test_frame_says_who_for_which_office_and_which_round() -> None:
    page = render_to_string("ui/base.html", {"chrome": CHROME})
    for text in (CHROME.person, CHROME.office, CHROME.round, CHROME.banner):
        assert text in page
    assert 'aria-current="page">งานของฉัน' in " ".join(page.split())


def test_a_signed_out_page_has_a_bare_header() -> None:
    page = render_to_string("ui/base.html")
    assert "ข้ามไปเนื้อหา" in page
    assert "ออกจากระบบ" not in page


def test_nothing_inline_that_the_policy_refuses() -> None:
    page = render_to_string("ui/base.html", {"chrome": CHROME})
    assert "style=" not in page
    assert "<script>" not in page
