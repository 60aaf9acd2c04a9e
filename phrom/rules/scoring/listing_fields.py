"""What is written down about each thing of the five lists: a table, from which forms, pasted rows and pages are made.

The fields of datasets are the fourteen that the national data catalogue (บัญชีข้อมูลภาครัฐ) requires; the name and the
organisation are columns of every thing, the other twelve stand here with the catalogue's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from phrom.rules.instrument.model import Choice, Edition, Kind, ListKind


class FieldKind(StrEnum):
    """How a field is typed."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    PERCENT = "percent"
    COUNT = "count"
    DATE = "date"
    YES_NO = "yes_no"
    EMAIL = "email"


@dataclass(frozen=True)
class ListField:
    """One field of a thing. `short`: stands in the quick line too. `required`: a thing cannot be kept without it.

    `catalogue`: the national catalogue requires it; without it the thing still counts, and is told as incomplete.
    """

    code: str
    label: str
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    short: bool = False
    required: bool = False
    catalogue: bool = False


def _words(*words: str) -> tuple[Choice, ...]:
    return tuple(Choice(code=word, text=word) for word in words)


USES = (
    Choice(code="open", text="ข้อมูลเปิด (Open Data)"),
    Choice(code="on_demand", text="เปิดตามความต้องการของประชาชน"),
    Choice(code="shared", text="ให้หน่วยงานอื่นเชื่อมโยง (Sharable Data)"),
)
PUBLIC = "ข้อมูลสาธารณะ"
DATA_TYPES = _words("ข้อมูลระเบียน", "ข้อมูลสถิติ", "ข้อมูลภูมิสารสนเทศเชิงพื้นที่", "ข้อมูลหลากหลายประเภท", "ข้อมูลประเภทอื่นๆ")
OBJECTIVES = _words(
    "ยุทธศาสตร์ชาติ",
    "แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ",
    "แผนความมั่นคงแห่งชาติ",
    "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ",
    "แผนปฏิรูปประเทศ",
    "แผนระดับที่ 3 (มติครม. 4 ธ.ค. 2560)",
    "นโยบายรัฐบาล/ข้อสั่งการนายกรัฐมนตรี",
    "มติคณะรัฐมนตรี",
    "เพื่อการให้บริการประชาชน",
    "กฎหมายที่เกี่ยวข้อง",
    "พันธกิจหน่วยงาน",
    "ดัชนี/ตัวชี้วัดระดับนานาชาติ",
    "ไม่ทราบ",
    "อื่นๆ",
)
FREQUENCIES = _words(
    "ไม่ทราบ",
    "ปี",
    "ครึ่งปี",
    "ไตรมาส",
    "เดือน",
    "สัปดาห์",
    "วัน",
    "วันทำการ",
    "ชั่วโมง",
    "นาที",
    "ตามเวลาจริง",
    "ไม่มีการปรับปรุงหลังจากการจัดเก็บข้อมูล",
    "อื่นๆ",
)
COVERAGES = _words(
    "ไม่มี",
    "โลก",
    "ทวีป/กลุ่มประเทศในทวีป",
    "กลุ่มประเทศทางเศรษฐกิจ",
    "ประเทศ",
    "ภาค",
    "จังหวัด",
    "อำเภอ",
    "ตำบล",
    "หมู่บ้าน",
    "เทศบาล/อบต.",
    "พิกัด",
    "ไม่ทราบ",
    "อื่นๆ",
)
FORMATS = _words(
    *("Database CSV XML Image Video Audio Text JSON HTML DOC/DOCX XLS PDF RDF NoSQL".split()),
    "Arc/Info Coverage",
    *("Shapefile GeoTiff GML".split()),
    "ไม่ทราบ",
    "อื่นๆ",
)
CATEGORIES = _words(PUBLIC, "ข้อมูลส่วนบุคคล", "ข้อมูลความมั่นคง", "ข้อมูลความลับทางราชการ")
LICENSES = _words(
    "License not specified",
    "Creative Commons Attributions",
    "Creative Commons Attribution Share-Alike",
    "Creative Commons Non-Commercial (Any)",
    "Open Data Common",
    "GNU Free Documentation License",
    "อื่นๆ",
)


def _catalogue(code: str, label: str, kind: FieldKind, choices: tuple[Choice, ...] = (), hint: str = "") -> ListField:
    return ListField(code, label, kind, choices, hint, catalogue=True)


