"""Writes seed.json anew: offices of the kinds a real province has, invented people and invented answers, the same at each run.

    .venv/bin/python demo/chiangmai-2567/make.py

Official in it: the two orders, the meeting of 11 June 2567 with its agenda (agenda-1-2567.yaml), and last year's 37.87. The
agenda names 35 positions in seven categories and the chair's: which positions those are is invented here, like all else.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from zlib import crc32

from letters import letter_rows
from lists import things
from rollout import local_codes, local_letters, local_people, rollout_rows
from ruamel.yaml import YAML
from seats import seats_of_2563, seats_of_2567

HERE = Path(__file__).parent
CERTAIN = ("G1", "G2", "P4.5.1")  # the order, the meeting and the web site are there
EDITION = "dga-province-2567"
PASSWORD = "ดอกเอื้องคำเชียงใหม่2567"  # noqa: S105  the demonstration's, printed when it starts
OFFICES = (
    ("provincial-office", "สำนักงานจังหวัด", "provincial_office", "สำนักงานปลัดกระทรวงมหาดไทย"),
    ("statistics", "สำนักงานสถิติจังหวัด", "statistical_office", "สำนักงานสถิติแห่งชาติ"),
    ("governance", "ที่ทำการปกครองจังหวัด", "regional", "กรมการปกครอง"),
    ("local-promotion", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "regional", "กรมส่งเสริมการปกครองท้องถิ่น"),
    ("public-works", "สำนักงานโยธาธิการและผังเมืองจังหวัด", "regional", "กรมโยธาธิการและผังเมือง"),
    ("disaster", "สำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัด", "regional", "กรมป้องกันและบรรเทาสาธารณภัย"),
    ("community", "สำนักงานพัฒนาชุมชนจังหวัด", "regional", "กรมการพัฒนาชุมชน"),
    ("land", "สำนักงานที่ดินจังหวัด", "regional", "กรมที่ดิน"),
    ("agri-extension", "สำนักงานเกษตรจังหวัด", "regional", "กรมส่งเสริมการเกษตร"),
    ("agriculture", "สำนักงานเกษตรและสหกรณ์จังหวัด", "regional", "สำนักงานปลัดกระทรวงเกษตรและสหกรณ์"),
    ("livestock", "สำนักงานปศุสัตว์จังหวัด", "regional", "กรมปศุสัตว์"),
    ("health", "สำนักงานสาธารณสุขจังหวัด", "regional", "สำนักงานปลัดกระทรวงสาธารณสุข"),
    ("education", "สำนักงานศึกษาธิการจังหวัด", "central", "สำนักงานปลัดกระทรวงศึกษาธิการ"),
    ("commerce", "สำนักงานพาณิชย์จังหวัด", "regional", "สำนักงานปลัดกระทรวงพาณิชย์"),
    ("industry", "สำนักงานอุตสาหกรรมจังหวัด", "regional", "สำนักงานปลัดกระทรวงอุตสาหกรรม"),
    ("labour", "สำนักงานแรงงานจังหวัด", "regional", "สำนักงานปลัดกระทรวงแรงงาน"),
    ("employment", "สำนักงานจัดหางานจังหวัด", "regional", "กรมการจัดหางาน"),
    ("social-security", "สำนักงานประกันสังคมจังหวัด", "regional", "สำนักงานประกันสังคม"),
    ("transport", "สำนักงานขนส่งจังหวัด", "regional", "กรมการขนส่งทางบก"),
    ("social", "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด", "regional", "สำนักงานปลัดกระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"),
    ("culture", "สำนักงานวัฒนธรรมจังหวัด", "regional", "สำนักงานปลัดกระทรวงวัฒนธรรม"),
    ("tourism", "สำนักงานการท่องเที่ยวและกีฬาจังหวัด", "regional", "สำนักงานปลัดกระทรวงการท่องเที่ยวและกีฬา"),
)
FIRST = (
    "กาสะลอง แก้วกัลยา จันทร์ฉาย ชไมพร ดวงใจ ตะวัน ธารา นทีทิพย์ บัวตอง ปิ่นเพชร ผกามาศ "
    "พิมพ์ใจ ฟ้าใส มณีรัตน์ ยอดขวัญ รุ่งทิวา ลานนา วันวิสาข์ ศศิธร สุรีย์ฉาย หล้า อินทนิล"
).split()
LAST = (
    "ดอยคำ แสนเมือง น้ำปิง เวียงพิงค์ ศรีล้านนา ทองกวาว คำอ้าย กองแก้ว สายหมอก บุญปั๋น ใจปิง "
    "ดอกเอื้อง วังน้ำค้าง ป่าสักทอง หอมนวล เชียงดาวใส แม่ริมงาม ฝางเย็น จอมทองดี สันทรายทอง หางดงสุข ดอยหล่อใจ"
).split()


def main() -> None:
    """Write seed.json beside this file."""
    rows = asked_rows()
    seed = {
        "about": "ชุดข้อมูลสาธิต: บุคคล คำตอบ และหลักฐานทั้งหมดเป็นเรื่องสมมติ",
        "demo": True,
        "clock": "2024-06-14T09:30:00+07:00",
        "bodies": [body("chiangmai", "จังหวัดเชียงใหม่", ""), body("full", "จังหวัดเชียงใหม่ (ชุดสาธิตที่ตอบครบ)", "full-")],
        "people": people() + local_people(PASSWORD),
        "orders": [order for code in ("chiangmai", "full") for order in orders(code)],
        "meetings": [meeting("full")],
        "called_meetings": [first_meeting(), second_meeting()],
        "official_results": [official_result(code) for code in ("chiangmai", "full")],
        "rounds": [half_answered(rows), fully_answered(rows)],
        **letter_rows(names_of(people()), [code for code, *_ in OFFICES]),
        **rollout_rows(),
    }
    seed["offices"] += local_codes()
    seed["letters"] += local_letters()
    text = json.dumps(seed, ensure_ascii=False, indent=None, separators=(",", ":"))
    text = (
        text.replace('},{"agency"', '},\n{"agency"').replace('},{"email"', '},\n{"email"').replace('},{"code"', '},\n{"code"')
    ).replace('},{"title"', '},\n{"title"')
    (HERE / "seed.json").write_text(text + "\n", encoding="utf-8")


def names_of(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The people's names by the first part of their address."""
    return {one["email"].removesuffix("@demo.example"): one["name"] for one in rows}


