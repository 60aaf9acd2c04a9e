"""No line of a paper is broken inside a syllable, and hardly any inside a word: twenty paragraphs in seven widths."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.shared.documents.breaking import PARAGRAPHS, SHARES, breaks

# What cannot begin a line: a vowel or mark of the letter before it, ๆ ฯ, a silenced letter, a final consonant alone.
CANNOT_BEGIN = re.compile("[ะัาำิีึืฺุู็่้๊๋์ํๆฯ)]|[ก-ฮ][ิุ]?์|[ก-ฮ](?![ก-๎])")
CANNOT_END = re.compile("[เแโใไ(]$")  # a vowel that is written before its letter
# Words that our segmenter cuts between two of their syllables and Chromium's dictionary does not; each was read and allowed.
BETWEEN_SYLLABLES = frozenset(
    "รวบ|รวม ภาย|ใน ปี|งบประมาณ หมู่|บ้าน รับ|รอง ที่|สุด ภาพ|ถ่าย ทำ|ให้ ทรัพยากร|ธรรมชาติ ยี่|สิบ ตน|เอง เป็น|ต้น".split()
)
WORDS_OF = """paragraphs => { const th = new Intl.Segmenter("th", {granularity: "word"});
  return paragraphs.map(text => [...th.segment(text)].map(word => word.index)); }"""


def test_the_paragraphs_are_broken_in_hundreds_of_places() -> None:
    assert len(PARAGRAPHS) == 20 and len(SHARES) >= 6
    assert len(breaks()) > 500


def test_no_line_begins_or_ends_inside_a_syllable() -> None:
    wrong = []
    for one in breaks():
        text = PARAGRAPHS[one.paragraph]
        if CANNOT_BEGIN.match(text[one.at :].lstrip(" ")) or CANNOT_END.search(text[: one.at]):
            wrong.append(one.shown)
    assert wrong == []


@pytest.mark.parametrize("cut", ["ยา|ก", "จันท|ร์", "เ|มือง", "น้|ำ", "ต่าง |ๆ", "ใน(|ก)"])
def test_the_rules_know_a_cut_syllable(cut: str) -> None:
    before, after = cut.split("|")
    assert CANNOT_BEGIN.match(after) or CANNOT_END.search(before)


@pytest.mark.browser
def test_every_line_ends_where_another_dictionary_sees_the_end_of_a_word(chromium: Browser) -> None:
    page = chromium.new_page()
    words = [set(starts) for starts in page.evaluate(WORDS_OF, list(PARAGRAPHS))]
    page.close()
    wrong = []
    for one in breaks():
        text = PARAGRAPHS[one.paragraph]
        starts = {one.at, len(text) - len(text[one.at :].lstrip(" "))}
        allowed = any(
            text[: one.at].endswith(left) and text[one.at :].startswith(right)
            for left, right in (known.split("|") for known in BETWEEN_SYLLABLES)
        )
        if not starts & words[one.paragraph] and not allowed:
            wrong.append(one.shown)
    assert wrong == []
