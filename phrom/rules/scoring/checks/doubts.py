"""What is allowed in an answer and yet worth a second look before it is sent: warnings, each with a harmless explanation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from phrom.rules.instrument.model import Kind
from phrom.rules.scoring.checks.case import Case, Finding
from phrom.rules.scoring.claims import answered, missing_slots, positive

SAYS_NOTHING = re.compile(r"[\s\-–—._/]+|ไม่มี|ไม่ทราบ|n/?a|none|test|ทดสอบ|xx+|\?+", re.IGNORECASE)
DRAFT = re.compile(r"ร่าง(?!กฎ|พระ|ข้อ|แผน)|(?<![a-z])draft(?![a-z])|ยังไม่ลงนาม|untitled|ไม่มีชื่อ", re.IGNORECASE)
MANY_ROWS = 10


def evidence_under_a_no(case: Case) -> Iterator[Finding]:
    """Whoever brings evidence has something to show; "no" beside it may be a slip."""
    for row, answer in case.on_path():
        if answer.proofs and answered(answer.value) and not positive(answer.value):
            th = f"ตอบว่าไม่มี แต่แนบหลักฐานไว้ {len(answer.proofs)} รายการ กรุณาตรวจว่าตอบถูกแล้ว"
            yield row.code, th, f"Answered no, yet {len(answer.proofs)} pieces of evidence are attached."


def says_nothing(case: Case) -> Iterator[Finding]:
    """A text or a detail that is a stroke or "none" claims nothing."""
    for row, answer in case.claims():
        texts = [("คำตอบ", answer.value if row.kind is Kind.TEXT else ""), ("ข้อความที่ระบุ", answer.detail)]
        for what, text in texts:
            if isinstance(text, str) and text and SAYS_NOTHING.fullmatch(text.strip() or "-"):
                yield row.code, f"{what} “{text.strip()}” ไม่ได้บอกรายละเอียดใด", f"“{text.strip()}” says nothing."


def draft_in_a_slot(case: Case) -> Iterator[Finding]:
    """Required evidence should be the signed paper, not a draft of it."""
    for row, answer in case.claims():
        required = {slot.code for slot in row.evidence if slot.required}
        for proof in answer.proofs:
            if (proof.slot in required or (required and not proof.slot)) and DRAFT.search(proof.name):
                th = f"หลักฐาน “{proof.name}” มีชื่อเป็นฉบับร่าง กรุณาแนบฉบับที่ลงนามแล้ว"
                yield row.code, th, f"“{proof.name}” is named a draft; attach the signed one."


def link_without_https(case: Case) -> Iterator[Finding]:
    """A link that is not https may be changed on the way, and many browsers refuse it."""
    for row, answer in case.claims():
        named = [(proof.name, proof.ref) for proof in answer.proofs]
        named += [("คำตอบ", answer.value)] if row.kind is Kind.URL and isinstance(answer.value, str) else []
        for name, address in named:
            if address.lower().startswith("http://"):
                yield row.code, f"ลิงก์ของ “{name}” ไม่ใช่ https ผู้ตรวจอาจเปิดไม่ได้", f"The link of “{name}” is not https."


def one_paper_for_many_rows(case: Case) -> Iterator[Finding]:
    """One paper under very many rows rarely proves them all; said once, at the first of its rows."""
    rows = [(row.code, proof.ref or proof.name, proof.name) for row, answer in case.claims() for proof in answer.proofs]
    counts = Counter(ref for _, ref, _ in {(code, ref, "") for code, ref, _ in rows})
    told: set[str] = set()
    for code, ref, name in rows:
        if counts[ref] > MANY_ROWS and ref not in told:
            told.add(ref)
            th = f"หลักฐาน “{name}” ใช้กับ {counts[ref]} ข้อ กรุณาตรวจว่าพิสูจน์ได้ทุกข้อ"
            yield code, th, f"“{name}” stands under {counts[ref]} rows; see whether it proves each."


def only_loose_evidence(case: Case) -> Iterator[Finding]:
    """Where several papers are required, loose ones fill the slots by number only; say which is which."""
    for row, answer in case.claims():
        required = [slot for slot in row.evidence if slot.required]
        loose = [proof for proof in answer.proofs if not proof.slot]
        if len(required) > 1 and loose and not missing_slots(row, answer):
            names = ", ".join(slot.name for slot in required)
            yield row.code, f"ยังไม่ได้ระบุว่าหลักฐานใดเป็นรายการใด ({names})", f"Say which evidence is which: {names}."
