"""What three officials answer in the journeys. Invented, and full of the Thai that printers and parsers get wrong."""

from __future__ import annotations

from tests.journeys.papers import pdf, text, word
from tests.journeys.people import BOTH, OWN, Reply

ISSUED = "๒๑ พ.ค. ๒๕๖๗"
PROVINCIAL = {
    "Digital Leadership": {
        "G1": Reply(True, papers=(pdf("คำสั่งแต่งตั้งคณะกรรมการ ที่ ๓๐๔๖-๒๕๖๗.pdf", "คำสั่งจังหวัดเชียงใหม่"),), issued="7/6/2567"),
        "G4": Reply(True, "กำลังคนด้านดิจิทัลมีน้อย ต้องพึ่งผู้รับจ้าง ซึ่งเปลี่ยนทุกปี งานจึงไม่ต่อเนื่อง"),
    },
    "Digital Policy": {
        "P1.1": Reply(
            True,
            "แผนปฏิบัติการดิจิทัลจังหวัดเชียงใหม่ ฉบับที่ ๒ เน้นน้ำ ฝุ่น ผู้สูงอายุ และฐานข้อมูลกลางที่ทุกอำเภอใช้ร่วมกันได้",
            OWN,
            papers=(pdf("แผนปฏิบัติการดิจิทัล (ฉบับเต็ม).pdf", "แผน"), word("บันทึกขออนุมัติแผน ผู้ว่าฯ.docx", "เห็นชอบ")),
            issued=ISSUED,
        ),
    },
    "Digital Technology Practices": {
        "P7.1": Reply(("ai", "cloud"), provider=OWN, papers=(text("สรุปการใช้เทคโนโลยี.txt", "ใช้จริง"),), issued=ISSUED),
    },
}
STATISTICS = {
    "Open Data & Sharable Data": {
        "P2.2.1.1": Reply(
            True,
            "ชุดข้อมูลเปิด ๑๒ ชุด เช่น พื้นที่เพาะปลูกลำไย จำนวนครัวเรือนที่ใช้น้ำบาดาล และปริมาณฝุ่นรายตำบล",
            OWN,
            papers=(text("บัญชีชุดข้อมูลเปิด ปี ๒๕๖๗.txt", "๑๒ ชุด"),),
            issued=ISSUED,
        ),
        "P2.2.1.2": Reply("https://opendata.example/chiangmai", link="https://opendata.example/chiangmai/catalog"),
    },
}
AGRICULTURE = {
    "Service Provision": {
        "P4.1": Reply(4),
        "P4.1.1": Reply(3),
        "P4.2.2": Reply(True, "87.50", papers=(text("ผลสำรวจความพึงพอใจ.txt", "ร้อยละ ๘๗.๕๐"),), issued=ISSUED),
    },
    "Public Participation": {
        "P4.6": Reply(
            True,
            "เกษตรกรแจ้งโรคใบด่างและศัตรูพืชผ่านไลน์กลุ่มตำบล เจ้าหน้าที่ตอบกลับภายใน 1 วันทำการ",
            BOTH,
            papers=(pdf("ภาพหน้าจอไลน์กลุ่ม ต.สันผีเสื้อ.pdf", "ภาพ"),),
            issued="11/6/2566",
        ),
    },
}
MENDED = "เกษตรกรแจ้งโรคใบด่างผ่านไลน์กลุ่มตำบล ๔๒ กลุ่ม เจ้าหน้าที่ตอบกลับภายในหนึ่งวันทำการ และสรุปให้ผู้ใหญ่บ้านทุกสัปดาห์"
