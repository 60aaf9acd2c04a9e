"""Every component with the longest names we know, as whole pages: for looking at, and for the checks of test_gallery."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.template import engines

from phrom.shared.ui.charts import Bar, BarChart, Ladder, RadarChart, Rung, ScaleBand
from phrom.shared.ui.shapes import SHAPES

LONG = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่"
QUESTION = (
    "จังหวัดของท่านมีการจัดทำนโยบาย แผนปฏิบัติการ หรือแผนงานด้านธรรมาภิบาลข้อมูลภาครัฐ (Data Governance) "
    "ของจังหวัดนอกเหนือจากกรมต้นสังกัดดำเนินการหรือไม่"
)
CHROME = SimpleNamespace(
    person="นางสาวคำแก้ว ใจดีศรีพิงค์",
    office=LONG,
    round="รอบสำรวจปี 2567",
    links=[
        ("งานของฉัน", "/", "page"),
        ("คำตอบของหน่วยงาน", "/my/", ""),
        ("ผลของจังหวัด", "/r/", ""),
        ("บุคคลและสิทธิ", "/p/", ""),
    ],
    banner="วันสาธิต: วันอังคารที่ 11 มิถุนายน 2567 เวลา 13.30 น.",
)
NAMES = (
    "แนวนโยบายและหลักปฏิบัติ",
    "กระบวนการพัฒนาด้วยข้อมูล",
    "ศักยภาพเจ้าหน้าที่ภาครัฐด้านดิจิทัล",
    "บริการภาครัฐ",
    "การบริหารจัดการภายในที่มีการปรับเปลี่ยนกระบวนการทำงานเป็นดิจิทัล",
    "โครงสร้างพื้นฐานความมั่นคงปลอดภัยและมีประสิทธิภาพ",
    "เทคโนโลยีดิจิทัลและการนำไปใช้",
)
VALUES = ("18.50", "61.25", "44", "37.87", "0", "100", "52.40")
BARS = tuple(
    Bar(f"P{n}", name, Decimal(value), Decimal("37.87") if n != 7 else None, f"/r/P{n}/", "กำลังพัฒนา")
    for n, (name, value) in enumerate(zip(NAMES, VALUES, strict=True), 1)
)
BANDS = tuple(ScaleBand(f"ระดับ {n}", Decimal((n - 1) * 20)) for n in range(1, 6))
ESTIMATE = "แถบคะแนนห้าช่วงเท่ากัน"
LADDER = Ladder(
    "จำนวนด้านที่มีระดับ 3 ขึ้นไป",
    (
        Rung(Decimal(50), "อย่างน้อย 1 ด้าน", True),
        Rung(Decimal(75), "อย่างน้อย 2 ด้าน", True),
        Rung(Decimal(100), "อย่างน้อย 3 ด้าน และคะแนนรวมสูงกว่าปีก่อนไม่น้อยกว่าที่ตกลงไว้ในคำรับรอง", False),
    ),
    "2 ด้าน ได้ 75 คะแนน",
    "อีก 1 ด้าน ใกล้ที่สุดคือ P3 ขาด 1.20",
    ESTIMATE,
)


class Sample(forms.Form):
    """One field of every kind."""

    key = forms.CharField(widget=forms.HiddenInput, initial="x")
    name = forms.CharField(label=f"ชื่อผู้ให้ข้อมูลของ{LONG}", help_text="ชื่อและนามสกุลเต็ม เช่น นางสาวคำแก้ว ใจดี")
    issued_on = forms.CharField(label="วันที่ออกหลักฐาน", help_text="เช่น 11/6/2567 หรือ ๑๑ มิ.ย. ๖๗", required=False)
    has = forms.ChoiceField(label=QUESTION, choices=[("yes", "มี"), ("no", "ไม่มี")], widget=forms.RadioSelect)
    issues = forms.MultipleChoiceField(
        label="สอดคล้องกับประเด็นใดดังต่อไปนี้บ้าง",
        choices=[("a", "การแพทย์และสาธารณสุข"), ("b", QUESTION)],
        widget=forms.CheckboxSelectMultiple,
        help_text="เลือกได้มากกว่าหนึ่งข้อ",
    )
    office = forms.ChoiceField(label="หน่วยงาน", choices=[("1", LONG), ("2", "สำนักงานจังหวัดเชียงใหม่")])
    detail = forms.CharField(label="โปรดระบุ", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="ไฟล์หลักฐาน", help_text="PDF, Word, Excel หรือรูป ไม่เกิน 50 MB", required=False)
    sure = forms.BooleanField(label="ข้าพเจ้าได้ตรวจคำตอบทุกข้อแล้ว")


BODIES = {file.stem: file.read_text(encoding="utf-8") for file in sorted((Path(__file__).parent / "pages").glob("*.html"))}


def page(name: str) -> str:
    """One page of the gallery as HTML."""
    source = "{% extends 'ui/base.html' %}{% load ui %}{% block title %}ตัวอย่าง{% endblock %}"
    source += "{% block crumbs %}{% crumbs 'งานของฉัน' '/' 'รอบสำรวจปี 2567' '/r/' %}{% endblock %}"
    source += "{% block content %}" + BODIES[name] + "{% endblock %}"
    chart = {"title": "คะแนนเจ็ดด้าน", "bars": BARS, "last_label": "ปี 2566", "estimate": ESTIMATE}
    context = {
        "chrome": CHROME,
        "long": LONG,
        "question": QUESTION,
        "names": NAMES,
        "kinds": tuple(SHAPES),
        "estimate": ESTIMATE,
        "form": Sample({"has": "maybe"}) if name == "form" else Sample(),
        "chart": BarChart(bands=BANDS, **chart),
        "radar": RadarChart(**{**chart, "bars": tuple(bar for bar in BARS[:6])}),
        "steps": LADDER,
        "saved": (
            ("saved", "บันทึกแล้ว 13.30 น."),
            ("saving", "กำลังบันทึก"),
            ("unsaved", "ยังไม่ได้บันทึก"),
            ("conflict", "นายสมชาย ใจดี แก้ข้อนี้เมื่อ 13.29 น. ข้อความของท่านยังอยู่ กรุณาเลือกว่าจะใช้ข้อความใด"),
        ),
    }
    return engines["django"].from_string(source).render(context)
