"""To whom a resolution is sent, what is asked and by when. Checks only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from phrom.agencies.models import Agency
from phrom.letters.models import DirectoryEntry
from phrom.meetings.actions.resolution_letters import Asked
from phrom.meetings.forms.follow_ups import long_text
from phrom.shared.ui.fields import sentences
from phrom.shared.ui.typed import ThaiDate

LOCALS = "องค์กรปกครองส่วนท้องถิ่น"
FEW = 12  # as many local governments stand open on the page


@dataclass(frozen=True)
class Group:
    """Offices that may be ticked together: `name` is their field; `key` ticks the whole group, `name` all of the field."""

    name: str
    key: str
    title: str
    rows: tuple[Agency | DirectoryEntry, ...]
    folded: bool = True


@dataclass(frozen=True)
class ShownRow:
    """An office as the page shows it; `place` counts within its field."""

    key: str
    title: str
    place: int
    ticked: bool


@dataclass(frozen=True)
class ShownGroup:
    """A group as the page shows it: what was looked for and what is ticked. `chosen` of `count` are."""

    name: str
    key: str
    title: str
    count: int
    chosen: int
    whole: bool
    is_open: bool
    rows: tuple[ShownRow, ...]


def groups_of(
    agencies: Sequence[Agency],
    locals: Sequence[Agency],
    entries: Sequence[DirectoryEntry],
    districts: Mapping[int, str],
) -> list[Group]:
    """The offices of the province, local governments by district where it is known, offices elsewhere."""
    by_district: dict[str, list[Agency]] = {}
    for each in sorted(locals, key=lambda each: districts.get(each.pk, "")):
        by_district.setdefault(districts.get(each.pk, ""), []).append(each)
    groups = [Group("agencies", "agencies", "หน่วยงานของจังหวัด", tuple(agencies))]
    for place, (district, rows) in enumerate(by_district.items()):
        title = f"อำเภอ{district}" if district else "ไม่ระบุอำเภอ"
        title = title if len(by_district) > 1 else LOCALS
        groups.append(Group("locals", f"locals-{place}", title, tuple(rows), folded=len(locals) > FEW))
    groups.append(Group("entries", "entries", "หน่วยงานในระบบอื่นที่เชื่อมกัน", tuple(entries), folded=len(entries) > FEW))
    return [group for group in groups if group.rows]


def typed(posted: QueryDict) -> dict[str, object]:
    """What stands in the form so far, unchecked."""
    ticks = {name: posted.getlist(name) for name in ("agencies", "locals", "entries", "whole")}
    return {**ticks, **{name: posted.get(name, "") for name in ("task", "due_on", "to_know")}}


class Offices(forms.MultipleChoiceField):
    """Offices to tick, by id; the page gives the list."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class WriteLetter(forms.Form):
    """After `is_valid`, `asked` is what was asked for. `wanted` narrows what `shown` shows, and unticks nothing."""

    use_required_attribute = False

    task = long_text("ให้ดำเนินการอะไร", "พิมพ์ในหนังสือ และหน่วยงานเห็นคู่กับมติ")
    due_on = ThaiDate(label="ภายในวันที่", help_text="เช่น 21 มิ.ย. 2567 หรือ 21/6/2567")
    to_know = forms.BooleanField(
        label="รับทราบเท่านั้น ไม่ต้องรายงานผล", required=False, help_text="เมื่อหน่วยงานลงรับหนังสือ เรื่องของหน่วยงานนั้นจะปิดเอง"
    )
    agencies = Offices("หน่วยงานของจังหวัด")
    locals = Offices(LOCALS)
    entries = Offices("หน่วยงานในระบบอื่นที่เชื่อมกัน")
    whole = Offices("ทั้งกลุ่ม")

    def __init__(self, data: Any, *, groups: Sequence[Group], wanted: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        self._groups, self.wanted = groups, wanted
        for name in ("agencies", "locals", "entries"):
            self._offer(name, [str(row.pk) for group in groups if group.name == name for row in group.rows])
        self._offer("whole", [*(group.key for group in groups), *{group.name for group in groups}])

    @property
    def shown(self) -> list[ShownGroup]:
        """The groups with something to show: all, or those in which the wanted word or a tick is."""
        begun: Counter[str] = Counter()
        shown = []
        for group in self._groups:
            shown.append(self._shown(group, begun[group.name]))
            begun[group.name] += len(group.rows)
        return [group for group in shown if group.rows]

    @property
    def chosen(self) -> int:
        """How many offices are ticked."""
        return sum(group.chosen for group in self.shown)

    @property
    def districts(self) -> int:
        """How many local governments there are, where they stand in districts; else 0."""
        found = [len(group.rows) for group in self._groups if group.name == "locals"]
        return sum(found) if len(found) > 1 else 0

    @property
    def whole_locals(self) -> bool:
        """Whether every local government is ticked at once."""
        return "locals" in (self["whole"].value() or ())

    @property
    def wrong_offices(self) -> list[str]:
        """What is wrong with the choice of offices."""
        return [text for name in ("agencies", "locals", "entries", "whole") for text in sentences(self[name])]

    def clean(self) -> dict[str, Any]:
        """At least one office, whatever its sort."""
        cleaned = super().clean() or {}
        names = ("agencies", "locals", "entries", "whole")
        if not any(cleaned.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(self._groups[0].name if self._groups else None, "เลือกหน่วยงานอย่างน้อยหนึ่งแห่ง")
        return cleaned

    @property
    def asked(self) -> Asked:
        """What a valid form says."""
        said = self.cleaned_data
        chosen = []
        for group in self._groups:
            whole = {group.key, group.name} & set(said["whole"])
            chosen += [row for row in group.rows if whole or str(row.pk) in said[group.name]]
        agencies = tuple(each for each in chosen if isinstance(each, Agency))
        entries = tuple(each for each in chosen if isinstance(each, DirectoryEntry))
        return Asked(agencies=agencies, entries=entries, task=said["task"], due_on=said["due_on"], to_know=said["to_know"])

    def _offer(self, name: str, keys: Sequence[str]) -> None:
        field = self.fields[name]
        assert isinstance(field, Offices)  # noqa: S101  declared above
        field.choices = [(key, key) for key in keys]

    def _shown(self, group: Group, begun: int) -> ShownGroup:
        ticks, wholes = ({str(each) for each in self[name].value() or ()} for name in (group.name, "whole"))
        whole = bool({group.key, group.name} & wholes)
        rows = [
            ShownRow(str(row.pk), row.name, place, ticked=whole or str(row.pk) in ticks)
            for place, row in enumerate(group.rows, begun)
        ]
        chosen = sum(row.ticked for row in rows)
        found = tuple(row for row in rows if row.ticked or self.wanted in row.title)
        is_open = bool(self.wanted or chosen or self.errors.get(group.name)) or not group.folded
        return ShownGroup(group.name, group.key, group.title, len(rows), chosen, whole, is_open, found)
