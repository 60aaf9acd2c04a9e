"""An edition as an XLSForm, the tables from which field tools (ODK, KoBo) make their forms: survey, choices, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from phrom.rules.instrument.model import Condition, Edition, Kind, Question
from phrom.rules.instrument.twin.tables import Cell, Table

TH, EN = "label::Thai (th)", "label::English (en)"
SURVEY = ("type", "name", TH, EN, "hint::Thai (th)", "relevant", "constraint", "constraint_message::Thai (th)")
CHOICES = ("list_name", "name", TH, EN)
NONE = "none"
_YES_NO = (("yes", "มี", "Yes"), ("no", "ไม่มี", "No"))
_PROVIDERS = (
    ("own", "หน่วยงานจัดทำเอง", "Own"),
    ("both", "จัดทำร่วมกับกรมต้นสังกัด", "Both"),
    ("parent", "กรมต้นสังกัดจัดให้ทั้งหมด", "Parent"),
)
_TYPES = {
    Kind.HEADING: "note",
    Kind.YES_NO: "select_one yes_no",
    Kind.COUNT: "integer",
    Kind.PERCENT: "decimal",
    Kind.DATE: "date",
    Kind.URL: "text",
    Kind.TEXT: "text",
}
_CLAIMED = {Kind.YES_NO: "${{{0}}} = 'yes'", Kind.MANY: "${{{0}}} != '' and not(selected(${{{0}}}, 'none'))"}
Line = tuple[Cell, ...]


def xlsform_of(edition: Edition) -> tuple[Table, ...]:
    """The three sheets of the form. Rows without an English text carry the Thai one in both languages."""
    settings = (("form_title", "form_id", "version", "default_language"), (edition.title, *_identity(edition), "Thai (th)"))
    return (
        Table("survey", (SURVEY, *_survey(edition))),
        Table("choices", (CHOICES, *_choices(edition))),
        Table("settings", settings),
    )


def name_of(code: str) -> str:
    """A row's name in the form: P2.1.4 is P2_1_4."""
    return code.replace(".", "_")


def choice_names(question: Question) -> dict[str, str]:
    """Choice codes to their names in the form: the code where it may be a name, else its number."""
    plain = {choice.code: re.fullmatch(r"[A-Za-z0-9_-]+", choice.code) for choice in question.choices}
    return {code: code if fits and code != NONE else f"c{number}" for number, (code, fits) in enumerate(plain.items(), 1)}


def relevant_of(condition: Condition) -> str:
    """When a row is asked, as the form's expression."""
    if condition.code:
        return {
            "yes": "${{{0}}} = 'yes'",
            "given": "${{{0}}} != ''",
            "above_zero": "${{{0}}} > 0",
        }[condition.test].format(name_of(condition.code))
    word, parts = (" or ", condition.any_of) if condition.any_of else (" and ", condition.all_of)
    return "(" + word.join(relevant_of(part) for part in parts) + ")"


def _identity(edition: Edition) -> tuple[str, str]:
    return re.sub("[^A-Za-z0-9_]", "_", edition.id), edition.hash[:12]


def _survey(edition: Edition) -> Iterator[Line]:
    for pillar in edition.pillars:
        rows = [row for row in edition.rows if row.pillar == pillar.code]
        if not rows:
            continue
        yield _line("begin_group", f"pillar_{pillar.code}", f"{pillar.code} {pillar.title}", pillar.title_en)
        for number, (section, found) in enumerate(groupby(rows, key=lambda row: row.section), 1):
            yield _line("begin_group", f"pillar_{pillar.code}_{number}", section or pillar.title)
            for row in found:
                yield from _row(row)
            yield _line("end_group", "")
        yield _line("end_group", "")


def _row(row: Question) -> Iterator[Line]:
    name, when = name_of(row.code), relevant_of(row.asked_when) if row.asked_when else ""
    kind = f"select_multiple {name}" if row.kind is Kind.MANY else _TYPES[row.kind]
    constraint, message = _constraint(row)
    yield _line(kind, name, f"{row.code} {row.text}", hint=row.hint, relevant=when, constraint=constraint, message=message)
    if not row.asked:
        return
    claimed = _CLAIMED.get(row.kind, "${{{0}}} != ''").format(name)
    if row.detail:
        share = row.detail.kind is Kind.PERCENT
        limit = (". >= 0 and . <= 100", "ต้องอยู่ระหว่าง 0 ถึง 100") if share else ("", "")
        yield _line(_TYPES[row.detail.kind], f"{name}_detail", row.detail.label, "", "", claimed, *limit)
    if row.beyond_parent_department:
        yield _line("select_one provider", f"{name}_provider", "ใครจัดทำ", "Who provides it", "", claimed)
    for number, slot in enumerate(row.evidence, 1):
        yield _line("file", f"{name}_evidence_{number}", slot.name, "", "", claimed)


def _constraint(row: Question) -> tuple[str, str]:
    match row.kind:
        case Kind.COUNT if row.not_above:
            return f". >= 0 and . <= ${{{name_of(row.not_above)}}}", f"ต้องไม่เกินข้อ {row.not_above}"
        case Kind.COUNT:
            return ". >= 0 and . <= 1000000", "จำนวนเต็มตั้งแต่ 0"
        case Kind.PERCENT:
            return ". >= 0 and . <= 100", "ต้องอยู่ระหว่าง 0 ถึง 100"
        case Kind.URL:
            return "regex(., '^https?://.+')", "ขึ้นต้นด้วย http:// หรือ https://"
        case Kind.MANY:
            return f"not(selected(., '{NONE}') and count-selected(.) > 1)", "เลือกรายการ หรือเลือกว่าไม่มีรายการใด"
        case Kind.DATE if row.window:
            return f". >= date('{row.window.start}') and . <= date('{row.window.end}')", "ต้องอยู่ในช่วงเวลาที่ถาม"
        case _:
            return "", ""


def _choices(edition: Edition) -> Iterator[Line]:
    yield from (("yes_no", name, th, en) for name, th, en in _YES_NO)
    yield from (("provider", name, th, en) for name, th, en in _PROVIDERS)
    for row in edition.asked_rows:
        names = choice_names(row)
        yield from ((name_of(row.code), names[choice.code], choice.text, choice.text) for choice in row.choices)
        if row.choices:
            yield (name_of(row.code), NONE, "ไม่มีรายการใด", "None of them")


def _line(
    kind: str,
    name: str,
    thai: str = "",
    english: str = "",
    hint: str = "",
    relevant: str = "",
    constraint: str = "",
    message: str = "",
) -> Line:
    return (kind, name, thai, english or thai, hint, relevant, constraint, message)
