"""The components: `{% load ui %}`. docs/how-to/components.md shows each with an example."""

from __future__ import annotations

import secrets
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from phrom.shared.ui import charts, drawing, fields, wrapping
from phrom.shared.ui.shapes import SHAPES, TONES

register = template.Library()


@register.simple_tag
def tag(kind: str, label: str, title: str = "") -> SafeString:
    """A state: word, shape and colour. `kind` is one of SHAPES; `title` is shown on hover (an exact time, say)."""
    return format_html(
        '<span class="state state--{}"{}><svg class="state__shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>{}</span>',
        TONES[kind],
        format_html(' title="{}"', title) if title else "",
        SHAPES[kind],
        label,
    )


@register.simple_tag
def days_left(days: int) -> SafeString:
    """How long there is, as a state: late from the first day after, waiting in the last week."""
    if days < 0:
        return tag("late", f"เลยกำหนด {-days} วัน")
    if days == 0:
        return tag("late", "ครบกำหนดวันนี้")
    return tag("wait" if days <= 7 else "open", f"เหลือ {days} วัน")


@register.simple_tag
def estimate(name: str) -> SafeString:
    """The word ประมาณการ for a figure that rests on an assumption; its name on hover, for screen readers and in print."""
    return format_html(
        '<span class="estimate" title="ข้อสันนิษฐาน: {0}">ประมาณการ<span class="estimate__name"> (ข้อสันนิษฐาน: {0})</span></span>',
        name,
    )


@register.simple_tag
def once_key() -> SafeString:
    """The hidden one-time key of a form that creates something: sending it twice makes one thing."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(18))


@register.inclusion_tag("ui/parts/progress.html")
def progress(n: int, of: int, label: str = "") -> dict[str, Any]:
    """`{% progress 3 9 "ตอบแล้ว" %}`: a bar with its words, "ตอบแล้ว 3 จาก 9"; 0 of 0 is an empty bar."""
    return {"n": n, "of": of, "most": max(of, 1), "label": label}


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """`{% crumbs "งานของฉัน" url1 "รอบ 2567" url2 %}`: the way back, labels and addresses in turn."""
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>',
        ((url, label) for label, url in zip(pairs[::2], pairs[1::2], strict=True)),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs" aria-label="ทางกลับ"><ol class="govuk-breadcrumbs__list">{}</ol></nav>', items
    )


@register.inclusion_tag("ui/parts/empty.html")
def nothing_yet(title: str, text: str, url: str = "", act: str = "") -> dict[str, str]:
    """An empty place that teaches: what will stand here, and the one act that starts it (none where the reader cannot)."""
    return {"title": title, "text": text, "url": url, "act": act}


@register.inclusion_tag("ui/parts/figure.html")
def figure(value: str, label: str, url: str = "", assumption: str = "") -> dict[str, str]:
    """A number that opens: `url` leads to the rows behind it; `assumption` marks an estimate."""
    return {"value": value, "label": label, "url": url, "assumption": assumption}


@register.inclusion_tag("ui/form/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One form field: label, hint, error and input, in our design."""
    return {"field": bound}


@register.inclusion_tag("ui/form/form.html")
def fields_of(form: BaseForm) -> dict[str, Any]:
    """All fields of a form in their order, hidden ones included, without the error summary and the buttons."""
    return {"form": form}


@register.inclusion_tag("ui/form/summary.html")
def error_summary(form: BaseForm, begin: str = "ยังบันทึกไม่ได้") -> dict[str, Any]:
    """Everything that is wrong in a form, each a link to its field; nothing when all is well. `begin`: what did not happen."""
    return {"problems": fields.problems(form), "begin": begin}


@register.filter
def control(bound: BoundField) -> SafeString:
    """The input alone, with our classes."""
    return fields.control(bound)


@register.filter
def shape_of(bound: BoundField) -> str:
    """Which of our field templates fits: choices, tick, hidden or plain."""
    return fields.shape_of(bound)


@register.filter
def sentences(bound: BoundField) -> list[str]:
    """What is wrong with a field, in our words."""
    return fields.sentences(bound)


@register.filter
def choice_kind(bound: BoundField) -> str:
    """`radios` or `checkboxes`."""
    return fields.choice_kind(bound)


@register.filter
def choice_input(choice: BoundWidget, kind: str) -> SafeString:
    """One radio or tick box without its label."""
    return fields.choice_input(choice, kind)


@register.inclusion_tag("ui/charts/bars.html")
def bar_chart(chart: charts.BarChart) -> dict[str, Any]:
    """Bars with last year's mark and the level lines; the figures stand in the same table."""
    return {"chart": chart, "lines": drawing.scale_lines(chart)}


@register.inclusion_tag("ui/charts/radar.html")
def radar_chart(chart: charts.RadarChart) -> dict[str, Any]:
    """The same figures around a centre, with their table beside."""
    return {"chart": chart, "table": charts.table(chart), "net": drawing.net(chart)}


@register.inclusion_tag("ui/charts/ladder.html")
def ladder(steps: charts.Ladder) -> dict[str, Any]:
    """The KPI's steps, where we stand, and what the next one still needs."""
    return {"ladder": steps, "rungs": tuple(reversed(steps.rungs))}


@register.filter
def whole_words(text: object) -> SafeString:
    """Long printed text in which browsers break no word wrongly; escaped."""
    return wrapping.whole_words(text)


@register.filter
def percent(value: object) -> str:
    """A percent with two decimals, "–" for none."""
    return charts.figure(value)  # type: ignore[arg-type]
