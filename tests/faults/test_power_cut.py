"""A power cut at every point of keeping a file: whenever the row is there, so are the bytes (promise G02).

What a disk may forget: content that was not fsynced, and names in a folder that was not fsynced after them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep
from tests.shared.files.conftest import AT
from tests.shared.files.specimens import pdf

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
Event = tuple[str, ...]


@dataclass
class Recorder:
    """Stands before the calls that make things durable and writes down their order."""

    events: list[Event] = field(default_factory=list)

    def install(self, patch: pytest.MonkeyPatch, forget: str = "") -> None:
        """`forget` names a call that is left out: the planted fault."""
        real_fsync, real_replace, real_mkdir = os.fsync, os.replace, os.mkdir

        def fsync(handle: int) -> None:
            path = Path(f"/proc/self/fd/{handle}").readlink()
            kind = "sync folder" if path.is_dir() else "sync file"
            if kind != forget:
                self.events.append((kind, str(path)))
                real_fsync(handle)

        def replace(source: Any, target: Any) -> None:
            self.events.append(("rename", str(source), str(target)))
            real_replace(source, target)

        def mkdir(path: Any, *rest: Any, **more: Any) -> None:
            real_mkdir(path, *rest, **more)
            self.events.append(("mkdir", str(path)))

        for name, call in (("fsync", fsync), ("replace", replace), ("mkdir", mkdir)):
            patch.setattr(os, name, call)
        patch.setattr(StoredFile.objects, "get_or_create", self._row(StoredFile.objects.get_or_create))

    def _row(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def get_or_create(**given: Any) -> Any:
            self.events.append(("row", given["sha256"]))
            return real(**given)

        return get_or_create


def gone_at(cut: int, events: list[Event], root: Path) -> list[str]:
    """Contents whose row was written before the cut and that the disk may nevertheless have forgotten."""
    content: set[str] = set()  # names of files whose bytes are on disk
    named: set[str] = {str(root)}  # names that are on disk
    pending: set[str] = set()  # names that a cut would forget
    rows = []
    for kind, *paths in events[:cut]:
        if kind == "sync file":
            content.add(paths[0])
        elif kind == "rename":
            pending.add(paths[1])
            if paths[0] in content:
                content.add(paths[1])
        elif kind == "mkdir":
            pending.add(paths[0])
        elif kind == "sync folder":
            durable = {name for name in pending if os.path.dirname(name) == paths[0]}
            named |= durable
            pending -= durable
        else:
            rows.append(paths[0])
    return [sha256 for sha256 in rows if not _is_there(str(root / "files" / sha256[:2] / sha256), content, named, root)]


def _is_there(path: str, content: set[str], named: set[str], root: Path) -> bool:
    parents = [str(parent) for parent in Path(path).parents if parent.is_relative_to(root)]
    return path in content and {path, *parents} <= named


def upload_five(root: Path, patch: pytest.MonkeyPatch, settings: Any, forget: str = "") -> list[Event]:
    settings.PHROM_FILES = root / "files"
    recorder = Recorder()
    with patch.context() as context:
        recorder.install(context, forget)
        for number in range(5):
            keep([pdf(body=str(number).encode())], name="ก.pdf", at=AT)
    return recorder.events


def test_no_cut_loses_a_file_whose_row_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    events = upload_five(tmp_path, monkeypatch, settings)
    assert sum(kind == "row" for kind, *_ in events) == 5
    assert [gone_at(cut, events, tmp_path) for cut in range(len(events) + 1)] == [[]] * (len(events) + 1)


@pytest.mark.parametrize("forget", ["sync file", "sync folder"])
def test_this_test_can_go_red(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any, forget: str) -> None:
    events = upload_five(tmp_path, monkeypatch, settings, forget)
    assert len(gone_at(len(events), events, tmp_path)) == 5
