"""The letterhead of a body, its emblem, and its own templates for papers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from django.db import transaction

from phrom.agencies.models import Agency, Letterhead, PaperTemplate, Person
from phrom.agencies.paperwork import letterhead_of, template_in_use
from phrom.shared.documents import emblem
from phrom.shared.documents.pdf import can_draw
from phrom.shared.documents.placeholders import known_form
from phrom.shared.documents.template_check import open_checked
from phrom.shared.files import store
from phrom.shared.files.models import StoredFile
from phrom.shared.files.names import clean_name, extension_of
from phrom.shared.files.sniff import content_type_of
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import refuse_unless_one_line

MOST_EMBLEM = 500 * 1024
MOST_TEMPLATE = 5 * 1024 * 1024
LEAST_PIXELS, MOST_PIXELS = 100, 4000  # 3 cm at 85 dpi and far more than any printer shows


class EmblemRefused(Refusal):
    """The picture cannot be an emblem: not a PNG or JPEG, too small, too large."""

    def __init__(self, th: str, en: str) -> None:
        kept_th, kept_en = "ยังไม่ได้เปลี่ยนตราสัญลักษณ์", "The emblem was not changed."
        super().__init__(f"{th} {kept_th}", f"{en} {kept_en}", where="emblem")


class TemplateTooLarge(Refusal):
    """A Word template is text; megabytes of it are pictures that every paper would carry."""

    status = 413

    def __init__(self) -> None:
        super().__init__(
            "แม่แบบใหญ่เกิน 5 เมกะไบต์ แม่แบบเดิมยังใช้อยู่ กรุณาย่อรูปในแม่แบบแล้วส่งใหม่",
            "The template is larger than 5 MB; the former one stays in use. Please make its pictures smaller.",
            where="file",
        )


@transaction.atomic
def change_letterhead(
    *, body: Agency, office: str, address: str, phone: str, letter_code: str, by: Person, at: datetime
) -> Letterhead:
    """Say what stands above the body's letters."""
    said = {"office": office, "phone": phone, "letter_code": letter_code}
    for where, text in said.items():
        refuse_unless_one_line(text, where=where)
    changed = _changed(body, {**said, "address": address}, by, at)
    _tell("letterhead.changed", body, {**said, "address": address}, by, at)
    return changed


def put_emblem(*, body: Agency, name: str, chunks: Iterable[bytes], by: Person, at: datetime) -> Letterhead:
    """Put a PNG or JPEG as the body's emblem. Refuses EmblemRefused and what the store refuses."""
    content = _limited(chunks, MOST_EMBLEM, EmblemRefused("รูปใหญ่เกิน 500 กิโลไบต์", "The picture is larger than 500 kB."))
    _check_picture(content, extension_of(clean_name(name)))
    stored = store.keep([content], name=name, at=at)
    with transaction.atomic():
        changed = _changed(body, {"emblem": stored}, by, at)
        _tell("letterhead.emblem_put", body, {"sha256": stored.sha256}, by, at)
    return changed


@transaction.atomic
def remove_emblem(*, body: Agency, by: Person, at: datetime) -> Letterhead:
    """Take the emblem away; papers show its empty place."""
    changed = _changed(body, {"emblem": None}, by, at)
    _tell("letterhead.emblem_removed", body, {}, by, at)
    return changed


def put_template(*, body: Agency, form: str, name: str, chunks: Iterable[bytes], by: Person, at: datetime) -> PaperTemplate:
    """Use this Word file for the body's papers of the form. Refuses TemplateBroken (all that is wrong), TemplateTooLarge."""
    content = _limited(chunks, MOST_TEMPLATE, TemplateTooLarge())
    open_checked(content, known_form(form))
    stored = store.keep([content], name=name, at=at)
    return _put_template(body, form, stored, clean_name(name), by, at)


@transaction.atomic
def withdraw_template(*, body: Agency, form: str, by: Person, at: datetime) -> None:
    """Go back to the default template. Nothing happens where it is in use already."""
    used = _locked(body, form)
    if used is not None:
        _withdraw(used, by, at)
        _tell("template.withdrawn", body, {"form": form}, by, at)


@transaction.atomic
def _put_template(body: Agency, form: str, stored: StoredFile, name: str, by: Person, at: datetime) -> PaperTemplate:
    used = _locked(body, form)
    if used is not None and used.file_id == stored.pk:
        return used  # sent twice
    if used is not None:
        _withdraw(used, by, at)
    made = PaperTemplate.objects.create(body=body, form=form, file=stored, file_name=name, uploaded_by=by, uploaded_at=at)
    _tell("template.put", body, {"form": form, "name": name, "sha256": stored.sha256}, by, at)
    return made


def _locked(body: Agency, form: str) -> PaperTemplate | None:
    """The template in use; two who change it at once wait for each other at the body's row."""
    Agency.objects.select_for_update().get(pk=body.pk)
    return template_in_use(body, form)


def _withdraw(used: PaperTemplate, by: Person, at: datetime) -> None:
    PaperTemplate.objects.filter(pk=used.pk).update(withdrawn_by=by, withdrawn_at=at)


def _changed(body: Agency, said: dict[str, object], by: Person, at: datetime) -> Letterhead:
    given = {"changed_by": by, "changed_at": at, **said}
    first = {"office": letterhead_of(body).office, **given}
    return Letterhead.objects.update_or_create(body=body, defaults=given, create_defaults=first)[0]


def _tell(event: str, body: Agency, details: dict[str, object], by: Person, at: datetime) -> None:
    journal.record(event, by=by, about=f"agency:{body.pk}", at=at, chain=body.code, details=details)


def _limited(chunks: Iterable[bytes], most: int, refusal: Refusal) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > most:
            raise refusal
    return bytes(content)


def _check_picture(content: bytes, extension: str) -> None:
    if extension not in ("png", "jpg", "jpeg"):
        raise EmblemRefused("ตราสัญลักษณ์ต้องเป็นไฟล์ PNG หรือ JPEG", "An emblem is a PNG or JPEG.")
    content_type_of(BytesIO(content), len(content), extension)
    width, height = emblem.size_of(content) or (0, 0)
    if min(width, height) < LEAST_PIXELS or max(width, height) > MOST_PIXELS:
        raise EmblemRefused(
            f"รูปขนาด {width} x {height} จุด ต้องกว้างและสูง {LEAST_PIXELS} ถึง {MOST_PIXELS} จุด",
            f"The picture has {width} x {height} pixels; {LEAST_PIXELS} to {MOST_PIXELS} each way are taken.",
        )
    if not can_draw(content):
        raise EmblemRefused(
            "เปิดรูปนี้ไม่ได้ รูปอาจเสียหาย กรุณาบันทึกเป็น PNG ใหม่", "The picture is damaged. Please save it as PNG again."
        )
