"""What lies between a frozen set and its handing in: approval, resolution, memo; what is done and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from phrom.agencies.paperwork import pdf_for
from phrom.letters.actions.body_letters import Words
from phrom.letters.models import Letter
from phrom.letters.papers.rendering import letter_pdf
from phrom.meetings.papers.extract import extract_document
from phrom.results.papers.source import PackSource
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date
from phrom.survey.actions.proposing import newest_proposal
from phrom.survey.models import Round, SetProposal

MEMO_FILE, EXTRACT_FILE = "บันทึกนำส่ง.pdf", "สำเนามติที่ประชุม.pdf"


@dataclass(frozen=True)
class Step:
    """One step on the way out. `said` is a Thai sentence; `paper` makes its PDF where the step has one."""

    name: str
    done: bool
    said: str
    file: str = ""
    paper: Callable[[], bytes] | None = None
    letter: Letter | None = None


def steps_of(round: Round) -> tuple[Step, ...]:
    """Freezing, approval, resolution, memo, in their order: two queries."""
    proposal = newest_proposal(round)
    return (_frozen(round), _approved(proposal), _resolved(round, proposal), _memo(round, cover_of(round)))


def cover_of(round: Round) -> Letter | None:
    """The newest memo that hands the round's set in, drafted or issued: one query."""
    found = Letter.objects.filter(sent_for=word_for(round), voided_at=None).select_related("office__agency__body", "entry")
    return found.order_by("pk").last()


def word_for(round: Round) -> str:
    """What a letter that hands this round's set in is for."""
    return f"set:{round.pk}"


def cover_words(source: PackSource) -> Words:
    """The memo's words: what it follows, what is laid before the head, what is asked."""
    round, edition, card = source.round, source.standing.edition, source.standing.scorecard
    approval = source.approval
    agreed = f" โดย {approval.proposed_by} เป็นผู้เสนอ และ {approval.approved_by} เป็นผู้อนุมัติ" if approval else ""
    resolved = f" ตาม{approval.resolution}" if approval and approval.resolution else ""
    closed = thai_date(local_date(round.frozen_at), "long") if round.frozen_at else ""
    return Words(
        subject=f"ส่งคำตอบ{edition.title} ของ{round.body.name}",
        text=(
            f"ตามที่ {edition.issuer} ดำเนินการ{edition.title} และ{round.body.name}ได้ให้หน่วยงานที่เกี่ยวข้องตอบแบบสำรวจ"
            f"ภายในวันที่ {thai_date(round.internal_deadline, 'long')} นั้น\n"
            f"บัดนี้ ได้รวบรวมและตรวจรับคำตอบแล้ว และปิดชุดคำตอบเมื่อวันที่ {closed}{agreed}{resolved} "
            f"คาดว่าจะได้คะแนนรวมร้อยละ {card.total} ซึ่งเป็นค่าประมาณการ เพราะคะแนนต่อข้อและช่วงคะแนนของระดับยังไม่มีประกาศ "
            f"รหัสตรวจสอบของชุดคำตอบ (SHA-256) คือ {source.sha256}\n"
            "พร้อมนี้ได้แนบรายงานคำตอบ ภาคผนวกรายเสาหลัก และบัญชีหลักฐานมาด้วยแล้ว\n"
            "จึงเรียนมาเพื่อโปรดพิจารณา หากเห็นชอบ จะได้บันทึกคำตอบในระบบของผู้สำรวจต่อไป"
        ),
        sent_for=word_for(round),
        addressed_to=f"ผู้ว่าราชการ{round.body.name}" if round.body.name.startswith("จังหวัด") else f"หัวหน้า{round.body.name}",
    )


def read_first(source: PackSource, steps: Iterable[Step]) -> str:
    """One page for whoever opens the pack: what lies where, what is missing, how it is checked without Phrom."""
    state = "ร่าง ยังไม่ปิดรอบ ห้ามใช้เป็นคำตอบทางการ" if source.is_draft else f"ชุดที่ปิดแล้ว รหัสตรวจสอบ (SHA-256) {source.sha256}"
    lines = (f"{'เสร็จแล้ว' if step.done else 'ยังขาด'}: {step.name} {step.said}" for step in steps)
    return READ_FIRST.format(body=source.round.body.name, state=state, steps="\n".join(lines))


