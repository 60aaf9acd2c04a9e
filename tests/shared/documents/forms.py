"""One paper of every form, as an office would write it; the texts are made up, the names are hard to set."""

from __future__ import annotations

from phrom.shared.documents.content import (
    Blanks,
    Block,
    Clause,
    Column,
    DateLine,
    Document,
    Field,
    Form,
    Head,
    OfficeLines,
    Paragraph,
    People,
    Person,
    Signature,
    Stamp,
    Table,
)

COMMITTEE = "คณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่"
MEETING = (
    f"{COMMITTEE}\n(Provincial Chief Information Officer Committee: PCIO)\nครั้งที่ 1/2567\nวันอังคารที่ 11 มิถุนายน 2567 เวลา 13.30 น."
)
TEXT = (
    "ด้วยจังหวัดเชียงใหม่กำหนดจัดประชุมคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด ครั้งที่ 1/2567 เพื่อรับทราบแนวทางการสำรวจ "
    "และพิจารณามอบหมายหน่วยงานเจ้าของข้อมูลให้ตอบแบบสำรวจภายในวันที่ 21 มิถุนายน 2567 ดูรายละเอียดได้ที่ https://example.go.th/2567"
)
CHAIR = Signature("พล.ต.อ. ดร. สมศักดิ์ ใจดี", ("รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัดเชียงใหม่"))
SCORES = Table(
    (Column("ที่", 1, "center"), Column("ตัวชี้วัด", 6), Column("น้ำหนัก (ร้อยละ)", 2, "right")),
    (("1", "แนวนโยบายและหลักปฏิบัติ", "13"), ("2", "กระบวนการพัฒนาด้วยข้อมูล", "12"), ("", "รวม", "25")),
    caption="ตารางที่ 1 น้ำหนักของตัวชี้วัด",
    total=True,
)
QUESTIONS = Table(
    (Column("ประเด็นคำถาม", 5), Column("หน่วยงานที่ให้ข้อมูล", 2)),
    (("ภาวะผู้นำดิจิทัล", ""), ("G1 มีคำสั่งแต่งตั้ง", "สำนักงานจังหวัด"), ("ธรรมาภิบาลข้อมูล", ""), ("P2.1 มีแผน", "ทุกหน่วยงาน")),
    sections=(0, 2),
)
OFFICE = ("ศาลากลางจังหวัดเชียงใหม่", "ถนนโชตนา ตำบลช้างเผือก", "อำเภอเมืองเชียงใหม่ ชม 50300")

