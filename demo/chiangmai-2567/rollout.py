"""The demonstration's drive: twelve invented local governments in three districts, at every stage; all marked as demo.

make.py puts `rollout_rows()` into the seed, and adds `local_people()` to its people, `local_codes()` to its offices,
`local_letters()` to its letters.
"""

from __future__ import annotations

from typing import Any

HOME = "provincial-office"
SUPPORTER = "supporter@demo.example"
KINDS = {"ทต.": "subdistrict", "อบต.": "sao", "ทม.": "town"}
# Code of the list, type, invented name, district, and what is to be seen of it.
OFFICES = (
    ("9990101", "ทต.", "ดอกเอื้อง (สาธิต)", "แม่ริม", "active"),
    ("9990102", "อบต.", "ห้วยสายหมอก (สาธิต)", "แม่ริม", "first_letter"),
    ("9990103", "อบต.", "ดอยฟ้าใส (สาธิต)", "แม่ริม", "joined"),
    ("9990104", "อบต.", "ม่อนกาสะลอง (สาธิต)", "แม่ริม", "invited"),
    ("9990201", "ทม.", "ลานคำ (สาธิต)", "สันทราย", "active"),
    ("9990202", "ทต.", "ป่าไผ่ทอง (สาธิต)", "สันทราย", "quiet"),
    ("9990203", "ทต.", "สันดอกงิ้ว (สาธิต)", "สันทราย", "trained"),
    ("9990204", "อบต.", "หนองบัวตอง (สาธิต)", "สันทราย", "dropped"),
    ("9990301", "ทต.", "แม่ธารา (สาธิต)", "หางดง", "active"),
    ("9990302", "ทต.", "น้ำใสเย็น (สาธิต)", "หางดง", "held"),
    ("9990303", "อบต.", "ทุ่งทานตะวัน (สาธิต)", "หางดง", "invited"),
    ("9990304", "อบต.", "บ้านไร่ลานนา (สาธิต)", "หางดง", "said_active"),
)
CLERKS = ("ศรีวรรณ", "บุญมี", "คำแปง", "", "จันทร์เพ็ญ", "อินตา", "แสงดาว", "", "พิมพา", "ก้องภพ", "", "")
SEEN_THERE = "ดูสายและเครื่องร่วมกับช่างของหน่วยงาน นัดทดลองส่งอีกครั้ง"
WITH_LETTERS = {"active": ("05-24", "06-05"), "first_letter": ("06-03",), "quiet": ("04-10",)}


def at(day: str, time: str) -> str:
    """A moment of 2024 in Thailand."""
    return f"2024-{day}T{time}:00+07:00"


def clerk_of(code: str) -> str:
    """The address of an office's clerk."""
    return f"lgo-{code}@demo.example"


def rollout_rows() -> dict[str, Any]:
    """The parts of the seed that are about the drive."""
    locals_ = [
        {"body": "chiangmai", "dla_code": code, "kind": KINDS[kind], "name": name, "district": place, "size": "SML"[number % 3]}
        for number, (code, kind, name, place, _) in enumerate(OFFICES)
    ]
    return {"local_governments": locals_, "drives": [drive()]}


def local_people(password: str) -> list[dict[str, Any]]:
    """A clerk in each office that has begun, and the province's supporter."""
    notes = ["เจ้าหน้าที่สารบรรณ อปท.", *[""] * (len(OFFICES) - 1)]
    people = [
        person(clerk_of(code), f"นางสาว{given} สาธิตท้องถิ่น", f"lgo-{code}", "local_clerk", password, note)
        for (code, *_), given, note in zip(OFFICES, CLERKS, notes, strict=True)
        if given
    ]
    return [person(SUPPORTER, "นายส่งเสริม ท้องถิ่นดี", "local-promotion", "supporter", password, "ผู้ส่งเสริม e-Document"), *people]


def person(email: str, name: str, agency: str, role: str, password: str, note: str) -> dict[str, Any]:
    """One account in one role."""
    held = [{"agency": agency, "role": role, "since": "2024-03-01"}]
    return {"email": email, "name": name, "password": password, "note": note, "memberships": held}


def local_codes() -> list[dict[str, Any]]:
    """Invented letter codes of the offices that have a clerk: without one no letter goes out."""
    return [
        {"agency": f"lgo-{code}", "letter_code": f"ชม {code[2:]}"}
        for (code, *_), given in zip(OFFICES, CLERKS, strict=True)
        if given
    ]


def local_letters() -> list[dict[str, Any]]:
    """Letters of local governments to the provincial office, and what it wrote to those that deal with theirs in time."""
    made = []
    for code, _, _, _, seen in OFFICES:
        for day in WITH_LETTERS.get(seen, ()):
            accepted = {"agency": HOME, "accepted": done("provincial-office@demo.example", day, "15:40")}
            made.append(letter(f"lgo-{code}", clerk_of(code), "รายงานการใช้ระบบ e-Document (สาธิต)", day, "10:40", accepted))
        if seen == "active":
            who = clerk_of(code)
            taken = {"accepted": done(who, "06-07", "09:10"), "closed": done(who, "06-10", "11:00", "ดำเนินการแล้ว")}
            to = {"agency": f"lgo-{code}", **taken}
            subject = "ขอเชิญร่วมประชุมการใช้ระบบ e-Document (สาธิต)"
            made.append(letter(HOME, "provincial-office@demo.example", subject, "06-06", "14:00", to))
    return made


