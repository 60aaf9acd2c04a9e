"""Registering agencies and their posts."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Agency, AgencyKind, Person, Post
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import refuse_unless_one_line

BODY_KINDS = {AgencyKind.PROVINCE, AgencyKind.DEPARTMENT}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class AgencyRefused(Refusal):
    """The agency cannot be registered so: bad code, code taken, or a body of the wrong kind."""


@transaction.atomic
def register_agency(
    *,
    code: str,
    name: str,
    kind: str,
    body: Agency | None,
    by: Person | None,
    at: datetime,
    short_name: str = "",
    parent_department: str = "",
    position: int = 0,
    answers_survey: bool = True,
) -> Agency:
    """Register an office of a body, or (without `body`) a province or department that answers itself.

    `answers_survey` is False for local governments: they exchange letters, no round asks them.
    `code` is lower-case Latin letters, figures and hyphens, unique in the installation. `by` None is the installation itself
    (`phrom seed`).
    """
    for where, text in (("name", name), ("short_name", short_name), ("parent_department", parent_department)):
        refuse_unless_one_line(text, where=where)
    if not CODE.fullmatch(code) or len(code) > 60:
        raise AgencyRefused(
            "รหัสหน่วยงานใช้อักษรโรมันตัวเล็ก ตัวเลข และขีดกลาง ไม่เกิน 60 ตัว ยังไม่มีอะไรถูกบันทึก กรุณาแก้รหัส",
            "An agency code is lower-case letters, figures and hyphens, at most 60. Nothing was saved. Please mend the code.",
            where="code",
        )
    if Agency.objects.filter(code=code).exists():
        raise AgencyRefused(
            f"มีหน่วยงานที่ใช้รหัส {code} แล้ว ยังไม่มีอะไรถูกบันทึก กรุณาใช้รหัสอื่น",
            f"The code {code} is taken. Nothing was saved. Please choose another.",
            where="code",
        )
    if (body is None) != (kind in BODY_KINDS) or (body is not None and not body.is_body):
        raise AgencyRefused(
            "จังหวัดและกรมขึ้นทะเบียนโดยลำพัง หน่วยงานอื่นต้องอยู่ในจังหวัดหรือกรม ยังไม่มีอะไรถูกบันทึก กรุณาเลือกประเภทใหม่",
            "Provinces and departments stand alone; other agencies belong to one. Nothing was saved. Please mend the kind.",
            where="kind",
        )
    agency = Agency.objects.create(
        code=code,
        name=name,
        kind=kind,
        body=body,
        short_name=short_name,
        parent_department=parent_department,
        position=position,
        answers_survey=answers_survey,
    )
    journal.record(
        "agency.registered",
        by=by,
        about=f"agency:{agency.pk}",
        at=at,
        chain=agency.own_body.code,
        details={"code": code, "name": name, "kind": str(kind)},
    )
    return agency


@transaction.atomic
def make_post(*, agency: Agency, title: str, is_head: bool = False, by: Person | None, at: datetime) -> Post:
    """Return the agency's post of this title, made if it is not there yet."""
    refuse_unless_one_line(title, where="title")
    post, created = Post.objects.get_or_create(agency=agency, title=title, defaults={"is_head": is_head})
    if created:
        chain = agency.own_body.code
        journal.record("post.made", by=by, about=f"post:{post.pk}", at=at, chain=chain, details={"title": title})
    return post