def asked_rows() -> list[dict[str, Any]]:
    """The edition's rows that are answered."""
    document = YAML(typ="safe").load((HERE.parents[1] / "editions" / EDITION / "edition.yaml").read_text(encoding="utf-8"))
    return [row for row in document["rows"] if row["kind"] != "heading"]


def body(code: str, name: str, prefix: str) -> dict[str, Any]:
    """A province with its offices."""
    offices = [
        {
            "code": prefix + office,
            "name": f"{title}เชียงใหม่",
            "short_name": title.replace("สำนักงาน", "สนง.") if len(title) > 30 else "",
            "kind": kind,
            "parent_department": parent,
            "posts": [{"title": f"หัวหน้า{title}เชียงใหม่", "is_head": True}, {"title": "นักวิชาการคอมพิวเตอร์"}],
        }
        for office, title, kind, parent in OFFICES
    ]
    # Plainly the demonstration's: no room and telephone of anybody.
    letterhead = {
        "office": "ศาลากลางจังหวัดเชียงใหม่",
        "address": "อำเภอเมืองเชียงใหม่\nจังหวัดเชียงใหม่ 50000",
        "phone": "0 0000 0000 (สาธิต)",
        "letter_code": "ชม 0017.2",
    }
    return {"code": code, "name": name, "kind": "province", "letterhead": letterhead, "agencies": offices}