def letter(agency: str, by: str, subject: str, day: str, time: str, to: dict[str, Any]) -> dict[str, Any]:
    """One that was drafted and issued at once."""
    acts = {**done(by, day, time), "issued": done(by, day, time)}
    said = {
        "agency": agency,
        "subject": subject,
        "text": "ข้อความสาธิต",
        "signer_name": "ผู้ลงนามสาธิต",
        "signer_position": "หัวหน้าหน่วยงาน",
    }
    return {**said, "addressed_to": "หัวหน้าหน่วยงาน", "to": [to], **acts}


def done(by: str, day: str, time: str, because: str = "") -> dict[str, Any]:
    """Who did it when, and why."""
    return {"by": by, "at": at(day, time), **({"because": because} if because else {})}


def drive() -> dict[str, Any]:
    """The drive that agenda item 3.2 of the meeting speaks of; signatories as the agenda names them."""
    told = done(SUPPORTER, "05-30", "15:00")
    signed = (
        "กระทรวงมหาดไทย",
        "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม",
        "สำนักงานขับเคลื่อนการปฏิรูปประเทศ ยุทธศาสตร์ชาติ และการสร้างความสามัคคีปรองดอง",
        "สมัชชาองค์กรบริหารส่วนจังหวัดแห่งประเทศไทย",
        "สมาคมสันนิบาตเทศบาลแห่งประเทศไทย",
        "สมัชชาองค์กรบริหารส่วนตำบลแห่งประเทศไทย",
    )
    in_charge = (("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่", "local-promotion"), ("สำนักงานสถิติจังหวัดเชียงใหม่", "statistics"))
    return {
        "body": "chiangmai",
        **done("coordinator@demo.example", "03-04", "09:00"),
        "name": "การขับเคลื่อนการใช้ระบบ e-Document แก่องค์กรปกครองส่วนท้องถิ่น",
        "mandate": "บันทึกข้อตกลงความร่วมมือการขับเคลื่อนการใช้ระบบ e-Document แก่องค์กรปกครองส่วนท้องถิ่น (ระเบียบวาระที่ 3.2 ครั้งที่ 1/2567)",
        "starts_on": "2024-03-04",
        "parties": [
            *({"name": name, "role": "in_charge", "agency": code} for name, code in in_charge),
            *({"name": name, "role": "signatory"} for name in signed),
        ],
        "targets": [
            {"stage": "active", "number": 6, "by_day": "2024-09-30"},
            {"stage": "joined", "number": 10, "by_day": "2024-07-31"},
        ],
        "districts": {"แม่ริม": SUPPORTER, "สันทราย": SUPPORTER, "หางดง": "coordinator@demo.example"},
        "stages": [
            {**stage("9990203", "trained", "05-30", "sign_in", "อบรมที่ศาลากลางจังหวัด"), **told},
            {**stage("9990204", "dropped", "05-20", "letter", "ขอเข้าร่วมปีหน้า"), **told},
            {**stage("9990304", "active", "05-28", "phone", "แจ้งว่าใช้ระบบอื่นอยู่"), **told},
        ],
        "holdbacks": [
            {"office": "9990302", "reason": "network", "words": "อินเทอร์เน็ตขาดบ่อยในฤดูฝน", "since": "2024-05-27", **told},
        ],
        "visits": [{"office": "9990302", "kind": "visit", "on": "2024-05-27", "text": SEEN_THERE, **told}],
        "cases": cases(),
    }


def stage(office: str, reached: str, day: str, evidence: str, note: str) -> dict[str, Any]:
    """A stage as it was recorded."""
    return {"office": office, "stage": reached, "on": f"2024-{day}", "evidence": evidence, "note": note}


def cases() -> list[dict[str, Any]]:
    """One that was answered and closed, one that waits."""
    asked, waits = clerk_of("9990102"), clerk_of("9990103")
    answered = [
        {"text": "ลงรับแล้วไม่แน่ใจว่าต้องปิดเรื่องเมื่อใด", "from_office": True, **done(asked, "06-04", "09:20")},
        {"text": "ปิดเรื่องเมื่อดำเนินการหรือตอบแล้ว ปุ่มอยู่ท้ายหน้าหนังสือ", **done(SUPPORTER, "06-04", "11:05")},
    ]
    waiting = [{"text": "ต้องการใช้ลายมือชื่ออิเล็กทรอนิกส์ของนายก ต้องเตรียมอะไร", "from_office": True, **done(waits, "06-13", "14:30")}]
    return [
        {"office": "9990102", "subject": "ปิดเรื่องหนังสือเมื่อใด", "notes": answered, "closed_at": at("06-05", "08:40")},
        {"office": "9990103", "subject": "ลายมือชื่ออิเล็กทรอนิกส์ของผู้บริหาร", "notes": waiting},
    ]