READ_FIRST = """ชุดเอกสารคำตอบของ{body}
{state}

ขั้นตอนก่อนส่ง
{steps}

ในชุดนี้มี
- รายงาน และ ภาคผนวก (PDF และ DOCX): คำตอบ ที่มา คะแนนประมาณการ หลักฐานรายข้อ
- คำตอบของจังหวัด.xlsx: ตารางเดียวกันสำหรับกรองและตรวจ มีแผ่นสำหรับกรอกระบบของผู้สำรวจ
- หลักฐาน/เสาหลัก/ข้อ/รหัสหน่วยงาน/ชื่อไฟล์ ชื่อไทยคงเดิม อักขระที่ Windows ไม่รับเปลี่ยนเป็น -
- บัญชีแฟ้ม.csv (ทุกแฟ้มพร้อมรหัส) บัญชีลิงก์.csv บัญชีที่ยังขาด.csv
- ชุดคำตอบ.json แบบสำรวจ.json คะแนน.json: ชุดคำตอบในรูปมาตรฐาน RFC 8785

ตรวจชุดนี้โดยไม่ใช้ระบบพร้อม (ใช้เพียง Python 3.11 ขึ้นไป)
1. แตกไฟล์ verify.py และ merge_again.py จากชุดไว้ในโฟลเดอร์เดียวกัน
2. พิมพ์ python verify.py ชื่อชุด.zip --sha256 รหัสที่พิมพ์ในรายงาน
3. โปรแกรมตรวจทุกแฟ้มกับบัญชี รวมคำตอบของทุกหน่วยงานใหม่ คิดคะแนนใหม่ แล้วบอกว่า "ตรงกันทั้งหมด" หรือไม่ตรงที่ใด
โปรแกรมทั้งสองยาวไม่เกิน 200 บรรทัด อ่านก่อนใช้ได้ และนำมาจากที่อื่นที่ท่านเชื่อถือได้

To check this pack without Phrom: put verify.py and merge_again.py into one folder and run
python verify.py PACK.zip --sha256 HASH_ON_THE_PAPER
Every file is compared with the manifest, all answers are merged and scored again. Scores are estimates.
"""


def _frozen(round: Round) -> Step:
    said = f"เมื่อ {thai_date(local_date(round.frozen_at))}" if round.frozen_at else "ชุดนี้จึงเป็นร่าง"
    return Step("ปิดรอบ", round.is_frozen, said)


def _approved(proposal: SetProposal | None) -> Step:
    if proposal and proposal.approved_by and proposal.approved_at:
        return Step("อนุมัติโดยคนที่สอง", True, f"โดย {proposal.approved_by.name} เมื่อ {thai_date(local_date(proposal.approved_at))}")
    return Step("อนุมัติโดยคนที่สอง", False, "ยังไม่มีผู้อนุมัติชุดคำตอบ")


def _resolved(round: Round, proposal: SetProposal | None) -> Step:
    resolution = proposal.resolution if proposal and proposal.approved_at else None
    if resolution is None:
        return Step("มติที่ประชุม", False, "ไม่ได้อ้างมติที่อนุมัติชุดคำตอบ")
    made = proposal.approved_at if proposal else None

    def paper() -> bytes:
        return pdf_for(round.body, extract_document(resolution, on=local_date(made or resolution.recorded_at)))

    return Step("มติที่ประชุม", True, str(resolution), EXTRACT_FILE, paper)


def _memo(round: Round, letter: Letter | None) -> Step:
    if letter is None:
        return Step("บันทึกนำส่ง", False, "ยังไม่ได้ร่าง")
    if letter.issued_at is None:
        return Step("บันทึกนำส่ง", False, "ร่างแล้ว ยังไม่ได้ออกเลข", letter=letter)
    number = letter.entry.number_text if letter.entry else ""
    return Step("บันทึกนำส่ง", True, f"ที่ {number}", MEMO_FILE, lambda: letter_pdf(letter), letter)