def people() -> list[dict[str, Any]]:
    """The coordinator, chair, member, auditor, administrator, registrar of secrets; an official (who is the clerk too) and a
    head for each office.
    """
    central = (
        ("coordinator@demo.example", "นางสาวคำแก้ว ใจดี", "coordinator", "ผู้ประสานงานจังหวัด"),
        ("administrator@demo.example", "นายพันธุ์ทิพย์ ดูแลดี", "administrator", "ผู้ดูแลระบบ"),
        ("chair@demo.example", "นายเกรียงไกร รองเมือง", "chair", "ประธานกรรมการ"),
        ("member@demo.example", "นางบุหลัน เวียงแก้ว", "member", "กรรมการ (ประธานหอการค้า)"),
        ("auditor@demo.example", "นายตรวจการณ์ แม่นยำ", "auditor", "ผู้ตรวจสอบ"),
    )
    rows = [
        person(email, name, note, [(office, role) for office in ("provincial-office", "full-provincial-office")])
        for email, name, role, note in central
    ]
    for number, (office, title, _, _) in enumerate(OFFICES):
        official = f"{'นาย' if number % 2 else 'นางสาว'}{FIRST[number]} {LAST[number]}"
        head = f"{'นาง' if number % 2 else 'นาย'}{FIRST[-1 - number]} {LAST[(number + 7) % 22]}"
        note = f"เจ้าหน้าที่และสารบรรณ{title}" if office in ("provincial-office", "statistics", "health", "agri-extension") else ""
        roles = [(office, "official"), (office, "clerk"), (f"full-{office}", "official")]
        rows.append(person(f"{office}@demo.example", official, note, roles))
        note = f"หัวหน้า{title}" if office in ("provincial-office", "health") else ""
        rows.append(person(f"head.{office}@demo.example", head, note, [(office, "head"), (f"full-{office}", "head")]))
    registrar = [(office, "secret_registrar") for office in ("provincial-office", "disaster")]
    rows.append(person("secret@demo.example", "นายมิดชิด รักษาความ", "นายทะเบียนข้อมูลข่าวสารลับ", registrar))
    return rows


def person(email: str, name: str, note: str, roles: list[tuple[str, str]]) -> dict[str, Any]:
    """One account; those with a note are printed when the demo starts."""
    memberships = [{"agency": agency, "role": role, "since": "2023-10-01"} for agency, role in roles]
    return {"email": email, "name": name, "password": PASSWORD, "note": note, "memberships": memberships}


def orders(body_code: str) -> list[dict[str, Any]]:
    """The two orders that the agenda names; their seats are there in the province that one plays with."""
    title = (
        "แต่งตั้งคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่ "
        "(Provincial Chief Information Officer Committee: PCIO)"
    )
    composition = (
        "หัวหน้าส่วนราชการสังกัดราชการบริหารส่วนกลาง ส่วนภูมิภาค รัฐวิสาหกิจ ผู้บริหารสถานศึกษา "
        "ผู้บริหารองค์กรปกครองส่วนท้องถิ่น ภาคเอกชน และภาคเครือข่ายที่เกี่ยวข้อง"
    )
    first = {"number": 2533, "year": 2563, "issued_on": "2020-06-11", "chair_post": chair("ด้านเศรษฐกิจ"), "composition": ""}
    second = {"number": 3046, "year": 2567, "issued_on": "2024-06-07", "chair_post": chair("ด้านกิจการพิเศษ")}
    second |= {"composition": composition, "seat_count": 35, "replaces": {"number": 2533, "year": 2563}}
    if body_code == "chiangmai":
        holders = {one["email"].removesuffix("@demo.example"): one["name"] for one in people()}
        first["seats"] = seats_of_2563(first["chair_post"], holders)
        second["seats"] = seats_of_2567(second["chair_post"], holders)
    recorded = {"recorded_at": "2024-06-07T10:00:00+07:00"}
    return [{"body": body_code, "title": title, **order, **recorded} for order in (first, second)]


def chair(group: str) -> str:
    """The chair's post as the agenda words it."""
    return f"รองผู้ว่าราชการจังหวัดเชียงใหม่ (หัวหน้ากลุ่มภารกิจ{group})"


VENUE = "ห้องประชุม 3 ชั้น 3 อาคารอำนวยการ ศาลากลางจังหวัดเชียงใหม่"
# Seats of order 3046/2567 by their place (seats.py): three sent somebody, two asked for leave; all others stayed away.
SUBSTITUTES = {
    9: ("นายรวงข้าว แม่วางงาม", "นักวิชาการพัฒนาชุมชนชำนาญการ"),
    14: ("", "นักวิชาการสาธารณสุขชำนาญการ"),  # the official who has an account
    28: ("นายสะเมิง ดอยเต่าดี", "รองนายกองค์การบริหารส่วนจังหวัดเชียงใหม่"),
}
ON_LEAVE = {16: "ติดราชการต่างจังหวัด", 27: "ติดภารกิจของมหาวิทยาลัย"}
CAME = (*range(1, 9), *range(10, 14), 15, 17, 18, 20, 21, 22, 24, 25, 29, 30, 31, 33, 34, 35)


