"""The demonstration's letters of four weeks: all subjects, senders, codes and people are invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

HOME = "provincial-office"
CIRCULAR_DAY = "06-12"
SIGNERS = {"signer_position": "หัวหน้าสำนักงานจังหวัดเชียงใหม่"}
DISTRICTS = ("ฝาง", "จอมทอง")
LOCALS = ("lgo-9990101", "lgo-9990102", "lgo-9990103", "lgo-9990301")
# What became of the circular: who accepted it, who sent it back, from whom it was called back; all others have not opened it.
QUICK = (
    "statistics",
    "governance",
    "local-promotion",
    "public-works",
    "community",
    "land",
    "agriculture",
    "livestock",
    "commerce",
)
SLOWER = ("agri-extension", "health", "labour", "culture")
SUBJECTS = (
    "ขอเชิญร่วมประชุมเตรียมการตอบแบบสำรวจระดับความพร้อมรัฐบาลดิจิทัล",
    "ขอส่งรายชื่อผู้ประสานงานด้านดิจิทัลของหน่วยงาน",
    "การจัดทำบัญชีระบบสารสนเทศของหน่วยงานในจังหวัด",
    "ขอความอนุเคราะห์ข้อมูลบริการที่ให้ประชาชนทางออนไลน์",
    "การอบรมการรักษาความมั่นคงปลอดภัยไซเบอร์สำหรับเจ้าหน้าที่",
    "แจ้งกำหนดการทดสอบระบบหนังสือราชการอิเล็กทรอนิกส์",
    "ขอข้อมูลการเปิดเผยชุดข้อมูลภาครัฐ (Open Data)",
    "การสำรวจอุปกรณ์คอมพิวเตอร์และเครือข่ายของหน่วยงาน",
    "รายงานผลการใช้ระบบประชุมทางไกล",
    "ขอใช้ห้องประชุมศาลากลางจังหวัด",
)
MINISTRIES = (
    ("กรมส่งเสริมการปกครองท้องถิ่น", "มท 9808.2/ว 2001", "การขับเคลื่อนระบบหนังสือราชการอิเล็กทรอนิกส์ขององค์กรปกครองส่วนท้องถิ่น"),
    ("สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)", "สพร 2567/ว 501", "ขอเชิญตอบแบบสำรวจระดับความพร้อมรัฐบาลดิจิทัล ประจำปี 2567"),
    ("สำนักงานสถิติแห่งชาติ", "ดศ 9505/ว 77", "การจัดทำบัญชีข้อมูลภาครัฐของจังหวัด"),
    ("กรมการปกครอง", "มท 9304/ว 1450", "การให้บริการงานทะเบียนผ่านระบบดิจิทัล"),
    ("มหาวิทยาลัยสาธิตล้านนา", "มสล 1/330", "ขอความอนุเคราะห์วิทยากรบรรยายเรื่องเมืองอัจฉริยะ"),
    ("บริษัท เชียงใหม่สาธิต จำกัด", "", "ขอเสนอระบบสารบรรณอิเล็กทรอนิกส์"),
    ("สำนักงานคณะกรรมการสาธิตแห่งชาติ", "สสช 12/45", "ขอข้อมูลประกอบการติดตามนโยบาย"),
)


def at(day: str, time: str) -> str:
    """A moment of 2024 in Thailand."""
    return f"2024-{day}T{time}:00+07:00"


def done(who: str, day: str, time: str, because: str = "") -> dict[str, Any]:
    """Who did it when, and why."""
    return {"by": f"{who}@demo.example", "at": at(day, time), **({"because": because} if because else {})}


def letter_rows(names: dict[str, str], offices: Sequence[str]) -> dict[str, Any]:
    """The parts of the seed that are about letters. `names` are the people by the first part of their address."""
    dice = random.Random(1726)  # noqa: S311  invented data
    head = names["head.provincial-office"]
    return {
        "offices": [office(code, number) for number, code in enumerate(offices)],
        "elsewhere": [elsewhere()],
        "letters": [
            circular(head, names, offices),
            *weeks(dice, head, offices),
            *from_offices(dice, names, offices),
            *drafts(head, names),
            secret(head),
            *own_decisions(head),
        ],
        "incoming": incoming(),
        "reservations": [
            {
                "agency": HOME,
                "book": "send",
                "count": 2,
                "reserved_for": "หนังสือของผู้ว่าราชการจังหวัด",
                **done(HOME, "06-07", "16:30"),
            }
        ],
    }


def office(code: str, number: int) -> dict[str, Any]:
    """An office's code; only the provincial office's is the one on the province's papers."""
    letter_code = "ชม 0017.2" if code == HOME else f"ชม 99{number:02d}"
    return {"agency": code, "letter_code": letter_code, **({"head_approves": True} if code == "health" else {})}


