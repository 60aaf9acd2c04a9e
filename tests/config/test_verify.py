"""Whatever is changed behind the program's back is named."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import Settings

from phrom.config.verifying import checkpoints_folder, verify_all
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep, place_of
from phrom.shared.journal.models import AuditEvent
from phrom.shared.journal.record import record
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.models import AnswerSet, Survey
from tests.factories.agencies import make_person
from tests.factories.survey import AT, make_answered, make_approved, make_round
from tests.shared.files.specimens import pdf, png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, settings: Settings) -> list[StoredFile]:
    """A frozen round, two files, a journal, in a data folder of their own."""
    settings.DATA = tmp_path / "data"
    settings.PHROM_FILES = settings.DATA / "files"
    round = make_round()
    make_answered(round, state="accepted")
    make_approved(round)
    freeze_round(round=round, by=make_person(), at=AT)
    with transaction.atomic():
        for number in range(5):
            record("answer.saved", by=None, about=f"ask:{number}", at=AT)
    return [keep([pdf()], name="ก.pdf", at=AT), keep([png()], name="ข.png", at=AT)]


def first() -> Path:
    return place_of(StoredFile.objects.order_by("sha256")[0].sha256)


def swap() -> None:
    one, other = (place_of(stored.sha256) for stored in StoredFile.objects.order_by("sha256"))
    middle = one.with_name("middle")
    one.rename(middle)
    other.rename(one)
    middle.rename(other)


def flip() -> None:
    content = bytearray(first().read_bytes())
    content[7] ^= 1
    first().write_bytes(content)


def change_set_and_its_hash() -> None:
    """With all rights on the database: the journal still remembers."""
    AnswerSet.objects.update(document="{}", sha256="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")


DAMAGE: list[tuple[str, Callable[[], object]]] = [
    ("file", flip),
    ("file", lambda: os.truncate(first(), 3)),
    ("file", lambda: first().unlink()),
    ("file", swap),
    ("file", lambda: first().with_name("extra").write_bytes(b"x")),
    ("file", lambda: StoredFile.objects.create(sha256="a" * 64, size=1, content_type="x", stored_at=AT)),
    ("journal", lambda: AuditEvent.objects.filter(sequence=3).update(about="ask:9")),
    ("journal", lambda: AuditEvent.objects.filter(sequence=3).delete()),
    ("frozen_set", lambda: AnswerSet.objects.update(document="{}")),
    ("frozen_set", change_set_and_its_hash),
    ("survey", lambda: Survey.objects.update(document="{}")),
    ("survey", lambda: Survey.objects.update(edition_hash="0" * 64)),
]


def test_all_is_whole() -> None:
    found = verify_all()
    assert found.problems == []
    assert found.leftovers == []
    papers = {"kept_papers": 0, "frozen_papers": 0, "frozen_items": 0}
    letters = {"registers": 0, "register_numbers": 0, "timestamps": 0, "destroyed_letters": 0}
    assert found.checked == {"journal": 8, "files": 2, "surveys": 1, "frozen_sets": 1, **papers, **letters}


@pytest.mark.parametrize(("kind", "damage"), DAMAGE, ids=range(len(DAMAGE)))
def test_damage_is_named(kind: str, damage: Callable[[], object]) -> None:
    damage()
    assert {problem.kind for problem in verify_all().problems} == {kind}


def test_what_an_interrupted_upload_leaves_is_no_damage(kept: list[StoredFile]) -> None:
    StoredFile.objects.filter(pk=kept[0].pk).delete()
    found = verify_all()
    assert found.problems == []
    assert found.leftovers == [kept[0].sha256]


def test_the_command_says_it_to_people_and_machines(tmp_path: Path) -> None:
    out = StringIO()
    call_command("verify", "--json", "--checkpoint", f"--export={tmp_path / 'journal.jsonl'}", stdout=out)
    assert json.loads(out.getvalue())["ok"] is True
    assert len((tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines()) == 10
    assert list(checkpoints_folder().iterdir())
    flip()
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify", stdout=out)
    assert left.value.code == 1
    assert "ไฟล์ในที่เก็บถูกเปลี่ยน" in out.getvalue()