def first_meeting() -> dict[str, Any]:
    """Meeting 1/2567: the agenda as printed, held, minuted and circulated. Who came and what was resolved is invented."""
    agenda = YAML(typ="safe").load((HERE / "agenda-1-2567.yaml").read_text(encoding="utf-8"))
    marks = [{"seat": seat, "kind": "came"} for seat in CAME]
    names = {one["email"].removesuffix("@demo.example"): one["name"] for one in people()}
    for seat, (name, post) in SUBSTITUTES.items():
        marks.append({"seat": seat, "kind": "substitute", "name": name or names["health"], "position": post})
    marks += [{"seat": seat, "kind": "leave", "note": why} for seat, why in ON_LEAVE.items()]
    replies = [{**mark, "kind": "coming"} for mark in marks[:12]]
    replies += [{**mark, "kind": "substitute"} for mark in marks if mark["kind"] == "substitute"]
    replies += [{**mark, "kind": "not_coming"} for mark in marks if mark["kind"] == "leave"]
    guests = [{"name": "นายอินถา ช่างภาพดี", "position": "นักประชาสัมพันธ์ สำนักงานประชาสัมพันธ์จังหวัดเชียงใหม่"}]
    held = {"opened_at": at("06-11", "13:35"), "closed_at": at("06-11", "15:40"), "attendance": marks, "participants": guests}
    return {
        "body": "chiangmai",
        "by": "coordinator@demo.example",
        "created_at": at("06-07", "14:00"),
        "held_at": at("06-11", "13:30"),
        "venue": VENUE,
        "template": "first",
        "agenda": json.loads(json.dumps(agenda, default=str)),
        "invitation": {"letter_number": "ชม 0017.2/ว 9999 (สาธิต)", "letter_date": "2024-06-07", "at": at("06-07", "16:00")},
        "replies": [{**reply, "at": at("06-10", "09:00")} for reply in replies],
        "agenda_frozen_at": at("06-10", "15:00"),
        "held": held,
        "minutes": {
            "drafted_at": at("06-12", "10:00"),
            "taker": "นางสาวคำแก้ว ใจดี",
            "taker_position": "นักวิเคราะห์นโยบายและแผนชำนาญการ",
            "checker": names["head.provincial-office"],
            "checker_position": "หัวหน้าสำนักงานจังหวัดเชียงใหม่",
            "circulated_at": at("06-13", "09:00"),
            "comments_until": "2024-06-20",
        },
    }


def second_meeting() -> dict[str, Any]:
    """Meeting 2/2567 as it is being prepared: not called yet."""
    agenda = [
        {"head": 1, "papers": [{"text": "ผลการเข้าร่วมโครงการสำรวจของจังหวัด (ข้อความสาธิต)"}]},
        {"head": 2, "title": "รับรองรายงานการประชุมครั้งที่ 1/2567 เมื่อวันที่ 11 มิถุนายน 2567"},
        {"head": 4, "title": "คำตอบแบบสำรวจของจังหวัดก่อนส่ง สพร.", "papers": [{"source": "kpi"}]},
    ]
    return {
        "body": "chiangmai",
        "by": "coordinator@demo.example",
        "created_at": at("06-13", "16:00"),
        "held_at": at("07-16", "13:30"),
        "venue": VENUE,
        "template": "standard",
        "agenda": agenda,
    }


def at(day: str, time: str) -> str:
    """A moment of 2024 in Thailand."""
    return f"2024-{day}T{time}:00+07:00"