def elsewhere() -> dict[str, Any]:
    """Another installation that we have heard of; nobody has compared its key yet, so nothing is sent there."""
    return {
        "node_id": "00000000-0000-4000-8000-000000000051",
        "name": "ระบบพร้อม จังหวัดลำพูน (สาธิต)",
        "base_url": "https://lamphun.demo.example",
        "known_at": at("06-03", "09:00"),
        "offices": [
            {"office_uuid": "00000000-0000-4000-8000-000000000510", "name": "สำนักงานจังหวัดลำพูน (สาธิต)", "since": "2024-06-03"}
        ],
    }


def circular(head: str, names: dict[str, str], offices: Sequence[str]) -> dict[str, Any]:
    """The letter of the resolution on item 3.1 to 21 offices, 4 local governments, 2 districts, as mixed as after two days."""
    to: list[dict[str, Any]] = [received(code, names) for code in (*offices, *LOCALS) if code != HOME]
    for number, name in enumerate(DISTRICTS):
        posted = {"dispatched": done(HOME, "06-12", "15:00", f"ไปรษณีย์ลงทะเบียน (สาธิต {number + 1})")} if number < 1 else {}
        to.append({"name": f"ที่ว่าการอำเภอ{name} จังหวัดเชียงใหม่", **posted})
    text = (
        "ตามที่คณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่ ได้ประชุมครั้งที่ 1/2567 "
        "เมื่อวันอังคารที่ 11 มิถุนายน 2567 ระเบียบวาระที่ 3.1 และที่ประชุมมีมติมอบหมายทุกหน่วยงานให้ข้อมูลและหลักฐาน นั้น\n"
        "จังหวัดเชียงใหม่ขอให้หน่วยงานของท่านตอบแบบสำรวจและแนบหลักฐานให้ครบ และรายงานผลเป็นหนังสือภายในวันที่ 21 มิถุนายน 2567\n"
        "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"
    )
    return {
        **outgoing(HOME, "ให้ดำเนินการตามมติที่ประชุมคณะกรรมการ PCIO จังหวัดเชียงใหม่ ครั้งที่ 1/2567", text, head, CIRCULAR_DAY, "10:20"),
        "addressed_to": "หัวหน้าส่วนราชการ นายกองค์กรปกครองส่วนท้องถิ่น และนายอำเภอ",
        "to": to,
        "is_circular": True,
        "answer_by": "2024-06-21",
        "for_resolution": {"body": "chiangmai", "number": 1, "year": 2567, "item": "3.1"},
    }


