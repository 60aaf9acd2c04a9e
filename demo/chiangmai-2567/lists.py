"""Invented named things of a few offices: services, datasets, trainings, technologies, systems; two services look the same."""

from __future__ import annotations

from typing import Any

AT = "2024-06-13T15:30:00+07:00"
SERVICES = {
    "employment": (
        ("ระบบจองคิวออนไลน์", "parent", True, "https://queue.example/employment"),
        ("ขึ้นทะเบียนคนหางาน", "parent", True, "https://job.example/register"),
        ("ออกใบอนุญาตทำงานของคนต่างด้าว", "parent", False, ""),
        ("ตลาดนัดแรงงานจังหวัด", "own", False, ""),
    ),
    "tourism": (
        ("บริการจองคิวออนไลน์ (Q-Online)", "parent", True, "https://queue.example/tourism"),
        ("จดทะเบียนมัคคุเทศก์", "parent", True, ""),
        ("แผนที่ท่องเที่ยวชุมชนเชียงใหม่", "own", True, "https://map.example/chiangmai"),
    ),
}
OTHERS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("tourism", "datasets", "แหล่งท่องเที่ยวชุมชนจังหวัดเชียงใหม่", {"uses": ["open", "shared"], "data_category": "ข้อมูลสาธารณะ"}),
    ("tourism", "datasets", "จำนวนนักท่องเที่ยวรายเดือน", {"uses": ["open"], "data_format": ["CSV", "XLS"]}),
    (
        "agri-extension",
        "trainings",
        "อบรมการใช้ปัญญาประดิษฐ์ในงานส่งเสริมการเกษตร",
        {"method": "training", "starts_on": "2024-02-20", "people": 45, "measured": True, "outcome": "ผ่านการทดสอบร้อยละ 88"},
    ),
    ("agri-extension", "trainings", "พี่สอนน้องใช้แผนที่ดิจิทัล", {"method": "coaching", "starts_on": "2024-03-05", "people": 12}),
    ("agri-extension", "systems", "ระบบลงเวลาและใบลา", {"purpose": "ลงเวลาและขอลางาน"}),
    ("agri-extension", "technologies", "แชตบอตตอบคำถามเกษตรกร", {"technology": "ai", "use": "ตอบคำถามราคาพืชผล"}),
)


def things() -> list[dict[str, Any]]:
    """Everything that is written down, by whom and when."""
    services = [
        thing(office, "services", name, provider=provider, is_digital=digital, url=url)
        for office, rows in SERVICES.items()
        for name, provider, digital, url in rows
    ]
    return services + [thing(office, kind, name, content=content) for office, kind, name, content in OTHERS]


def thing(office: str, kind: str, name: str, **more: Any) -> dict[str, Any]:
    """One of them; the office's own unless said otherwise."""
    told = {key: value for key, value in more.items() if value}
    return {"agency": office, "kind": kind, "name": name, "provider": "own", "by": f"{office}@demo.example", "at": AT, **told}
