"""Code lists of official correspondence. The codes of urgency and secrecy are those of TH e-GIF (tables 2-9 and 2-10)."""

from __future__ import annotations

from django.db import models


class Book(models.TextChoices):
    """Which book of an office a number belongs to. Secret letters have books of their own, so that no gap tells of them."""

    SEND = "send", "ทะเบียนหนังสือส่ง"
    RECEIVE = "receive", "ทะเบียนหนังสือรับ"
    CIRCULAR = "circular", "ทะเบียนหนังสือเวียน (ว)"
    MEMO = "memo", "ทะเบียนบันทึกข้อความ"
    ORDER = "order", "ทะเบียนคำสั่ง"
    ANNOUNCEMENT = "announcement", "ทะเบียนประกาศ"
    CERTIFICATE = "certificate", "ทะเบียนหนังสือรับรอง"
    SECRET_SEND = "secret_send", "ทะเบียนส่งหนังสือลับ"
    SECRET_RECEIVE = "secret_receive", "ทะเบียนรับหนังสือลับ"


SECRET_BOOKS = (Book.SECRET_SEND, Book.SECRET_RECEIVE)


class LetterKind(models.TextChoices):
    """The forms of letters that an office issues (ข้อ 10 of the regulation)."""

    EXTERNAL = "external", "หนังสือภายนอก"
    MEMO = "memo", "บันทึกข้อความ (หนังสือภายใน)"
    STAMPED = "stamped", "หนังสือประทับตรา"
    ORDER = "order", "คำสั่ง"
    ANNOUNCEMENT = "announcement", "ประกาศ"
    CERTIFICATE = "certificate", "หนังสือรับรอง"


class Speed(models.TextChoices):
    """How urgent a letter is."""

    NORMAL = "001", "ปกติ"
    URGENT = "002", "ด่วน"
    VERY_URGENT = "003", "ด่วนมาก"
    MOST_URGENT = "004", "ด่วนที่สุด"


class Secrecy(models.TextChoices):
    """How secret a letter is; everything above normal is seen by named people only."""

    NORMAL = "001", "ปกติ"
    SECRET = "002", "ลับ"
    VERY_SECRET = "003", "ลับมาก"
    MOST_SECRET = "004", "ลับที่สุด"


class Via(models.TextChoices):
    """By which way a letter goes to a recipient or came to us. The register and the states do not depend on it."""

    HERE = "here", "ในระบบเดียวกัน"
    PEER = "peer", "ระหว่างระบบ"
    ECMS = "ecms", "eCMS"
    HAND = "hand", "ส่งเอง (กระดาษหรืออีเมล)"


class Retention(models.TextChoices):
    """How long a letter is kept after the end of its year (ข้อ 57); without a class: the one by rule (retention.py)."""

    ONE = "1", "1 ปี (เรื่องธรรมดา)"
    FIVE = "5", "5 ปี (มีต้นเรื่องที่อื่น)"
    TEN = "10", "10 ปี (ปกติ)"
    EVER = "ever", "ตลอดไป"