def received(code: str, names: dict[str, str]) -> dict[str, Any]:
    """What one office did with the circular until Friday morning."""
    to: dict[str, Any] = {"agency": code}
    if code in QUICK:
        to["accepted"] = done(code, "06-12", f"13:{10 + QUICK.index(code) * 4:02d}")
    elif code in SLOWER:
        to["accepted"] = done(code, "06-13", f"09:{15 + SLOWER.index(code) * 7:02d}")
    elif code in LOCALS[:2]:
        to["accepted"] = done(code, "06-12", f"14:{20 + LOCALS.index(code) * 25}")
    elif code == LOCALS[3]:
        to |= {"accepted": done(code, "06-13", "08:50"), "closed": done(code, "06-13", "16:10", "แจ้งกองที่เกี่ยวข้องแล้ว")}
    if code == LOCALS[0]:
        words = "เทศบาลตำบลดอกเอื้อง (สาธิต) ได้รวบรวมข้อมูลและหลักฐานครบแล้ว\nจึงเรียนมาเพื่อโปรดทราบ"
        to["answered"] = {**done(code, "06-14", "08:40"), "text": words, "signer_name": "นายกเทศมนตรีสาธิต"}
    elif code == "statistics":
        words = "สำนักงานสถิติจังหวัดเชียงใหม่ได้ตอบแบบสำรวจและแนบหลักฐานครบทุกข้อแล้ว\nจึงเรียนมาเพื่อโปรดทราบ"
        signer = names["head.statistics"]
        to["answered"] = {**done(code, "06-13", "14:10"), "text": words, "signer_name": signer}
    elif code == "health":
        to |= {"assigned_to": "health@demo.example", "due_on": "2024-06-19"}
        to["instructed"] = done("head.health", "06-13", "10:30", "มอบงานสารสนเทศรวบรวมหลักฐาน เสนอก่อนวันที่ 19")
    elif code == "education":
        to["rejected"] = done(code, "06-12", "14:40", "หนังสือระบุชื่อหน่วยงานไม่ตรงกับชื่อปัจจุบัน ขอให้ตรวจสอบ")
    elif code == "tourism":
        to["recalled"] = done("coordinator", "06-12", "16:05", "ส่งถึงหน่วยงานนี้แล้วในหนังสือฉบับก่อน")
    return to


def outgoing(code: str, subject: str, text: str, signer: str, day: str, time: str, kind: str = "external") -> dict[str, Any]:
    """A letter that was drafted and issued at once."""
    position = "หัวหน้าสำนักงานจังหวัดเชียงใหม่" if code == HOME else "หัวหน้าหน่วยงาน"
    said = {"agency": code, "kind": kind, "subject": subject, "text": text, "signer_name": signer, "signer_position": position}
    return {**said, **done(code, day, time), "issued": done(code, day, time)}


def weeks(dice: random.Random, head: str, offices: Sequence[str]) -> list[dict[str, Any]]:
    """A letter on most working days since 20 May, each to an office that accepted it."""
    days = ("05-20", "05-21", "05-23", "05-24", "05-27", "05-28", "05-30", "05-31", "06-04", "06-05", "06-06", "06-07")
    made = []
    for number, day in enumerate(days):
        to = dice.choice([code for code in offices if code not in (HOME, "health")])
        subject = SUBJECTS[number % len(SUBJECTS)]
        text = f"ด้วยจังหวัดเชียงใหม่ดำเนินการเรื่อง {subject}\nจึงเรียนมาเพื่อโปรดทราบและดำเนินการ (ข้อความสาธิต)"
        speed = {4: "002", 9: "003"}.get(number, "001")
        accepted = {"agency": to, "accepted": done(to, day, "14:20")}
        whom = {"addressed_to": "หัวหน้าหน่วยงาน", "to": [accepted], "speed": speed}
        made.append({**outgoing(HOME, subject, text, head, day, "10:00", "memo"), **whom})
    made[5]["voided"] = done(HOME, "05-28", "15:30", "พิมพ์วันนัดหมายผิด ออกฉบับใหม่แทน")
    made[5]["to"][0].pop("accepted")
    return made


def from_offices(dice: random.Random, names: dict[str, str], offices: Sequence[str]) -> list[dict[str, Any]]:
    """Letters of offices to the provincial office: accepted, some in hand, the newest still waiting."""
    senders = (
        "statistics",
        "land",
        "commerce",
        "disaster",
        "labour",
        "culture",
        "transport",
        "social",
        "industry",
        "employment",
    )
    made = []
    for number, code in enumerate(senders):
        day = ("05-22", "05-24", "05-29", "05-31", "06-05", "06-06", "06-10", "06-12", "06-13", "06-14")[number]
        subject = dice.choice(SUBJECTS)
        to: dict[str, Any] = {"agency": HOME}
        if number < 7:
            to["accepted"] = done(HOME, day, "15:10")
        if number < 4:
            to["closed"] = done(HOME, day, "16:00", "รวบรวมเข้ารายงานแล้ว")
        elif number < 7:
            to |= {"assigned_to": "coordinator@demo.example", "due_on": ("2024-06-13", "2024-06-17", "2024-06-20")[number - 4]}
        text = f"ด้วยหน่วยงานขอส่งเรื่อง {subject}\nจึงเรียนมาเพื่อโปรดพิจารณา (ข้อความสาธิต)"
        speed = {8: "004"}.get(number, "001")
        whom = {"addressed_to": "ผู้ว่าราชการจังหวัดเชียงใหม่", "to": [to], "speed": speed}
        made.append({**outgoing(code, subject, text, names[f"head.{code}"], day, "09:05", "memo"), **whom})
    return made