def meeting(body_code: str) -> dict[str, Any]:
    """Meeting 1/2567 in short; the agenda leaves the resolutions blank, so their words here are the demonstration's."""
    items = (
        ("1", "เรื่องประธานแจ้งที่ประชุมทราบ", "acknowledged", "รับทราบ (มติสาธิต)", ""),
        ("2.1", "การแต่งตั้งคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด", "acknowledged", "รับทราบ (มติสาธิต)", ""),
        ("2.2", "แนวทางประเมินการปรับเปลี่ยนหน่วยงานไปสู่ความเป็นดิจิทัล จังหวัดเชียงใหม่", "acknowledged", "รับทราบ (มติสาธิต)", ""),
        (
            "3.1",
            "การประเมินระดับความพร้อมรัฐบาลดิจิทัลหน่วยงานภาครัฐของประเทศไทย ประจำปีงบประมาณ 2567",
            "assigned",
            "มอบหมายทุกหน่วยงานให้ข้อมูลและหลักฐานประกอบภายในวันที่ 21 มิถุนายน 2567 (มติสาธิต)",
            "2024-06-21",
        ),
        (
            "3.2",
            "การขับเคลื่อนการใช้ระบบ e-Document แก่องค์กรปกครองส่วนท้องถิ่น",
            "assigned",
            "มอบหมายสองหน่วยงานส่งเสริมและให้คำปรึกษา (มติสาธิต)",
            "",
        ),
        ("4", "เรื่องอื่น ๆ (ถ้ามี)", "acknowledged", "รับทราบ (มติสาธิต)", ""),
    )
    agenda = [
        {"number": number, "title": title, "resolutions": [{"kind": kind, "text": text, **({"due_on": due} if due else {})}]}
        for number, title, kind, text, due in items
    ]
    order = {"number": 3046, "year": 2567}
    return {
        "body": body_code,
        "order": order,
        "number": 1,
        "year": 2567,
        "held_at": "2024-06-11T13:30:00+07:00",
        "venue": VENUE,
        "items": agenda,
    }


def official_result(body_code: str) -> dict[str, Any]:
    """Last year's result as the agenda prints it."""
    source = "ระเบียบวาระการประชุมคณะกรรมการ PCIO จังหวัดเชียงใหม่ ครั้งที่ 1/2567 วาระที่ 2.2"
    result = {
        "fiscal_year": 2566,
        "total": "37.87",
        "level": 2,
        "level_name": "Developing",
        "best_pillar": "P2",
        "weakest_pillar": "P1",
    }
    return {"body": body_code, **result, "source": source}


