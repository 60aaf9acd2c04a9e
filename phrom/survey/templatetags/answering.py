"""The fields of a row, drawn tight: a section of nine rows must stay below 40 KB, and template indents are half of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from phrom.rules.instrument.model import Detail, Kind
from phrom.rules.scoring.exchange import LONGEST
from phrom.survey.pages.rows import Option, Row

register = template.Library()
NOTHING = SafeString("")
NONE_OF_THEM = "ไม่มีรายการใดข้างต้น"
LABELS = {
    Kind.TEXT: "คำตอบ",
    Kind.COUNT: "จำนวน",
    Kind.PERCENT: "ร้อยละ (0 ถึง 100 ทศนิยมไม่เกิน 2 ตำแหน่ง)",
    Kind.DATE: "วันที่ เช่น 11 มิ.ย. 2567 หรือ 11/6/2567",
    Kind.URL: "ที่อยู่เว็บ ขึ้นต้นด้วย https:// หรือ http://",
}
WIDTHS = {Kind.COUNT: " govuk-input--width-5", Kind.PERCENT: " govuk-input--width-5", Kind.DATE: " govuk-input--width-10"}
KEYBOARDS = {Kind.COUNT: "numeric", Kind.PERCENT: "decimal", Kind.URL: "url"}


@register.simple_tag
def answer_fields(row: Row) -> SafeString:
    """Version, answer, detail, who provides it, and "cannot answer"; every text escaped."""
    version = format_html('<input type="hidden" name="a{}-version" value="{}">', row.ask_id, row.version)
    more = format_html("{}{}", _detail(row, row.question.detail), _providers(row))
    if row.question.kind is Kind.YES_NO and more:
        more = format_html('<div class="if-yes">{}</div>', more)
    return format_html("{}{}{}{}", version, DRAWERS[row.question.kind](row), more, _cannot(row))


@register.simple_tag
def attach_fields(row: Row) -> SafeString:
    """What is said about new evidence, the files and the address; they belong to the row's own form at the end of the page."""
    options = format_html_join("", '<option value="{}">{}</option>', ((slot.code, slot.name) for slot in row.expected))
    slots = format_html(
        '<label>เป็นหลักฐานรายการใด<select class="govuk-select" name="slot" form="e{0}">'
        '<option value="">ไม่ระบุ</option>{1}</select></label>',
        row.ask_id,
        options,
    )
    return format_html(
        '{1}<label>วันที่ออกเอกสาร เช่น 11 มิ.ย. 2567 (ถ้าทราบ)<input class="govuk-input" name="issued_on" form="e{0}"></label>'
        '<label>ไฟล์ (เลือกได้หลายไฟล์)<input class="govuk-file-upload" type="file" name="files" multiple form="e{0}"></label>'
        '<label>หรือที่อยู่เว็บของหลักฐาน<input class="govuk-input" name="url" inputmode="url" form="e{0}"></label>'
        '<details class="fold"><summary>ช่วงเวลา เลขที่ หน้า ข้อความที่อ้าง</summary>{2}</details>'
        '<ul class="uploads" data-uploads></ul><button class="govuk-button govuk-button--secondary" form="e{0}">แนบ</button>'
        ' <a class="govuk-link" href="{3}?ask={0}">เลือกจากคลัง</a>',
        row.ask_id,
        slots if row.expected else NOTHING,
        format_html_join("", SELDOM, ((row.ask_id, name, label) for name, label in SELDOM_SAID)),
        reverse("library"),
    )


SELDOM = '<label>{2}<input class="govuk-input" name="{1}" form="e{0}"></label>'
SELDOM_SAID = (
    ("starts_on", "เนื้อหาเริ่มวันที่"),
    ("ends_on", "ถึงวันที่"),
    ("letter", "เลขที่หนังสือหรือคำสั่ง"),
    ("page", "หน้า"),
    ("quotation", "ข้อความที่อ้างถึง"),
)


@register.simple_tag(takes_context=True)
def attach_forms(context: template.Context, rows: Iterable[Row]) -> SafeString:
    """The forms of new evidence, one for each row that may be changed; forms cannot stand inside the form of the answers."""
    token = context["csrf_token"]
    return format_html_join(
        "",
        '<form id="e{0}" method="post" enctype="multipart/form-data" action="{1}" data-attach>'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{2}"></form>',
        ((row.ask_id, reverse("evidence_add", args=[row.ask_id]), token) for row in rows if row.editable),
    )


