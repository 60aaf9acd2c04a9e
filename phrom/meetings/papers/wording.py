"""Words that minutes in the form of the regulation (แบบที่ 11) do not use, with those they do. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The pairs are those of the course on minutes named in the domain text, section 4.2.
_PAIRS: tuple[tuple[str, str], ...] = (
    (r"(?<!จด)บันทึก(?:รายงาน)?การประชุม", "รายงานการประชุม"),
    (r"ผู้ไม่เข้าร่วมประชุม|ผู้ขาดประชุม", "ผู้ไม่มาประชุม"),
    (r"เปิด(?:การ)?ประชุม(?:เวลา)?", "เริ่มประชุมเวลา"),
    (r"(?<!เ)ปิด(?:การ)?ประชุม(?:เวลา)?", "เลิกประชุมเวลา"),
    (r"ผู้บันทึก(?:รายงาน)?(?:การประชุม)?", "ผู้จดรายงานการประชุม"),
    (r"(?<!ระเบียบ)วาระการประชุม", "ระเบียบวาระการประชุม"),
)
_WRONG = re.compile("|".join(f"({wrong})" for wrong, _ in _PAIRS))


@dataclass(frozen=True)
class Slip:
    """A wrong word as it stands in the text, and the right one."""

    found: str
    right: str


def slips(text: str) -> tuple[Slip, ...]:
    """Every wrong word of a text, each once, in the order in which they stand."""
    found = {match[0]: Slip(match[0], _PAIRS[(match.lastindex or 1) - 1][1]) for match in _WRONG.finditer(text)}
    return tuple(found.values())
