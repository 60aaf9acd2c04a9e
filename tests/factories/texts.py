"""Thousands of kept files with Thai texts, without bytes: what an office's evidence says, made up of its words."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime

from phrom.shared.files.kinds import PDF
from phrom.shared.files.models import FileText, Scan, StoredFile, TextState
from phrom.shared.files.words import key_of

AT = datetime(2024, 6, 11, 2, 0, tzinfo=UTC)
WORDS = (
    "คำสั่ง แต่งตั้ง คณะกรรมการ คณะทำงาน จังหวัด เชียงใหม่ สำนักงาน เกษตร พาณิชย์ ปกครอง ท้องถิ่น สาธารณสุข ประมง ปศุสัตว์ ที่ดิน ขนส่ง "
    "แรงงาน วัฒนธรรม สถิติ ทะเบียน บริการ ดิจิทัล ข้อมูล เปิดเผย ภาครัฐ ธรรมาภิบาล มาตรฐาน แพลตฟอร์ม เชื่อมโยง แลกเปลี่ยน อบรม บุคลากร "
    "ทักษะ หลักสูตร ผลลัพธ์ ความพึงพอใจ น้ำท่วม น้ำประปา ค่าธรรมเนียม ใบอนุญาต ผู้สูงอายุ เบี้ยยังชีพ นักท่องเที่ยว หมู่บ้าน ตำบล อำเภอ "
    "ฝุ่นละออง หมอกควัน ปัญญาประดิษฐ์ โดรน เซ็นเซอร์ กล้องวงจรปิด คลาวด์ ไซเบอร์ ความมั่นคง ปลอดภัย ส่วนบุคคล ยินยอม พ.ศ. ๒๕๖๗ ๒๕๖๖ 2567 "
    "ที่ ลงวันที่ ๑๑ มิถุนายน และ ของ ใน โดย เพื่อ ซึ่ง ให้ ได้ เป็น ไม่ มี แล้ว ครั้งที่ ๑/๒๕๖๗ Dashboard API Open Data e-Service LINE OA"
).split()
LETTERS = "กขคงจฉชซญฎฏฐณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


def thai_text(dice: random.Random, words: int = 60) -> str:
    """Words of an office with now and then a name that nobody else has; words run on, as in Thai, or stand apart."""
    parts = []
    for _ in range(words):
        word = dice.choice(WORDS) if dice.random() < 0.85 else "".join(dice.choices(LETTERS, k=dice.randrange(2, 6)))
        parts.append(word + dice.choice(("", "", " ", "\n")))
    return "".join(parts)


def make_texts(count: int, seed: int = 7, words: int = 60) -> list[FileText]:
    """Files with what was read in them; rows only."""
    dice = random.Random(seed)
    hashes = [hashlib.sha256(f"{seed}:{number}".encode()).hexdigest() for number in range(count)]
    files = [StoredFile(sha256=sha256, size=1, content_type=PDF, stored_at=AT, scan=Scan.NONE) for sha256 in hashes]
    StoredFile.objects.bulk_create(files, batch_size=500)
    texts = [thai_text(dice, words) for _ in files]
    rows = [
        FileText(file=file, state=TextState.READ, text=text, key=key_of(text), at=AT)
        for file, text in zip(files, texts, strict=True)
    ]
    return FileText.objects.bulk_create(rows, batch_size=250)
