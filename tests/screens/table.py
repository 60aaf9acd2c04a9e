"""Every screen that is looked at: who sees it, in which state. `picture` is the width at which the user guide shows it,
`tall` how much of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.screens import acts, calling, committee, following, holding, out, papers, rollout
from tests.screens.acts import Act


@dataclass(frozen=True)
class Screen:
    """One state of one page. `who` is the first part of an e-mail, "" is nobody; `{code}` in a path is an agency's id."""

    name: str
    who: str
    path: str
    do: tuple[Act, ...] = ()
    place: str = "demo"
    scripts: bool = True
    picture: int = 0
    tall: int = 900


COORDINATOR, CHAIR, AUDITOR, ADMINISTRATOR = "coordinator", "chair", "auditor", "administrator"
OFFICIAL, HEAD = "agri-extension", "head.health"
SHEET = "/rounds/1/agencies/{agri-extension}/"
FROZEN = "/rounds/2/agencies/{full-agri-extension}/"

SIGNED_OUT = (
    Screen("login", "", "/account/login/", picture=1280),
    Screen("login-wrong", "", "/account/login/", (acts.sign_in_wrongly(1),)),
    Screen("login-paused", "", "/account/login/", (acts.sign_in_wrongly(11),)),
    Screen("reset", "", "/account/reset/"),
    Screen("reset-sent", "", "/account/reset/", (acts.ask_for_a_new_password,)),
    Screen("reset-key", "", "/account/login/", (acts.open_the_mail(r"http\S+/account/reset/\S+"),)),
    Screen("reset-done", "", "/account/login/", (acts.open_the_mail(r"http\S+/account/reset/\S+"), acts.set_a_password)),
    Screen("reset-used", "", "/account/login/", (acts.open_the_mail(r"http\S+/account/reset/\S+"),)),
    Screen("invitation", "", "/account/login/", (acts.open_the_mail(r"http\S+/invitation/\S+"),), picture=1280),
    Screen("invitation-unusable", "", "/invitation/no-such-invitation/"),
    Screen("404-signed-out", "", "/no/such/page/"),
)
EMPTY = (
    Screen("empty-desk", "khamkaew", "/", place="empty"),
    Screen("empty-desk-official", "fongchan", "/", place="empty"),
    Screen("empty-my", "fongchan", "/my/", place="empty"),
    Screen("empty-rounds", "khamkaew", "/rounds/", place="empty"),
    Screen("empty-round-open", "khamkaew", "/rounds/open/", place="empty"),
    Screen("empty-orders", "khamkaew", "/orders/", place="empty"),
    Screen("empty-meetings", "khamkaew", "/meetings/", place="empty"),
    Screen("empty-people", "khamkaew", "/people/?q=ไม่มีใครชื่อนี้", place="empty"),
    Screen("empty-journal", "khamkaew", "/journal/?about=nothing", place="empty"),
)
OFFICIALS = (
    Screen("desk-official", OFFICIAL, "/", picture=1280),
    Screen("my", OFFICIAL, "/my/", picture=390),
    Screen("answering", OFFICIAL, SHEET, picture=390),
    Screen("answering-unfolded", OFFICIAL, SHEET + "sections/p4-1/", (acts.unfold,), picture=1280),
    Screen("answering-read-only", AUDITOR, SHEET),
    Screen("answering-frozen", OFFICIAL, FROZEN),
    Screen("answering-returned", OFFICIAL, "/my/", (acts.follow('a:has-text("แก้ไข")'),)),
    Screen("answering-conflict", OFFICIAL, SHEET + "sections/p3-1/", (acts.type_in_two_tabs,), picture=1280, tall=900),
    Screen("answering-not-saved", OFFICIAL, SHEET + "sections/p4-1/", (acts.lose_the_server,)),
    Screen("answering-wrong", HEAD, "/rounds/1/agencies/{health}/sections/p4-1/", (acts.post_a_broken_page,), scripts=False),
    Screen(
        "answering-clash", HEAD, "/rounds/1/agencies/{health}/sections/p2-1/", (acts.post_upon_an_old_version,), scripts=False
    ),
    Screen("submit", OFFICIAL, SHEET + "submit/", picture=1280, tall=1150),
    Screen("submit-frozen", OFFICIAL, FROZEN + "submit/"),
    Screen("refusal", HEAD, "/rounds/1/agencies/{health}/sections/p7-1/", (acts.attach_nothing,), scripts=False),
    Screen("sessions", OFFICIAL, "/sessions/"),
    Screen("password", OFFICIAL, "/account/password/"),
    Screen("logout", OFFICIAL, "/account/logout/"),
    Screen("404", OFFICIAL, "/rounds/1/"),
)
COORDINATORS = (
    Screen("desk", COORDINATOR, "/", picture=1280),
    Screen("my-coordinator", COORDINATOR, "/my/"),
    Screen("rounds", COORDINATOR, "/rounds/"),
    Screen("round-open", COORDINATOR, "/rounds/open/", picture=1280, tall=1060),
    Screen("round-open-wrong", COORDINATOR, "/rounds/open/", (acts.resend_to_another_day,)),
    Screen("board", COORDINATOR, "/rounds/1/", picture=1280, tall=1300),
    Screen("board-unsent", COORDINATOR, "/rounds/1/?show=unsent&sort=name"),
    Screen("board-frozen", COORDINATOR, "/rounds/2/"),
    Screen("board-cell", COORDINATOR, "/rounds/1/board/{agri-extension}/"),
    Screen("matrix", COORDINATOR, "/rounds/1/matrix/?pillar=P4", picture=1280, tall=1300),
    Screen("matrix-frozen", COORDINATOR, "/rounds/2/matrix/?pillar=P7"),
    Screen("review", COORDINATOR, "/rounds/1/review/"),
    Screen("review-nothing", COORDINATOR, "/rounds/2/review/"),
    Screen("review-ask", COORDINATOR, "/rounds/1/review/", (acts.follow(".row-text a"),), picture=1280),
    Screen("review-ask-wrong", COORDINATOR, "/rounds/1/review/", (acts.follow(".row-text a"), acts.press("ส่งกลับแก้ไข"))),
    Screen("consolidation", COORDINATOR, "/rounds/1/consolidation/?pillar=P4", picture=1280),
    Screen("consolidation-preview", COORDINATOR, "/rounds/1/consolidation/?pillar=P1&count=sent", (acts.unfold,)),
    Screen("consolidation-row", COORDINATOR, "/rounds/1/consolidation/P4.1/", picture=1280, tall=1100),
    Screen("consolidation-row-wrong", COORDINATOR, "/rounds/1/consolidation/P3.1/", (acts.press("บันทึกคำตอบของจังหวัด"),)),
    Screen("consolidation-row-frozen", COORDINATOR, "/rounds/2/consolidation/P7.1/"),
    Screen("dashboard-open", COORDINATOR, "/rounds/1/results/"),
    Screen("dashboard", COORDINATOR, "/rounds/2/results/", picture=1280, tall=1500),
    Screen("dashboard-chair", CHAIR, "/rounds/2/results/", picture=390, tall=1000),
    Screen("dashboard-unfolded", CHAIR, "/rounds/2/results/", (acts.unfold,)),
    Screen("dashboard-pillar", CHAIR, "/rounds/2/results/P4/", picture=1280),
    Screen("freeze", COORDINATOR, "/rounds/1/freeze/"),
    Screen("freeze-done", COORDINATOR, "/rounds/2/freeze/"),
    Screen("packs-none", COORDINATOR, "/rounds/1/packs/"),
    Screen("packs", COORDINATOR, "/rounds/2/packs/", (acts.wait_for_the_pack,), picture=1280),
    Screen("orders", COORDINATOR, "/orders/"),
    Screen("meetings", CHAIR, "/meetings/"),
    Screen("meeting", CHAIR, "/meetings/1/#agenda", picture=390, tall=1300),
    Screen("meeting-unfolded", OFFICIAL, "/meetings/1/", (acts.unfold,)),
    Screen("journal", AUDITOR, "/journal/"),
)
PEOPLE = (
    Screen("invite", COORDINATOR, "/people/invite/"),
    Screen("invite-wrong", COORDINATOR, "/people/invite/", (acts.press("ส่งคำเชิญ"),)),
    Screen("people", COORDINATOR, "/people/invite/", (acts.invite_somebody,)),
    Screen("people-found", ADMINISTRATOR, "/people/?q=สถิติ"),
    Screen("membership-end", COORDINATOR, "/people/?q=สถิติ", (acts.follow('a:has-text("ให้พ้นบทบาท")'),)),
    Screen("membership-hand-over", COORDINATOR, "/people/?q=สถิติ", (acts.follow('a:has-text("ส่งมอบ")'),)),
    Screen("desk-chair", CHAIR, "/"),
    Screen("desk-administrator", ADMINISTRATOR, "/"),
    Screen("rounds-auditor", AUDITOR, "/rounds/"),
)
NEW, MEETINGS = "/meetings/new/", "/meetings/"
REPLYING = (calling.newest, acts.follow('a:has-text("ดูและตอบรับ")'), acts.follow('tbody a:has-text("ตอบรับ")'))
CALLING = (
    Screen("empty-meeting-new", "khamkaew", NEW, (calling.create,), place="empty"),
    Screen("meeting-new", COORDINATOR, NEW),
    Screen("meeting-new-wrong", COORDINATOR, NEW, (acts.press("สร้างการประชุม"),)),
    Screen("signed-out-typed", COORDINATOR, NEW, (calling.create_after_being_signed_out,)),
    Screen("agenda-begun", COORDINATOR, NEW, (calling.create,)),
    Screen("agenda-item", COORDINATOR, MEETINGS, (calling.desk, calling.add_item(calling.TITLE), acts.unfold)),
    Screen(
        "agenda-item-wrong", COORDINATOR, MEETINGS, (calling.desk, acts.follow("a:has-text('3.1')"), acts.press("เพิ่มข้อความ"))
    ),
    Screen(
        "paper",
        COORDINATOR,
        MEETINGS,
        (calling.desk, acts.follow("a:has-text('3.1')"), calling.put_text, acts.follow('a:has-text("แก้ข้อความ")')),
    ),
    Screen(
        "paper-conflict",
        COORDINATOR,
        MEETINGS,
        (
            calling.desk,
            acts.follow("a:has-text('3.1')"),
            acts.follow('a:has-text("แก้ข้อความ")'),
            calling.edit_in_two_tabs,
        ),
    ),
    Screen(
        "agenda",
        COORDINATOR,
        MEETINGS,
        (calling.desk, calling.add_item("เรื่องที่สองของวาระนี้"), acts.follow('a:has-text("จัดระเบียบวาระ")')),
        picture=1280,
        tall=1100,
    ),
    Screen("meeting-prepared", COORDINATOR, MEETINGS, (calling.newest,)),
    Screen(
        "meeting-invite",
        COORDINATOR,
        MEETINGS,
        (calling.newest, acts.follow("main a.govuk-button"), acts.unfold),
        picture=1280,
    ),
    Screen("meeting-invited", COORDINATOR, MEETINGS, (calling.newest, acts.follow("main a.govuk-button"), calling.invite)),
    Screen("meeting-change", COORDINATOR, MEETINGS, (calling.newest, acts.follow('a:has-text("เปลี่ยนวันเวลา")'))),
    Screen(
        "meeting-change-wrong",
        COORDINATOR,
        MEETINGS,
        (
            calling.newest,
            acts.follow('a:has-text("เปลี่ยนวันเวลา")'),
            calling.fill(day="15 ม.ค. 2568"),
            acts.press("บันทึกกำหนดใหม่"),
        ),
    ),
    Screen(
        "agenda-late",
        COORDINATOR,
        MEETINGS,
        (
            calling.desk,
            calling.add_item("เรื่องด่วนเข้าที่ประชุม", reason="กระทรวงสั่งการเมื่อวานนี้"),
            acts.follow('a:has-text("จัดระเบียบวาระ")'),
        ),
    ),
    Screen("agenda-withdrawn", COORDINATOR, MEETINGS, (calling.desk, acts.follow("a:has-text('3.2')"), calling.withdraw)),
    Screen("reply", COORDINATOR, MEETINGS, REPLYING),
    Screen("reply-wrong", COORDINATOR, MEETINGS, (*REPLYING, acts.press("บันทึกคำตอบรับ"))),
    Screen("replies", COORDINATOR, MEETINGS, (*REPLYING, calling.answer_for_the_first)),
    Screen("agenda-freeze", COORDINATOR, MEETINGS, (calling.newest, acts.follow("main a.govuk-button"))),
    Screen(
        "meeting-frozen",
        COORDINATOR,
        MEETINGS,
        (calling.newest, acts.follow("main a.govuk-button"), acts.press("ตรึงระเบียบวาระ")),
    ),
    Screen("agenda-item-frozen", COORDINATOR, MEETINGS, (calling.desk, acts.follow("a:has-text('3.1')"))),
    Screen("meeting-member", CHAIR, MEETINGS, (calling.newest,)),
    Screen("meeting-cancel", COORDINATOR, MEETINGS, (calling.newest, acts.follow('a:has-text("ยกเลิกการประชุม")'))),
    Screen(
        "meeting-cancelled",
        COORDINATOR,
        MEETINGS,
        (
            calling.newest,
            acts.follow('a:has-text("ยกเลิกการประชุม")'),
            calling.fill(reason="น้ำท่วมศาลากลางจังหวัด จะกำหนดวันใหม่"),
            acts.press("ยกเลิกการประชุม"),
        ),
    ),
    Screen("meetings-coordinator", COORDINATOR, MEETINGS),
)
INSERT, FROZEN_INSERT = "/agenda-items/15/insert/", "/agenda-items/7/insert/"  # 2/2567 in the making, 1/2567 frozen
FIGURES = (
    Screen("paper-insert", COORDINATOR, INSERT),
    Screen("paper-insert-kpi", COORDINATOR, INSERT + "?source=kpi"),
    Screen("paper-insert-rows", COORDINATOR, INSERT + "?source=rows_by_agency"),
    Screen("paper-insert-progress", COORDINATOR, INSERT + "?source=progress"),
    Screen("paper-insert-standing", COORDINATOR, INSERT + "?source=standing"),
    Screen("paper-insert-frozen", COORDINATOR, FROZEN_INSERT + "?source=pillars"),
    Screen("paper-insert-nothing", COORDINATOR, FROZEN_INSERT + "?source=follow_ups"),
)
RECORD, IN_FORCE = "/orders/record/", "/orders/2/"
COMMITTEE = (
    Screen("empty-order-record", "khamkaew", RECORD, place="empty"),
    Screen("order-record", COORDINATOR, RECORD),
    Screen("order-record-wrong", COORDINATOR, RECORD, (acts.press("บันทึกคำสั่ง"),)),
    Screen("order-empty", COORDINATOR, RECORD, (committee.record,)),
    Screen("order-import", COORDINATOR, RECORD, (committee.record, acts.follow("main a.govuk-button"))),
    Screen("order-import-wrong", COORDINATOR, RECORD, (committee.record, committee.upload(committee.FAULTY))),
    Screen("order-import-preview", COORDINATOR, RECORD, (committee.record, committee.upload(committee.FULL)), picture=1280),
    Screen(
        "order-full", COORDINATOR, RECORD, (committee.record, committee.upload(committee.FULL), committee.apply, acts.unfold)
    ),
    Screen("order", COORDINATOR, IN_FORCE, picture=1280, tall=1300),
    Screen("order-as-known", AUDITOR, IN_FORCE + "?on=11/6/2567&known=8/6/2567", (acts.unfold,)),
    Screen("order-elsewhere", CHAIR, IN_FORCE + "?on=1/6/2567"),
    Screen("order-bad-day", CHAIR, IN_FORCE + "?on=31/6/2567&known=วันก่อน"),
    Screen("order-replaced", OFFICIAL, "/orders/1/"),
    Screen("order-difference", CHAIR, "/orders/2/difference/", picture=1280, tall=1100),
    Screen("order-seats-end", COORDINATOR, RECORD, (committee.amend, acts.follow('a:has-text("ตำแหน่งที่ให้สิ้นสุด")'))),
    Screen("seat-add", COORDINATOR, RECORD, (committee.record, acts.follow('a:has-text("เพิ่มตำแหน่ง")'))),
    Screen(
        "seat-add-wrong",
        COORDINATOR,
        RECORD,
        (committee.record, acts.follow('a:has-text("เพิ่มตำแหน่ง")'), acts.press("เพิ่มตำแหน่ง")),
    ),
    Screen("seat", COORDINATOR, IN_FORCE, (acts.follow('a:has-text("แก้ตำแหน่ง")'),)),
    Screen("seat-hand-over", COORDINATOR, IN_FORCE, (acts.follow('a:has-text("ส่งมอบ")'),)),
    Screen(
        "seat-hand-over-wrong",
        COORDINATOR,
        IN_FORCE,
        (
            acts.follow('a:has-text("ส่งมอบ")'),
            calling.fill(name="นางสาวกัลยาณีรัตน์ ศรีวิชัยพงศ์พันธุ์", starts_on="1 ม.ค. 2567"),
            acts.press("ส่งมอบตำแหน่ง"),
        ),
    ),
    Screen("holder-end", COORDINATOR, IN_FORCE, (acts.follow('a:has-text("พ้นตำแหน่ง")'),)),
    Screen("substitute", COORDINATOR, IN_FORCE, (acts.follow('a:has-text("เพิ่มผู้แทน")'),)),
    Screen(
        "substitute-end",
        COORDINATOR,
        IN_FORCE,
        (
            acts.follow('a:has-text("เพิ่มผู้แทน")'),
            calling.fill(name="นายแทน มาประชุม", position="รองหัวหน้าสำนักงาน", starts_on="7/6/2567"),
            acts.press("เพิ่มผู้แทน"),
            acts.follow('main a:has-text("สิ้นสุด")'),
        ),
    ),
)
PAPERS = (
    Screen("paper-settings", COORDINATOR, "/settings/papers/", picture=1280),
    Screen("paper-settings-emblem", COORDINATOR, "/settings/papers/", (papers.put_an_emblem,)),
    Screen("paper-template", COORDINATOR, "/settings/papers/", (papers.edit("หนังสือภายนอก"),)),
    Screen("paper-template-own", COORDINATOR, "/settings/papers/", (papers.edit("ระเบียบวาระ"), papers.use_a_template)),
    Screen(
        "paper-template-broken",
        COORDINATOR,
        "/settings/papers/",
        (papers.edit("รายงานการประชุม"), papers.send_a_broken_template),
    ),
)
FOLLOW_UPS, OWED = "/follow-ups/", (acts.follow('a:has-text("รายงาน")'),)
FOLLOWING = (
    Screen("empty-follow-ups", "khamkaew", FOLLOW_UPS, place="empty"),
    Screen("empty-chair", "khamkaew", "/chair/", place="empty"),
    Screen("follow-ups", COORDINATOR, FOLLOW_UPS, picture=1280),
    Screen("resolution", COORDINATOR, FOLLOW_UPS, (following.last_resolution,)),
    Screen("resolution-with-letter", COORDINATOR, FOLLOW_UPS, (following.first_resolution,)),
    Screen(
        "resolution-letter",
        COORDINATOR,
        FOLLOW_UPS,
        (following.first_resolution, acts.follow(following.WRITE)),
        picture=1280,
        tall=1400,
    ),
    Screen(
        "resolution-letter-wrong",
        COORDINATOR,
        FOLLOW_UPS,
        (following.first_resolution, acts.follow(following.WRITE), following.write_to_nobody),
    ),
    Screen("follow-ups-open", COORDINATOR, FOLLOW_UPS, (following.last_resolution, acts.follow(following.NAME_MORE))),
    Screen(
        "follow-ups-open-wrong",
        COORDINATOR,
        FOLLOW_UPS,
        (following.last_resolution, acts.follow(following.NAME_MORE), acts.press("มอบหน่วยงาน")),
    ),
    Screen(
        "resolution-late",
        COORDINATOR,
        FOLLOW_UPS,
        (following.last_resolution, following.name_all("12 มิ.ย. 2567")),
    ),
    Screen("resolution-office", OFFICIAL, FOLLOW_UPS, (following.last_resolution,)),
    Screen("desk-follow-ups", "local-promotion", "/"),
    Screen("follow-ups-office", "local-promotion", FOLLOW_UPS),
    Screen("follow-up", "local-promotion", FOLLOW_UPS, OWED, picture=390, tall=1000),
    Screen("follow-up-wrong", "local-promotion", FOLLOW_UPS, (*OWED, acts.press("รายงานว่าเสร็จแล้ว"))),
    Screen("follow-up-noted", "local-promotion", FOLLOW_UPS, (*OWED, following.report("บันทึกความคืบหน้า"))),
    Screen("follow-up-answered", "local-promotion", FOLLOW_UPS, (*OWED, following.report("รายงานว่าเสร็จแล้ว"))),
    Screen("desk-to-check", COORDINATOR, "/"),
    Screen("follow-up-check", COORDINATOR, FOLLOW_UPS + "?show=check", (acts.follow("tbody th a"),)),
    Screen(
        "follow-up-returned",
        COORDINATOR,
        FOLLOW_UPS + "?show=check",
        (
            acts.follow("tbody th a"),
            following.decide("ขอให้ทำเพิ่ม", "ขอรายชื่อ 16 แห่งที่ยังไม่พร้อม"),
            acts.follow("tbody th a"),
        ),
    ),
    Screen(
        "follow-up-closed",
        COORDINATOR,
        FOLLOW_UPS + "?show=late",
        (
            acts.follow("tbody th a"),
            following.decide("ปิดเรื่อง", "ยุบรวมกับหน่วยงานอื่นแล้ว"),
            acts.follow('tbody tr:has-text("ปิดเรื่องแล้ว") th a'),
        ),
    ),
    Screen(
        "follow-up-decide-wrong",
        COORDINATOR,
        FOLLOW_UPS + "?show=late",
        (acts.follow("tbody th a"), following.decide("ปิดเรื่อง", "")),
    ),
    Screen("follow-ups-late", AUDITOR, FOLLOW_UPS + "?show=late"),
    Screen("follow-ups-chair", CHAIR, FOLLOW_UPS + "?show=closed"),
    Screen("chair", CHAIR, "/chair/", picture=390, tall=1400),
    Screen("proposal", "provincial-office", "/rounds/1/agencies/{provincial-office}/sections/g-1/", picture=1280),
)
FIRST = "/meetings/1/"
HOLDING = (
    Screen("meeting-today", COORDINATOR, NEW, (holding.call_for_today,)),
    Screen("attendance-empty", COORDINATOR, MEETINGS, (holding.at("ผู้มาประชุม"),), scripts=False),
    Screen("minutes-none", COORDINATOR, MEETINGS, (holding.at("ผู้มาประชุม"), holding.beside("minutes/"))),
    Screen("minutes-too-early", COORDINATOR, MEETINGS, (holding.at("ผู้มาประชุม"), holding.beside("minutes/edit/"))),
    Screen("attendance-wrong", COORDINATOR, MEETINGS, (holding.at("ผู้มาประชุม"), holding.begin)),
    Screen(
        "attendance-rest",
        COORDINATOR,
        MEETINGS,
        (holding.at("ผู้มาประชุม"), acts.press("ที่เหลือมาประชุมทั้งหมด")),
        picture=1280,
        tall=1100,
    ),
    Screen("meeting-open", COORDINATOR, MEETINGS, (holding.todays,)),
    Screen("attendance", COORDINATOR, MEETINGS, (holding.at("ผู้มาประชุม"), holding.tick)),
    Screen("resolutions", COORDINATOR, MEETINGS, (holding.at("บันทึกมติ"), holding.resolve), picture=1280),
    Screen("resolutions-wrong", COORDINATOR, MEETINGS, (holding.at("บันทึกมติ"), acts.press("บันทึกมติ"))),
    Screen("minutes-begin", COORDINATOR, MEETINGS, (holding.at("บันทึกมติ"), holding.beside("minutes/edit/"))),
    Screen("minutes-edit", COORDINATOR, MEETINGS, (holding.desk, acts.press("ร่างรายงานการประชุม")), picture=1280, tall=1100),
    Screen("minutes-item", COORDINATOR, MEETINGS, (holding.desk, acts.follow(".in-tray a"), holding.write)),
    Screen("minutes-conflict", COORDINATOR, MEETINGS, (holding.desk, acts.follow(".in-tray a"), holding.write_in_two_tabs)),
    Screen("minutes-circulate-missing", COORDINATOR, MEETINGS, (holding.desk, acts.follow('a:has-text("แจ้งเวียน")'))),
    Screen("attendance-closed", COORDINATOR, MEETINGS, (holding.at("ผู้มาประชุม"), holding.end)),
    Screen("minutes-circulate", COORDINATOR, MEETINGS, (holding.desk, acts.follow('a:has-text("แจ้งเวียน")'))),
    Screen(
        "minutes-circulate-wrong",
        COORDINATOR,
        MEETINGS,
        (holding.desk, acts.follow('a:has-text("แจ้งเวียน")'), acts.press("แจ้งเวียน")),
    ),
    Screen("adoption", COORDINATOR, MEETINGS, (holding.at("รับรองรายงานการประชุมครั้งก่อน"),)),
    Screen("attendance-locked", COORDINATOR, FIRST, (acts.follow('a:has-text("ผู้มาประชุมและบัญชี")'),)),
    Screen(
        "resolution-correct", COORDINATOR, FIRST, (acts.follow('a:has-text("คัดสำเนามติ")'), acts.follow('a:has-text("แก้ไขมติ")'))
    ),
    Screen("minutes-comment", CHAIR, FIRST + "minutes/", (holding.ask_for_a_correction,)),
    Screen("minutes-answer", COORDINATOR, FIRST + "minutes/", (acts.unfold,)),
    Screen("minutes-auditor", AUDITOR, FIRST + "minutes/"),
)
OUT_TRAY, CLERK, HEAD_OF_HEALTH = "/letters/out/", "provincial-office", "head.health"
DRAFTED = (out.newest,)
OUT = (
    Screen("empty-out", "khamkaew", OUT_TRAY, place="empty"),
    Screen("out", CLERK, OUT_TRAY, picture=1280, tall=1100),
    Screen("out-nothing-found", CLERK, OUT_TRAY + "?q=ไม่มีหนังสือชื่อนี้"),
    Screen("out-waiting", HEAD_OF_HEALTH, OUT_TRAY + "?show=waiting"),
    Screen("letter-circular", CLERK, OUT_TRAY + "?q=ให้ดำเนินการตามมติ", DRAFTED, picture=1280, tall=1400),
    Screen("letter-order", CLERK, OUT_TRAY + "?q=แต่งตั้งคณะทำงาน", DRAFTED),
    Screen("letter-secret", "secret", OUT_TRAY, DRAFTED),
    Screen("letter-waits-for-head", HEAD_OF_HEALTH, OUT_TRAY + "?show=waiting", DRAFTED),
    Screen("letter-return", HEAD_OF_HEALTH, OUT_TRAY + "?show=waiting", (out.newest, acts.follow('a:has-text("ส่งกลับแก้ไข")'))),
    Screen("letter-new", CLERK, OUT_TRAY + "new/", picture=1280),
    Screen("letter-new-wrong", CLERK, OUT_TRAY + "new/", (acts.press("เริ่มร่าง"),)),
    Screen("letter-edit-order", CLERK, OUT_TRAY + "new/", (out.begin("order", "แต่งตั้งคณะทำงาน"),)),
    Screen("letter-edit-memo", CLERK, OUT_TRAY + "new/", (out.begin("memo", "ขอส่งรายงาน"),)),
    Screen("letter-edit", CLERK, OUT_TRAY + "new/", (out.begin("external"),), picture=1280, tall=1400),
    Screen("letter-lacking", CLERK, OUT_TRAY, DRAFTED),
    Screen(
        "letter-edit-wrong",
        CLERK,
        OUT_TRAY,
        (
            out.newest,
            acts.follow('a:has-text("แก้ไขร่าง")'),
            calling.fill(subject="", answer_by="30 ก.พ. 2567"),
            acts.press("บันทึกร่าง"),
        ),
    ),
    Screen("letter-recipients", CLERK, OUT_TRAY, (out.newest, acts.follow('a:has-text("แก้ไขร่าง")'), out.write, acts.unfold)),
    Screen("letter-conflict", CLERK, OUT_TRAY, (out.newest, out.write_in_two_tabs)),
    Screen(
        "letter-attachments", CLERK, OUT_TRAY, (out.newest, acts.follow('a:has-text("แนบสิ่งที่ส่งมาด้วย")'), acts.press("เพิ่มรายการ"))
    ),
    Screen(
        "letter-references",
        CLERK,
        OUT_TRAY,
        (out.newest, acts.follow('a:has-text("เพิ่มหนังสือที่อ้างถึง")'), calling.fill(q="มติ"), acts.press("ค้นหา")),
    ),
    Screen("letter-ready", CLERK, OUT_TRAY, (out.newest, acts.follow('a:has-text("เลือกผู้รับ")'), out.choose_all)),
    Screen("letter-recipients-chosen", CLERK, OUT_TRAY, (out.newest, acts.follow('a:has-text("เลือกผู้รับ")'))),
    Screen("letter-issue", CLERK, OUT_TRAY, (out.newest, acts.follow('a:has-text("ออกเลขและส่ง")')), picture=1280),
    Screen("letter-issued", CLERK, OUT_TRAY, (out.newest, acts.follow('a:has-text("ออกเลขและส่ง")'), acts.press("ออกเลขและส่ง"))),
    Screen("recipient-to-dispatch", CLERK, OUT_TRAY, (out.by_hand, acts.press("บันทึกการส่ง"))),
    Screen(
        "recipient-outcome",
        CLERK,
        OUT_TRAY,
        (
            out.by_hand,
            calling.fill(on="11 มิ.ย. 2567", how="ไปรษณีย์ลงทะเบียน RB123456789TH"),
            acts.press("บันทึกการส่ง"),
            acts.follow('tbody a:has-text("ชมรมเครือข่าย")'),
            acts.unfold,
        ),
    ),
    Screen("letter-recall", CLERK, OUT_TRAY, (out.newest, acts.follow('a:has-text("เรียกคืนจากผู้รับทุกราย")'))),
    Screen(
        "letter-void",
        CLERK,
        OUT_TRAY,
        (out.newest, acts.follow('a:has-text("ยกเลิกหนังสือ")'), out.because("พิมพ์วันประชุมผิด จะออกฉบับใหม่แทน", "ยกเลิกหนังสือ")),
    ),
    Screen("letter-void-asked", CLERK, OUT_TRAY + "?show=sent", (out.newest, acts.follow('a:has-text("ยกเลิกหนังสือ")'))),
    Screen("letter-give-up", CLERK, OUT_TRAY + "?show=drafts", (out.newest, acts.follow('a:has-text("ยกเลิกร่าง")'))),
)
BOOKS = "/letters/registers/"
TO_RESERVED = (acts.follow('a[href$="state=reserved"]'),)
REGISTERS = (
    Screen("registers", CLERK, BOOKS, picture=1280),
    Screen("registers-coordinator", COORDINATOR, BOOKS),
    Screen("register", CLERK, BOOKS, (acts.follow("tbody th a"),), picture=1280),
    Screen("register-reserved", CLERK, BOOKS, TO_RESERVED),
    Screen("register-void", CLERK, BOOKS, (*TO_RESERVED, acts.follow('a:has-text("ยกเลิกเลข")'))),
    Screen("register-void-wrong", CLERK, BOOKS, (*TO_RESERVED, acts.follow('a:has-text("ยกเลิกเลข")'), acts.press("ยกเลิกเลขนี้"))),
    Screen("register-reserve", CLERK, BOOKS + "reserve/"),
    Screen("register-reserve-wrong", CLERK, BOOKS + "reserve/", (acts.press("จองเลข"),)),
    Screen("office-settings", CLERK, BOOKS, (acts.follow('a:has-text("ตั้งค่าทะเบียน")'),)),
)
DRIVE, LOCAL = "/rollout/1/", "lgo-9990103"
ROLLOUT = (
    Screen("empty-rollout", "khamkaew", "/rollout/", place="empty"),
    Screen("rollout-new", "khamkaew", "/rollout/new/", place="empty"),
    Screen("rollout-new-wrong", "khamkaew", "/rollout/new/", (acts.press("สร้างโครงการ"),), place="empty"),
    Screen("empty-programme", "khamkaew", "/rollout/new/", (rollout.programme,), place="empty"),
    Screen("empty-offices", "khamkaew", DRIVE + "offices/", place="empty"),
    Screen("empty-cases", "khamkaew", DRIVE + "cases/", place="empty"),
    Screen("empty-districts", "khamkaew", DRIVE + "districts/", place="empty"),
    Screen("offices-import", "khamkaew", DRIVE + "import/", place="empty"),
    Screen("offices-import-wrong", "khamkaew", DRIVE + "import/", (rollout.bring_wrong,), place="empty"),
    Screen("offices-import-preview", "khamkaew", DRIVE + "import/", (rollout.bring,), place="empty"),
    Screen("offices-211", "khamkaew", DRIVE + "import/", (rollout.bring, rollout.take_all), place="empty"),
    Screen("programme-211", "khamkaew", DRIVE, place="empty"),
    Screen("districts-211", "khamkaew", DRIVE + "districts/", place="empty"),
    Screen("programme", COORDINATOR, DRIVE, picture=1280, tall=1500),
    Screen("programme-chair", CHAIR, DRIVE, picture=390, tall=1100),
    Screen("programme-settings", COORDINATOR, DRIVE + "settings/", (acts.unfold,)),
    Screen("local-offices", COORDINATOR, DRIVE + "offices/"),
    Screen("local-offices-none", COORDINATOR, DRIVE + "offices/?stage=active&reason=network"),
    Screen("districts", COORDINATOR, DRIVE + "districts/"),
    Screen("local-office", COORDINATOR, DRIVE + "offices/", (acts.follow("tbody a"), acts.unfold)),
    Screen(
        "local-office-wrong", COORDINATOR, DRIVE + "offices/", (acts.follow("tbody a"), acts.unfold, acts.press("บันทึกขั้น"))
    ),
    Screen("case-new", COORDINATOR, "/rollout/offices/1/cases/new/"),
    Screen("support-cases", COORDINATOR, DRIVE + "cases/?show=all"),
    Screen("support-case", COORDINATOR, DRIVE + "cases/", (acts.follow(".in-tray a"),)),
    Screen("rollout-own", LOCAL, "/rollout/own/", picture=390, tall=1100),
    Screen("own-case", LOCAL, "/rollout/own/", (acts.follow(".in-tray a"),)),
)
SCREENS = (
    *REGISTERS,
    *PAPERS,
    *EMPTY,
    *CALLING,
    *PEOPLE,
    *SIGNED_OUT,
    *COORDINATORS,
    *OFFICIALS,
    *COMMITTEE,
    *FOLLOWING,
    *HOLDING,
    *FIGURES,
    *OUT,
)

