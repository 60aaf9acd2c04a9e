"""Mail into a folder: whole messages, Thai intact, or an error."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from phrom.config.mail import EmlFolder


def test_a_message_is_a_whole_file_with_its_thai(tmp_path: Path, settings: Any) -> None:
    settings.PHROM_MAIL_DIR = str(tmp_path / "mail")
    message = EmailMessage("คำเชิญเข้าใช้ระบบ", "เรียน คุณคำแก้ว\nลิงก์ https://x.example/", to=["a@example.org"])
    assert EmlFolder().send_messages([message, message]) == 2
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    read = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert read["Subject"].strip() == "คำเชิญเข้าใช้ระบบ"
    assert "เรียน คุณคำแก้ว" in read.get_content()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "mail").write_text("a file stands where the folder should be")
    settings.PHROM_MAIL_DIR = str(tmp_path / "mail")
    with pytest.raises(OSError):
        EmlFolder().send_messages([EmailMessage("ก", "ข", to=["a@example.org"])])
