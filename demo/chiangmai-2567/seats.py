"""The seats of the two orders. The agenda gives the chair, the categories and the count of 35; every position below the chair
is invented for the demonstration, and so is everybody who holds one."""

from __future__ import annotations

from typing import Any

# The office that a seat is reached through, and its head's post.
HEADS = (
    ("governance", "ปลัดจังหวัดเชียงใหม่", "vice_chair"),
    ("local-promotion", "ท้องถิ่นจังหวัดเชียงใหม่", "member"),
    ("public-works", "โยธาธิการและผังเมืองจังหวัดเชียงใหม่", "member"),
    ("disaster", "หัวหน้าสำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัดเชียงใหม่", "member"),
    ("land", "เจ้าพนักงานที่ดินจังหวัดเชียงใหม่", "member"),
    ("agri-extension", "เกษตรจังหวัดเชียงใหม่", "member"),
    ("agriculture", "เกษตรและสหกรณ์จังหวัดเชียงใหม่", "member"),
    ("community", "พัฒนาการจังหวัดเชียงใหม่", "member"),
    ("livestock", "ปศุสัตว์จังหวัดเชียงใหม่", "member"),
    ("commerce", "พาณิชย์จังหวัดเชียงใหม่", "member"),
    ("industry", "อุตสาหกรรมจังหวัดเชียงใหม่", "member"),
    ("labour", "แรงงานจังหวัดเชียงใหม่", "member"),
    ("health", "นายแพทย์สาธารณสุขจังหวัดเชียงใหม่", "member"),
    ("employment", "จัดหางานจังหวัดเชียงใหม่", "member"),
    ("social-security", "ประกันสังคมจังหวัดเชียงใหม่", "member"),
    ("transport", "ขนส่งจังหวัดเชียงใหม่", "member"),
    ("social", "พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดเชียงใหม่", "member"),
    ("culture", "วัฒนธรรมจังหวัดเชียงใหม่", "member"),
    ("tourism", "ท่องเที่ยวและกีฬาจังหวัดเชียงใหม่", "member"),
    ("statistics", "สถิติจังหวัดเชียงใหม่", "member"),
)
CENTRAL = (("education", "ศึกษาธิการจังหวัดเชียงใหม่"), ("", "ผู้อำนวยการสำนักงานทางหลวงที่ 1"))
OUTSIDE = (
    ("ผู้จัดการการไฟฟ้าส่วนภูมิภาคจังหวัดเชียงใหม่", "state_enterprise", "นายพลังดี ไฟใส"),
    ("ผู้จัดการการประปาส่วนภูมิภาคสาขาเชียงใหม่", "state_enterprise", "นางวารี น้ำสะอาด"),
    ("ผู้อำนวยการวิทยาลัยเทคนิคเชียงใหม่", "education", "นายครูดี สอนสนุก"),
    ("ผู้แทนอธิการบดีมหาวิทยาลัยในจังหวัด", "education", "นางสาวปัญญา เรียนรู้ดี"),
    ("นายกองค์การบริหารส่วนจังหวัดเชียงใหม่", "local_government", "นายท้องถิ่น รักเมือง"),
    ("นายกเทศมนตรีนครเชียงใหม่", "local_government", "นางเวียงชัย รักเมือง"),
    ("ประธานหอการค้าจังหวัดเชียงใหม่", "private", ""),
    ("ประธานสภาอุตสาหกรรมจังหวัดเชียงใหม่", "private", "นายช่างฝีมือ ทำดี"),
    ("ประธานเครือข่ายดิจิทัลชุมชนจังหวัดเชียงใหม่", "network", "นายเครือข่าย เชื่อมใจ"),
)
Holders = dict[str, str]


def seats_of_2567(chair_post: str, holders: Holders) -> list[dict[str, Any]]:
    """Order 3046/2567: 35 seats, 34 of them held; the chamber of commerce by the demo's member."""
    seats = [_seat(chair_post, "regional", "chair", "", holders["chair"], "chair")]
    seats += [_head(office, title, "regional", role, holders) for office, title, role in HEADS]
    seats += [
        _head(office, title, "central", "member", holders) if office else _seat(title, "central") for office, title in CENTRAL
    ]
    seats += [
        _seat(title, category, name=name) if name else _seat(title, category, name=holders["member"], person="member")
        for title, category, name in OUTSIDE
    ]
    seats.append(_head("provincial-office", "หัวหน้าสำนักงานจังหวัดเชียงใหม่", "regional", "member_secretary", holders))
    name = holders["coordinator"]
    post = "ผู้อำนวยการกลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด"
    seats.append(_seat(post, "regional", "assistant_secretary", "provincial-office", name, "coordinator"))
    official = holders["statistics"]
    post = "นักวิชาการสถิติ สำนักงานสถิติจังหวัดเชียงใหม่"
    seats.append(_seat(post, "regional", "assistant_secretary", "statistics", official, "statistics"))
    health = next(seat for seat in seats if seat.get("agency") == "health")
    post = "นักวิชาการสาธารณสุขชำนาญการ"
    health["substitutes"] = [
        {"name": holders["health"], "person": "health@demo.example", "position": post, "reference": "บันทึกมอบหมาย (สาธิต)"}
    ]
    return seats


def seats_of_2563(chair_post: str, holders: Holders) -> list[dict[str, Any]]:
    """Order 2533/2563: another chair, fewer offices, nobody from the private sector and the networks."""
    seats = [_seat(chair_post, "regional", "chair", "", "นายสมหมาย รองเศรษฐกิจ")]
    seats += [_seat(title, "regional", role, office) for office, title, role in HEADS if office not in ("culture", "tourism")]
    seats += [_seat(title, category) for title, category, _ in OUTSIDE[:4]]
    title = "หัวหน้าสำนักงานจังหวัดเชียงใหม่"
    return [*seats, _seat(title, "regional", "member_secretary", "provincial-office")]


def _head(office: str, title: str, category: str, role: str, holders: Holders) -> dict[str, Any]:
    person = f"head.{office}"
    return _seat(title, category, role, office, holders[person], person)


def _seat(
    title: str, category: str, role: str = "member", agency: str = "", name: str = "", person: str = ""
) -> dict[str, Any]:
    seat: dict[str, Any] = {"title": title, "category": category, "role": role}
    seat |= {"agency": agency} if agency else {}
    holder = {"name": name, **({"person": f"{person}@demo.example"} if person else {})}
    return seat | ({"holders": [holder]} if name else {})