FIELDS: Mapping[ListKind, tuple[ListField, ...]] = {
    ListKind.SERVICES: (
        ListField("satisfaction", "ผลสำรวจความพึงพอใจ (ร้อยละ)", FieldKind.PERCENT, hint="เว้นว่างไว้ถ้ายังไม่ได้วัด"),
        ListField("improved", "สิ่งที่ปรับปรุงตามข้อเสนอแนะ", FieldKind.TEXT, hint="เว้นว่างไว้ถ้ายังไม่มี"),
    ),
    ListKind.DATASETS: (
        ListField("uses", "ใช้เป็น", FieldKind.CHOICES, USES, short=True, required=True),
        _catalogue("data_type", "ประเภทชุดข้อมูล", FieldKind.CHOICE, DATA_TYPES),
        _catalogue("maintainer", "ชื่อผู้ติดต่อ", FieldKind.LINE),
        _catalogue("maintainer_email", "อีเมลผู้ติดต่อ", FieldKind.EMAIL),
        _catalogue("tag_string", "คำสำคัญ", FieldKind.LINE, hint="คั่นแต่ละคำด้วยจุลภาค"),
        _catalogue("notes", "รายละเอียด", FieldKind.TEXT),
        _catalogue("objective", "วัตถุประสงค์", FieldKind.CHOICES, OBJECTIVES),
        _catalogue("update_frequency_unit", "หน่วยความถี่ของการปรับปรุงข้อมูล", FieldKind.CHOICE, FREQUENCIES),
        _catalogue("geo_coverage", "ขอบเขตเชิงภูมิศาสตร์หรือเชิงพื้นที่", FieldKind.CHOICE, COVERAGES),
        _catalogue("data_source", "แหล่งที่มา", FieldKind.LINE),
        _catalogue("data_format", "รูปแบบการเก็บข้อมูล", FieldKind.CHOICES, FORMATS),
        _catalogue("data_category", "หมวดหมู่ข้อมูลตามธรรมาภิบาลข้อมูลภาครัฐ", FieldKind.CHOICE, CATEGORIES),
        _catalogue("license_id", "สัญญาอนุญาตให้ใช้ข้อมูล", FieldKind.CHOICE, LICENSES),
        ListField("usage", "สถิติการนำไปใช้ประโยชน์", FieldKind.TEXT, hint="เช่น จำนวนครั้งที่ดาวน์โหลดหรือเชื่อมโยงในปีที่ผ่านมา"),
    ),
    ListKind.TRAININGS: (
        ListField("method", "วิธี", FieldKind.CHOICE, short=True, required=True),
        ListField("starts_on", "วันที่เริ่ม", FieldKind.DATE, short=True, hint="เช่น 11/6/2567"),
        ListField("ends_on", "วันที่สิ้นสุด", FieldKind.DATE, hint="เว้นว่างไว้ถ้าจัดวันเดียว"),
        ListField("people", "จำนวนผู้เข้าร่วม", FieldKind.COUNT, short=True),
        ListField("measured", "มีการวัดผลหรือไม่", FieldKind.YES_NO),
        ListField("outcome", "ผลการวัด", FieldKind.TEXT, hint="เช่น ผ่านการทดสอบร้อยละ 85 นับว่าวัดผลเมื่อบอกผลไว้"),
    ),
    ListKind.TECHNOLOGIES: (
        ListField("technology", "เทคโนโลยี", FieldKind.CHOICE, short=True, required=True),
        ListField("use", "ใช้ทำอะไร", FieldKind.TEXT),
    ),
    ListKind.SYSTEMS: (ListField("purpose", "ใช้ทำอะไร", FieldKind.LINE, short=True),),
}
TICKED_BY = {ListKind.TRAININGS: "method", ListKind.TECHNOLOGIES: "technology"}
"""The field that names the choice of a row which a thing ticks."""

CALLED = {
    ListKind.SERVICES: "บริการ",
    ListKind.DATASETS: "ชุดข้อมูล",
    ListKind.TRAININGS: "กิจกรรม",
    ListKind.TECHNOLOGIES: "รายการ",
    ListKind.SYSTEMS: "ระบบ",
}
"""What one thing of a list is counted as."""


def fields_of(kind: ListKind, edition: Edition) -> tuple[ListField, ...]:
    """The fields of a list; the choices that a thing may tick are those of the edition's rows."""
    ticks = {choice.code: choice for row in edition.rows if _ticks(row.kind, row.listing, kind) for choice in row.choices}
    code = TICKED_BY.get(kind)
    return tuple(replace(field, choices=tuple(ticks.values())) if field.code == code else field for field in FIELDS[kind])


def lacking(kind: ListKind, unit: str, content: Mapping[str, Any]) -> tuple[str, ...]:
    """Labels of what the national catalogue still requires of a dataset; nothing for other lists."""
    asked = [field for field in FIELDS[kind] if field.catalogue]
    named = [] if unit or not asked else ["องค์กร"]
    return (*named, *(field.label for field in asked if not content.get(field.code)))


def _ticks(row_kind: Kind, listing: Any, kind: ListKind) -> bool:
    return row_kind is Kind.MANY and listing is not None and listing.kind is kind