AGENDA = Document(
    "ระเบียบวาระการประชุม",
    (
        Field("ระเบียบวาระที่ 1", ("เรื่องประธานแจ้งที่ประชุมทราบ",), bold=True),
        Field("มติที่ประชุม", bold_label=True),
        Field("ระเบียบวาระที่ 2", ("เรื่องเพื่อทราบ",), bold=True),
        Clause("2.1", f"การแต่งตั้ง{COMMITTEE} (Provincial Chief Information Officer Committee)", bold=True),
        Paragraph(TEXT, indent=True),
        Clause("2.1.1", "น้ำใจและกำแพงเพชร ที่นี่ ผู้ช่วย ก่ำ ก้ำ", level=2),
        SCORES,
        Field("มติที่ประชุม", ("รับทราบ",), bold_label=True),
        QUESTIONS,
        Blanks(("ผู้ให้ข้อมูล", "โทรศัพท์")),
        Field("ระเบียบวาระที่ 3", ("เรื่องอื่น ๆ (ถ้ามี)",), bold=True),
    ),
    subtitle=MEETING,
    form="agenda",
)
LETTER = Document(
    "หนังสือเชิญประชุม",
    (
        Field("เรื่อง", ("เชิญประชุมคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด ครั้งที่ 1/2567",)),
        Field("เรียน", ("ผู้อำนวยการสำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัดเชียงใหม่",)),
        Field("อ้างถึง", ("คำสั่งจังหวัดเชียงใหม่ ที่ 3046/2567 ลงวันที่ 7 มิถุนายน 2567",)),
        Field("สิ่งที่ส่งมาด้วย", ("1. ระเบียบวาระการประชุม จำนวน 1 ชุด", "2. แบบตอบรับการเข้าร่วมประชุม จำนวน 1 ฉบับ")),
        Paragraph(TEXT, indent=True),
        Paragraph("จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวันและเวลาดังกล่าว", indent=True),
        Signature(CHAIR.name, CHAIR.position, closing="ขอแสดงความนับถือ"),
        OfficeLines(("สำนักงานจังหวัดเชียงใหม่", "กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด", "โทร. 0 5311 2708")),
    ),
    form="letter",
    head=Head("ชม 0017.2/ว 1234", OFFICE, "4 มิถุนายน 2567"),
)
MEMO = Document(
    "บันทึกข้อความ ขอเชิญประชุม",
    (
        Field("เรื่อง", ("เชิญประชุมคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด ครั้งที่ 1/2567",), bold_label=True),
        Field("เรียน", ("สถิติจังหวัดเชียงใหม่",)),
        Paragraph(TEXT, indent=True),
        Paragraph("จึงเรียนมาเพื่อโปรดพิจารณา", indent=True),
        Signature("นางสาวณัฐฐินันท์ ธนาเศรษฐ์อังกูล", ("หัวหน้าสำนักงานจังหวัดเชียงใหม่",)),
    ),
    form="memo",
    head=Head("ชม 0017.2/567", ("สำนักงานจังหวัดเชียงใหม่ กลุ่มงานยุทธศาสตร์ฯ โทร. 0 5311 2708",), "4 มิถุนายน 2567"),
)
ORDER = Document(
    "คำสั่งจังหวัดเชียงใหม่",
    (
        Paragraph(TEXT, indent=True),
        Clause("1.", "รองผู้ว่าราชการจังหวัดเชียงใหม่ ประธานกรรมการ"),
        Clause("2.", "หัวหน้าสำนักงานจังหวัดเชียงใหม่ กรรมการและเลขานุการ"),
        Paragraph("ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป", indent=True),
        DateLine("สั่ง ณ วันที่ 7 มิถุนายน พ.ศ. 2567"),
        CHAIR,
    ),
    subtitle="เรื่อง แต่งตั้งคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด",
    form="order",
    head=Head(number="3046/2567"),
)
MINUTES = Document(
    "รายงานการประชุม",
    (
        People(
            (
                Person("พล.ต.อ. ดร. สมศักดิ์ ใจดี", "รองผู้ว่าราชการจังหวัดเชียงใหม่", "ประธาน", number="1."),
                Person(
                    "นางสาวณัฐฐินันท์ ธนาเศรษฐ์อังกูล",
                    "แทน ผู้อำนวยการสำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัดเชียงใหม่",
                    "มาประชุมแทน",
                    number="2.",
                ),
                Person("ม.ร.ว. ทดสอบศักดิ์ ตัวอย่างวงศ์", "สถิติจังหวัดเชียงใหม่", "กรรมการและเลขานุการ", number="3."),
            ),
            "ผู้มาประชุม",
        ),
        People((Person("ว่าที่ร้อยตรีหญิง เบญจวรรณ ก๋าคำ", "ติดราชการ", number="1."),), "ผู้ไม่มาประชุม"),
        Field("เริ่มประชุมเวลา", ("13.30 น.",), bold_label=True),
        Field("ระเบียบวาระที่ 1", ("เรื่องประธานแจ้งที่ประชุมทราบ",), bold=True),
        Paragraph(TEXT, indent=True),
        Field("มติที่ประชุม", ("รับทราบ",), bold_label=True),
        Field("เลิกประชุมเวลา", ("16.00 น.",), bold_label=True),
        Signature("นายวิญญู ศรีสุริยวงศ์", ("นักวิเคราะห์นโยบายและแผนชำนาญการ", "ผู้จดรายงานการประชุม")),
    ),
    subtitle=MEETING,
    form="minutes",
)
EXTRACT = Document(
    "คัดสำเนามติที่ประชุม",
    (
        Field("ระเบียบวาระที่ 3", ("เรื่องเพื่อพิจารณา",), bold=True),
        Clause("3.1", "การประเมินระดับความพร้อมรัฐบาลดิจิทัล", bold=True),
        Field("มติที่ประชุม", ("เห็นชอบ และมอบหมายทุกหน่วยงานรายงานผลภายในวันที่ 21 มิถุนายน 2567",), bold_label=True),
        Signature("", ("ผู้คัดสำเนา",), closing="สำเนาถูกต้อง"),
    ),
    subtitle=MEETING,
    form="extract",
)
STAMPED = Document(
    "การส่งแบบสำรวจ",
    (
        Field("ถึง", ("สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัดเชียงใหม่",)),
        Paragraph(TEXT, indent=True),
        Stamp("จังหวัดเชียงใหม่", "4 มิถุนายน 2567"),
        OfficeLines(("สำนักงานจังหวัดเชียงใหม่", "โทร. 0 5311 2708")),
    ),
    form="stamped",
    head=Head("ชม 0017.2/1235"),
)
ANNOUNCEMENT = Document(
    "ประกาศจังหวัดเชียงใหม่",
    (Paragraph(TEXT, indent=True), DateLine("ประกาศ ณ วันที่ 7 มิถุนายน พ.ศ. 2567"), CHAIR),
    subtitle="เรื่อง นโยบายการใช้ระบบสารบรรณอิเล็กทรอนิกส์ของจังหวัดเชียงใหม่",
    form="announcement",
)
CERTIFICATE = Document(
    "หนังสือรับรอง",
    (Paragraph(TEXT, indent=True), DateLine("ให้ไว้ ณ วันที่ 7 มิถุนายน พ.ศ. 2567"), CHAIR),
    form="certificate",
    head=Head("12/2567", OFFICE),
)
_ALL = (AGENDA, LETTER, MEMO, ORDER, MINUTES, EXTRACT, STAMPED, ANNOUNCEMENT, CERTIFICATE)
BY_FORM: dict[Form, Document] = {one.form: one for one in _ALL}
LONG: tuple[Block, ...] = tuple(Paragraph(TEXT, indent=True) for _ in range(14))
