"""The `phrom` command says what is wrong in sentences."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, free_port


@pytest.mark.parametrize("command", [["verify"], ["serve", "--port", str(free_port())]])
def test_a_database_that_is_not_there_is_told_without_a_traceback(tmp_path: Path, command: list[str]) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PHROM_", "DJANGO_"))}
    words = [*command, "--data", str(tmp_path), "--db", "postgres://nobody@127.0.0.1:9/none"]
    done = subprocess.run(
        [sys.executable, "-m", "phrom.config", *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "--db" in done.stderr