def half_answered(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Some offices are done, some are half way, some have not begun."""
    dice = random.Random(2567)  # noqa: S311  invented data
    pace = {office: (0.95, 0.9, 0.7, 0.5, 0.3, 0.0)[min(number // 4, 5)] for number, (office, *_) in enumerate(OFFICES)}
    states = ("accepted", "accepted", "submitted", "submitted", "returned", "open", "open")
    conditions = {row["code"]: row.get("asked_when") for row in rows}
    answers = []
    for office, *_ in OFFICES:
        sent: dict[str, Any] = {}
        for one in office_answers(dice, rows, office, "", 0.5):
            one["state"] = dice.choice(states)
            if dice.random() > pace[office] or not reached(conditions[one["code"]], sent):
                continue  # not answered yet; nor is what is asked only after it
            if one["state"] == "returned":
                one["reason"] = "ขอให้ระบุหน้าของเอกสารที่แสดงผลตามข้อคำถามนี้ และแนบฉบับที่มีลายมือชื่อ"
            if one["state"] != "open":
                sent[one["code"]] = one["content"]["value"]
            answers.append(one)
    return {**round_of("chiangmai", answers), "lists": things()}


def fully_answered(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Everybody answered, everything was accepted, the set is frozen."""
    dice = random.Random(2568)  # noqa: S311  invented data
    answers = [one for office, *_ in OFFICES for one in office_answers(dice, rows, office, "full-", 0.055)]
    return {**round_of("full", answers), "approved_by": "chair@demo.example", "frozen_at": "2024-06-13T15:00:00+07:00"}


def round_of(body_code: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
    """The round that item 3.1 mandates."""
    mandate = {"meeting": {"number": 1, "year": 2567}, "item": "3.1"}
    times = {"opened_at": "2024-06-11T16:00:00+07:00", "internal_deadline": "2024-06-21"}
    return {
        "body": body_code,
        "edition": EDITION,
        "mandate": mandate,
        "opened_by": "coordinator@demo.example",
        **times,
        "answers": answers,
    }


def asked(row: dict[str, Any], office: str) -> bool:
    """Whether this office is asked this row."""
    return row["informants"] != "provincial_office" or office == "provincial-office"


def office_answers(
    dice: random.Random, rows: list[dict[str, Any]], office: str, prefix: str, chance: float
) -> list[dict[str, Any]]:
    """One office's answers to all its rows; a row that is asked only after a yes is answered only after one."""
    given: dict[str, Any] = {}
    answers = []
    for row in rows:
        if asked(row, office) and reached(row.get("asked_when"), given):
            one = answer(dice, row, office, prefix, chance, given)
            given[row["code"]] = one["content"]["value"]
            answers.append(one)
    return answers


def reached(condition: dict[str, Any] | None, given: dict[str, Any]) -> bool:
    """Whether a row's condition holds."""
    if condition is None:
        return True
    if "all_of" in condition:
        return all(reached(one, given) for one in condition["all_of"])
    if "any_of" in condition:
        return any(reached(one, given) for one in condition["any_of"])
    return bool(given.get(condition["code"]))


def answer(
    dice: random.Random, row: dict[str, Any], office: str, prefix: str, chance: float, given: dict[str, Any]
) -> dict[str, Any]:
    """One invented answer with its evidence."""
    if row["informants"] == "provincial_office":
        chance = max(chance, 0.5)
    if row["code"] in CERTAIN or row["kind"] in ("url", "text"):
        chance = 1
    positive = dice.random() < chance
    content: dict[str, Any] = {"value": value_of(dice, row, positive)}
    if row.get("not_above"):
        content["value"] = min(content["value"], given[row["not_above"]])
        positive = content["value"] > 0
    if positive and row.get("beyond_parent_department"):
        content["provider"] = dice.choice(("own", "own", "both"))
    if positive and row.get("detail"):
        content["detail"] = detail_of(dice, row["detail"]["kind"])
    result = {"agency": prefix + office, "code": row["code"], "content": content, "by": f"{office}@demo.example"}
    result |= {"at": f"2024-06-{dice.choice((12, 13))}T{dice.randrange(9, 15):02d}:{dice.randrange(60):02d}:00+07:00"}
    result |= {"state": "accepted"}
    if positive:
        slots = [slot for slot in row.get("evidence", []) if slot.get("required", True)]
        result["evidence"] = [evidence(dice, row, office, slot) for slot in slots]
    return result


def value_of(dice: random.Random, row: dict[str, Any], positive: bool) -> Any:
    """A value of the row's kind."""
    kind = row["kind"]
    if kind == "count":
        return dice.randrange(1, 6) if positive else 0
    if kind == "many":
        codes = [choice["code"] for choice in row["choices"]]
        return sorted(dice.sample(codes, dice.randrange(1, min(4, len(codes)) + 1))) if positive else []
    texts = {"url": "https://opendata.example/chiangmai", "text": "ลดเวลาเดินเรื่องจากสามวันเหลือหนึ่งวันด้วยแบบฟอร์มออนไลน์ (สมมติ)"}
    return texts.get(kind) if positive and kind in texts else positive


def detail_of(dice: random.Random, kind: str) -> Any:
    """A detail of the kind asked for."""
    return {"percent": f"{dice.randrange(70, 96)}.50", "yes_no": True}.get(
        kind, "ดำเนินการโดยหน่วยงานเอง รายละเอียดตามหลักฐานที่แนบ (สมมติ)"
    )


def evidence(dice: random.Random, row: dict[str, Any], office: str, slot: dict[str, Any]) -> dict[str, Any]:
    """One invented piece of evidence; the seed writes its text into a file."""
    title = slot.get("name", "เอกสารประกอบ")
    day = f"2024-0{dice.randrange(1, 6)}-{dice.randrange(1, 29):02d}"
    name = f"{row['code']} {title} ({office}).txt"
    text = f"หลักฐานสาธิต ข้อ {row['code']}\n{title}\nออกโดย {office}\nเอกสารนี้เป็นเรื่องสมมติ\n"
    return {"name": name, "text": text, "slot": slot.get("code", ""), "issued_on": day} | more_of(title, name)


def more_of(title: str, name: str) -> dict[str, Any]:
    """What is known of some pieces beside their day: a report's period, a letter's number and the place in it; without dice."""
    number = crc32(name.encode()) % 400 + 1
    if title.startswith(("รายงาน", "สรุป", "ผล")):
        whole = number % 3 == 0  # reaches beyond the year that is asked about
        return {"starts_on": "2022-10-01" if whole else "2023-10-01", "ends_on": "2023-09-30" if whole else "2024-03-31"}
    if title.startswith(("หนังสือ", "คำสั่ง", "ประกาศ", "นโยบาย")):
        more = {"letter": f"ชม 0017/ว {number}", "page": str(number % 9 + 1), "shared": number % 4 == 0}
        return more | ({"quotation": "ให้ทุกหน่วยงานถือปฏิบัติตั้งแต่วันที่ลงนาม (สมมติ)"} if number % 2 else {})
    return {}


if __name__ == "__main__":
    main()
