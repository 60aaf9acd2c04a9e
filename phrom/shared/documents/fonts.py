"""The letters that papers are printed in: Sarabun (OFL), fetched by ./run.

Typst stays silent about a missing font, so it is asked here.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FILES = ("Sarabun-Regular.ttf", "Sarabun-Bold.ttf")


class FontMissing(RuntimeError):
    """The font files are not on this machine; a paper without them would be unreadable."""


def missing() -> list[str]:
    """Names of the font files that are not there."""
    return [name for name in FILES if not (FOLDER / name).is_file()]


def require() -> Path:
    """The folder of the fonts. Raises `FontMissing` when one is not there."""
    if names := missing():
        raise FontMissing(
            f"ไม่พบแบบอักษร {', '.join(names)} ใน {FOLDER} จึงยังทำเอกสารไม่ได้ สั่ง ./run เพื่อดึงแบบอักษร"
            f" / fonts missing: {', '.join(names)} in {FOLDER}; no paper can be made. Run ./run to fetch them"
        )
    return FOLDER