def drafts(head: str, names: dict[str, str]) -> list[dict[str, Any]]:
    """Two that are being written, and one that waits for its head."""
    first = outgoing(HOME, "ขอเชิญประชุมติดตามการตอบแบบสำรวจ", "ด้วยจังหวัดเชียงใหม่กำหนดประชุมติดตามผล", head, "06-13", "16:40")
    second = outgoing("agri-extension", "รายงานผลการดำเนินงานตามมติ", "ตามที่จังหวัดให้รายงานผล นั้น", "", "06-14", "08:50", "memo")
    third = outgoing(
        "health", "ขอขยายเวลาส่งหลักฐาน", "ด้วยหลักฐานบางรายการอยู่ที่กรมเจ้าสังกัด", names["head.health"], "06-13", "11:20", "memo"
    )
    third |= {"addressed_to": "ผู้ว่าราชการจังหวัดเชียงใหม่", "to": [{"agency": HOME}], "submitted": done("health", "06-13", "11:30")}
    made = [{**first, "by": "coordinator@demo.example"}, second, third]
    for each in made:
        each.pop("issued")
    return made


def secret(head: str) -> dict[str, Any]:
    """One that only who handles secret letters may know of."""
    text = "ข้อความสาธิตของหนังสือลับ ไม่มีข้อมูลจริง"
    made = outgoing(HOME, "แผนเผชิญเหตุระบบเครือข่าย (หนังสือลับสาธิต)", text, head, "06-10", "11:00")
    whom = {"addressed_to": "หัวหน้าสำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัดเชียงใหม่", "to": [{"agency": "disaster"}], "secrecy": "002"}
    return {**made, **whom, **done("secret", "06-10", "11:00"), "issued": done("secret", "06-10", "11:00")}


def own_decisions(head: str) -> list[dict[str, Any]]:
    """An order and an announcement, each in its own book."""
    order = outgoing(
        HOME, "แต่งตั้งคณะทำงานรวบรวมหลักฐาน (สาธิต)", "เพื่อให้การรวบรวมหลักฐานเป็นไปด้วยความเรียบร้อย", head, "06-12", "11:30", "order"
    )
    told = outgoing(
        HOME, "กำหนดวันส่งหลักฐานแบบสำรวจ (สาธิต)", "จังหวัดเชียงใหม่กำหนดวันส่งหลักฐาน", head, "06-12", "11:45", "announcement"
    )
    return [order, told]


def incoming() -> list[dict[str, Any]]:
    """Letters on paper: closed, in hand and late, waiting."""
    made = []
    for number, (sender, their_number, subject) in enumerate(MINISTRIES):
        day = ("05-22", "05-27", "06-03", "06-06", "06-11", "06-13", "06-14")[number]
        row: dict[str, Any] = {"agency": HOME, "from_name": sender, "their_number": their_number, "subject": subject}
        row |= {"their_date": f"2024-{('05-20', '05-24', '05-31', '06-04', '06-07', '06-12', '06-12')[number]}"}
        row |= {**done(HOME, day, "08:45"), "speed": {1: "002", 3: "003"}.get(number, "001")}
        if number < 5:
            row["accepted"] = done(HOME, day, "09:10")
        if number < 2:
            row["closed"] = done(HOME, day, "16:20", "แจ้งหน่วยงานที่เกี่ยวข้องแล้ว")
        if number in (3, 4):
            row |= {"assigned_to": "coordinator@demo.example", "due_on": ("2024-06-12", "2024-06-18")[number - 3]}
        made.append(row)
    return made