NOT_PAGES = {
    "programme_party": "POST",
    "programme_target": "POST",
    "offices_enrol": "POST",
    "case_write": "POST",
    "round_letter": "POST",
    "return_letter": "POST",
    "reminder_letter": "POST",
    "letter_paper": "ไฟล์",
    "letter_file": "ไฟล์",
    "letter_submit": "POST",
    "letter_approve": "POST",
    "letter_part_remove": "POST",
    "recipient_recall": "POST",
    "recipient_resend": "POST",
    "recipient_dispatch": "POST",
    "recipient_outcome": "POST",
    "paper_emblem": "ไฟล์",
    "paper_emblem_remove": "POST",
    "paper_template_file": "ไฟล์",
    "paper_template_default": "ไฟล์",
    "paper_preview_pdf": "ไฟล์",
    "paper_preview_docx": "ไฟล์",
    "paper_template_withdraw": "POST",
    "healthz": "ข้อความสำหรับเครื่อง",
    "readyz": "ข้อความสำหรับเครื่อง",
    "pack_progress": "JSON",
    "pack_download": "ไฟล์",
    "evidence_file": "ไฟล์",
    "meeting_time": "POST",
    "participant_add": "POST",
    "participant_remove": "POST",
    "sign_in_paper": "ไฟล์",
    "extract_paper": "ไฟล์",
    "minutes_paper": "ไฟล์",
    "minutes_comment": "POST",
    "minutes_comment_answer": "POST",
    "minutes_pen": "POST",
    "register_chain": "ไฟล์",
    "meeting_calendar": "ไฟล์",
    "order_file": "ไฟล์",
    "order_paper": "ไฟล์",
    "order_difference_paper": "ไฟล์",
    "roster_template": "ไฟล์",
    "order_attach": "POST",
    "seat_remove": "POST",
    "meeting_paper": "ไฟล์",
    "kept_paper": "ไฟล์",
    "paper_file": "ไฟล์",
    "agenda_item_move": "POST",
    "agenda_item_remove": "POST",
    "agenda_item_withdraw": "POST",
    "paper_move": "POST",
    "paper_remove": "POST",
    "sessions_end": "POST",
    "session_end": "POST",
    "digits": "POST",
    "invitation_resend": "POST",
    "invitation_withdraw": "POST",
    "account_close": "POST",
    "account_reopen": "POST",
    "paper_refresh": "POST",
    "answer_save": "POST",
    "proposal_confirm": "POST",
    "open_matters_bring": "POST",
    "follow_up_file": "ไฟล์",
    "evidence_remove": "POST",
    "snapshot_take": "POST",
}