def _yes_no(row: Row) -> SafeString:
    return _radios(row, "value", row.yes_no, "inline")


def _many(row: Row) -> SafeString:
    ticks = [(f"value-{option.code}", "value", option) for option in row.choices]
    ticks.append(("none", "none", Option("1", NONE_OF_THEM, row.none_of_them)))
    boxes = format_html_join(
        "",
        '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="a{0}-{1}"'
        ' name="a{0}-{2}" value="{3}"{4}><label class="govuk-label govuk-checkboxes__label" for="a{0}-{1}">{5}</label></div>',
        ((row.ask_id, key, name, option.code, _checked(option), option.text) for key, name, option in ticks),
    )
    return format_html('<div class="govuk-checkboxes govuk-checkboxes--small">{}</div>', boxes)


def _text(row: Row) -> SafeString:
    return _area(row, "value", LABELS[Kind.TEXT], row.value, 4)


def _line(row: Row) -> SafeString:
    return _input(row, "value", LABELS[row.question.kind], row.value, row.question.kind)


DRAWERS: dict[Kind, Callable[[Row], SafeString]] = {
    Kind.YES_NO: _yes_no,
    Kind.MANY: _many,
    Kind.TEXT: _text,
    Kind.COUNT: _line,
    Kind.PERCENT: _line,
    Kind.DATE: _line,
    Kind.URL: _line,
}


def _detail(row: Row, detail: Detail | None) -> SafeString:
    if detail is None:
        return NOTHING
    if detail.kind is Kind.YES_NO:
        return _group(detail.label, _radios(row, "detail", row.detail_yes_no, "inline"))
    typed = row.typed.get("detail")
    if detail.kind is Kind.PERCENT:
        return _input(row, "detail", detail.label, typed, Kind.PERCENT)
    return _area(row, "detail", detail.label, typed, 2)


def _providers(row: Row) -> SafeString:
    if not row.providers:
        return NOTHING
    asked = "ใครเป็นผู้จัดหา (ข้อนี้นับเฉพาะที่นอกเหนือจากกรมต้นสังกัด)"
    return _group(asked, _radios(row, "provider", row.providers, "small"))


def _cannot(row: Row) -> SafeString:
    typed = row.typed.get("cannot")
    area = _area(row, "cannot", "เหตุผลที่ตอบไม่ได้ (เว้นคำตอบด้านบนว่างไว้)", typed, 2)
    opened = " open" if typed else ""
    return format_html('<details class="fold"{}><summary>ตอบไม่ได้</summary>{}</details>', opened, area)


def _radios(row: Row, name: str, options: Iterable[Option], size: str) -> SafeString:
    radios = format_html_join(
        "",
        '<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="a{0}-{1}-{2}"'
        ' name="a{0}-{1}" value="{2}"{3}><label class="govuk-label govuk-radios__label" for="a{0}-{1}-{2}">{4}</label></div>',
        ((row.ask_id, name, option.code, _checked(option), option.text) for option in options),
    )
    return format_html('<div class="govuk-radios govuk-radios--{}">{}</div>', size, radios)


def _group(legend: str, fields: SafeString) -> SafeString:
    return format_html('<fieldset class="govuk-fieldset"><legend class="govuk-label">{}</legend>{}</fieldset>', legend, fields)


def _input(row: Row, name: str, label: str, value: object, kind: Kind) -> SafeString:
    return format_html(
        '<label class="govuk-label" for="a{0}-{1}">{2}</label>'
        '<input class="govuk-input{3}" id="a{0}-{1}" name="a{0}-{1}"{4} value="{5}">',
        row.ask_id,
        name,
        label,
        WIDTHS.get(kind, ""),
        format_html(' inputmode="{}"', KEYBOARDS[kind]) if kind in KEYBOARDS else NOTHING,
        _plain(value),
    )


def _area(row: Row, name: str, label: str, value: object, lines: int) -> SafeString:
    return format_html(
        '<label class="govuk-label" for="a{0}-{1}">{2}</label>'
        '<textarea class="govuk-textarea" id="a{0}-{1}" name="a{0}-{1}" rows="{3}" maxlength="{4}">{5}</textarea>',
        row.ask_id,
        name,
        label,
        lines,
        LONGEST,
        _plain(value),
    )


def _checked(option: Option) -> str:
    return " checked" if option.chosen else ""


def _plain(value: object) -> object:
    return "" if value is None else value
