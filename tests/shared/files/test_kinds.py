"""What is taken is what it says; the rest is refused with a sentence and leaves nothing behind."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from phrom.shared.files.kinds import ACCEPT, CONTENT_TYPES, LIST_TH, WrongKind
from phrom.shared.files.models import StoredFile
from phrom.shared.files.sniff import _CHECKS
from phrom.shared.files.store import keep
from phrom.shared.ui.refusals import Refusal
from tests.shared.files.conftest import AT, files_in
from tests.shared.files.specimens import GOOD, HOSTILE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "content", "kind"), GOOD, ids=[good[0] for good in GOOD])
def test_good_files_are_taken(name: str, content: bytes, kind: str) -> None:
    assert keep([content], name=name, at=AT).content_type == kind


@pytest.mark.parametrize(("name", "content"), HOSTILE, ids=[hostile[0] for hostile in HOSTILE])
def test_hostile_files_are_refused(name: str, content: bytes, folder: Path) -> None:
    with warnings.catch_warnings(), pytest.raises(Refusal) as refused:
        warnings.simplefilter("error")
        keep([content], name=name, at=AT)
    assert refused.value.status in (415, 422)
    assert "ไฟล์" in refused.value.th
    assert "file" in refused.value.en.lower()
    assert files_in(folder) == []
    assert not StoredFile.objects.exists()


def test_the_sentence_names_what_is_taken() -> None:
    with pytest.raises(WrongKind) as refused:
        keep([b"MZ"], name="a.exe", at=AT)
    assert LIST_TH in refused.value.th
    assert "ยังไม่ได้บันทึก" in refused.value.th


def test_every_kind_has_its_check() -> None:
    assert set(_CHECKS) == set(CONTENT_TYPES)
    assert set(ACCEPT.split(",")) == {"." + extension for extension in CONTENT_TYPES}
