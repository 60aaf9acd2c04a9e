"""What the loader says of each kind of defect: code to (Thai, English). The check that finds it fills the gaps in braces."""

from __future__ import annotations

FILES = {
    "missing_folder": ("ไม่พบโฟลเดอร์แบบสำรวจ {folder}", "there is no edition folder {folder}"),
    "missing_file": (
        "ไม่พบไฟล์ {name} ในโฟลเดอร์แบบสำรวจ หรือเปิดอ่านไม่ได้",
        "the file {name} is missing from the edition or cannot be opened",
    ),
    "too_large": ("ไฟล์ใหญ่เกิน {most} กิโลไบต์", "the file is larger than {most} kB"),
    "not_utf8": ("ไฟล์มีตัวอักษรที่ไม่ใช่ UTF-8 ให้บันทึกไฟล์เป็น UTF-8", "the file is not UTF-8 text; save it as UTF-8"),
    "bad_yaml": ("อ่าน YAML ไม่ได้ตั้งแต่บรรทัดนี้ ({why})", "this is not YAML from here on ({why})"),
    "empty_file": ("ไฟล์ว่างเปล่า", "the file is empty"),
    "not_a_mapping": ("ไฟล์ต้องขึ้นต้นด้วยรายการ “ชื่อ: ค่า”", "the file must hold 'key: value' lines at its top"),
    "many_documents": ("ไฟล์มีหลายเอกสาร (---) ต้องมีเพียงหนึ่ง", "the file holds several documents (---); one is allowed"),
    "duplicate_key": ("คีย์ “{key}” ซ้ำกับที่เขียนไว้แล้วข้างบน", "the key '{key}' was already given above"),
    "alias": ("ไม่อนุญาตให้ใช้ตัวอ้างอิง YAML (& หรือ *) “{name}”", "YAML anchors and aliases are not allowed: '{name}'"),
    "tag": ("ไม่อนุญาตให้ใช้ป้ายชนิดข้อมูล YAML (!) “{name}”", "YAML tags are not allowed: '{name}'"),
    "too_deep": ("ซ้อนกันลึกเกิน {most} ชั้น", "nested deeper than {most} levels"),
    "key_not_text": ("คีย์ต้องเป็นข้อความ", "a key must be plain text"),
    "bad_character": ("มีอักขระควบคุมหรืออักขระที่ใช้ไม่ได้ในข้อความ", "the text holds a control or invalid character"),
    "number_too_long": ("ตัวเลขยาวเกิน {most} หลัก", "the number has more than {most} digits"),
}

SHAPES = {
    "unknown_key": ("ไม่รู้จักคีย์ “{key}”{guess_th}", "unknown key '{key}'{guess_en}"),
    "missing_key": ("ขาดคีย์ “{key}” ซึ่งต้องมี", "the key '{key}' is required and missing"),
    "wrong_type": ("“{key}” ต้องเป็น{wanted_th} แต่พบ “{found}”", "'{key}' must be {wanted_en}, but is '{found}'"),
    "not_in_list": ("“{key}” เป็น “{found}” ไม่ได้ เลือกได้จาก {allowed}", "'{key}' cannot be '{found}'; it is one of {allowed}"),
    "bad_date": (
        "“{key}” ไม่ใช่วันที่ที่มีจริง: “{found}” ให้เขียนแบบ 2024-06-11 (ค.ศ.)",
        "'{key}' is not a real date: '{found}'; write it like 2024-06-11",
    ),
}

ROWS = {
    "bad_code": ("“{row}” ไม่ใช่รหัสข้อคำถามแบบ G1 หรือ P2.1.10 ที่เขียนตามแบบ", "'{row}' is not a code written like G1 or P2.1.10"),
    "duplicate_code": ("รหัส {row} ซ้ำกับบรรทัด {first}", "the code {row} is already used at line {first}"),
    "code_outside_pillar": ("รหัส {row} ไม่อยู่ในเสาหลัก {pillar}", "the code {row} does not belong to pillar {pillar}"),
    "unknown_pillar": ("ข้อ {row} อ้างเสาหลัก “{pillar}” ซึ่งไม่มี", "row {row} names the pillar '{pillar}', which does not exist"),
    "duplicate_pillar": ("เสาหลัก {pillar} ซ้ำกับบรรทัด {first}", "the pillar {pillar} is already listed at line {first}"),
    "pillar_without_rows": (
        "เสาหลัก {pillar} มีน้ำหนักแต่ไม่มีข้อคำถามที่ให้คะแนน",
        "pillar {pillar} has a weight but no row that earns points",
    ),
    "weight_not_positive": ("น้ำหนักของ {pillar} ต้องมากกว่า 0", "the weight of {pillar} must be above 0"),
    "weights_not_100": ("น้ำหนักของเสาหลักรวมกันได้ {total} ต้องได้ 100", "the pillar weights add up to {total}, not 100"),
    "no_rows": ("ไม่มีข้อคำถาม", "there are no rows"),
    "text_not_clean": (
        "ข้อความของ {row} มี “{found}” ที่ต้องแก้ ({why_th})",
        "the text of {row} holds '{found}', to be corrected ({why_en})",
    ),
    "heading_with_answer": ("{row} เป็นหัวข้อ จึงมี “{key}” ไม่ได้", "{row} is a heading, so it cannot have '{key}'"),
    "merge_missing": ("ข้อ {row} ไม่ได้บอกวิธีรวมคำตอบ (merge)", "row {row} does not say how answers are merged (merge)"),
    "merge_does_not_fit": (
        "ข้อ {row} เป็นชนิด {kind} จึงรวมแบบ {merge} ไม่ได้ ใช้ได้: {allowed}",
        "row {row} is of kind {kind}, so it cannot be merged by {merge}; possible: {allowed}",
    ),
    "points_missing": ("ข้อ {row} อยู่ในเสาหลักที่มีน้ำหนัก แต่ไม่มีคะแนน (points)", "row {row} is in a weighted pillar but has no points"),
    "points_not_wanted": (
        "ข้อ {row} อยู่ในเสาหลักที่ไม่มีน้ำหนัก จึงให้คะแนนไม่ได้",
        "row {row} is in a pillar without weight, so it cannot have points",
    ),
    "points_bad": ("คะแนนของ {row} ใช้ไม่ได้: {why_th}", "the points of {row} cannot be used: {why_en}"),
    "choices_missing": ("ข้อ {row} ให้เลือกหลายข้อ แต่ไม่มีตัวเลือก (choices)", "row {row} is of kind many but lists no choices"),
    "choices_not_wanted": ("ข้อ {row} เป็นชนิด {kind} จึงมีตัวเลือกไม่ได้", "row {row} is of kind {kind}, so it cannot list choices"),
    "duplicate_choice": ("ตัวเลือก “{choice}” ของ {row} ซ้ำกัน", "the choice '{choice}' of {row} is listed twice"),
    "detail_kind": (
        "รายละเอียดของ {row} เป็นชนิด {kind} ไม่ได้ ใช้ได้: {allowed}",
        "the detail of {row} cannot be of kind {kind}; possible: {allowed}",
    ),
    "evidence_slot_twice": ("หลักฐาน “{slot}” ของ {row} ซ้ำกัน", "the evidence slot '{slot}' of {row} is listed twice"),
    "window_backwards": (
        "ช่วงเวลาของ {row} สิ้นสุด ({end}) ก่อนเริ่ม ({start})",
        "the window of {row} ends ({end}) before it starts ({start})",
    ),
    "proved_by_bad": (
        "ข้อ {row} พิสูจน์ด้วย {by} ไม่ได้: {why_th}",
        "row {row} cannot be proved by {by}: {why_en}",
    ),
    "listing_bad": (
        "ข้อ {row} นับจากบัญชี {list} ไม่ได้: {why_th}",
        "row {row} cannot be answered from the list {list}: {why_en}",
    ),
    "not_above_unknown": ("ข้อ {row} ต้องไม่เกินข้อ “{other}” ซึ่งไม่มี", "row {row} must not be above '{other}', which does not exist"),
    "not_above_bad": ("ข้อ {row} เทียบกับข้อ {other} ไม่ได้: {why_th}", "row {row} cannot be compared with {other}: {why_en}"),
    "correction_not_made": (
        "แก้คำผิดของ {row} ไว้ในรายการ แต่ข้อความยังเป็น “{printed}” หรือไม่มี “{corrected}”",
        "a correction of {row} is listed, but the text still says '{printed}' or lacks '{corrected}'",
    ),
    "year_not_buddhist": ("ปีงบประมาณ {year} ไม่ใช่ปี พ.ศ.", "the fiscal year {year} is not a Buddhist year"),
}

CONDITIONS = {
    "condition_empty": ("เงื่อนไขของ {row} ว่างเปล่า ไม่ได้อ้างข้อใด", "the condition of {row} is empty: it names no row"),
    "condition_mixed": (
        "เงื่อนไขของ {row} มีได้อย่างเดียว: code, all_of หรือ any_of",
        "a condition of {row} may have only one of code, all_of, any_of",
    ),
    "condition_unknown": (
        "เงื่อนไขของ {row} อ้างข้อ “{other}” ซึ่งไม่มี",
        "the condition of {row} names '{other}', which does not exist",
    ),
    "condition_forward": ("เงื่อนไขของ {row} อ้างข้อ {other} ซึ่งอยู่ข้างหลัง", "the condition of {row} points forward, to {other}"),
    "condition_cycle": ("เงื่อนไขวนเป็นวงกลม: {ring}", "the conditions go round in a circle: {ring}"),
    "condition_test": (
        "เงื่อนไขของ {row} ใช้การทดสอบ “{test}” ไม่ได้ ใช้ได้: {allowed}",
        "the condition of {row} cannot test '{test}'; possible: {allowed}",
    ),
    "condition_test_does_not_fit": (
        "เงื่อนไขของ {row}: ทดสอบ {test} กับข้อ {other} ซึ่งเป็นชนิด {kind} ไม่ได้",
        "the condition of {row} cannot test {test} of {other}, which is of kind {kind}",
    ),
    "unreachable_row": ("ไม่มีทางถามข้อ {row} ได้ เพราะขึ้นกับ {other}", "row {row} can never be asked, because it hangs on {other}"),
}

SCALES = {
    "no_levels": ("ไม่มีเกณฑ์ระดับ (assumptions)", "there are no level bands (assumptions)"),
    "duplicate_assumption": ("ข้อสันนิษฐาน “{name}” ซ้ำกัน", "the assumption '{name}' is listed twice"),
    "level_without_source": ("ข้อสันนิษฐาน “{name}” ไม่บอกที่มา (source)", "the assumption '{name}' has no source"),
    "bands_start": (
        "ระดับแรกของ “{name}” ต้องเริ่มที่ 0 แต่เริ่มที่ {found}",
        "the first band of '{name}' must start at 0, not at {found}",
    ),
    "bands_not_rising": (
        "ช่วงคะแนนของ “{name}” ทับกันหรือไม่เรียงจากน้อยไปมาก: {found} หลัง {before}",
        "the bands of '{name}' overlap or do not rise: {found} after {before}",
    ),
    "bands_beyond_100": (
        "ช่วงคะแนนของ “{name}” เริ่มที่ {found} ซึ่งอยู่นอก 0-100",
        "a band of '{name}' starts at {found}, outside 0 to 100",
    ),
    "levels_not_counted": (
        "ระดับของ “{name}” ต้องนับ 1, 2, 3 … แต่พบ {found}",
        "the levels of '{name}' must count 1, 2, 3 ...; found {found}",
    ),
    "must_contain_outside": (
        "คะแนน {score} ต้องอยู่ระดับ {level} ตามเอกสารต้นทาง แต่ช่วงของ “{name}” ให้ระดับ {found}",
        "the score {score} is level {level} in the source, but the bands of '{name}' make it level {found}",
    ),
    "kpi_weight": (
        "น้ำหนักตัวชี้วัดต้องมากกว่า 0 และไม่เกิน 100 แต่เป็น {found}",
        "the KPI weight must be above 0 and at most 100, not {found}",
    ),
    "kpi_weights_not_100": (
        "น้ำหนักตัวชี้วัดย่อยรวมกันได้ {total} ต้องได้ 100",
        "the weights of the sub-indicators add up to {total}, not 100",
    ),
    "kpi_interpolation": (
        "ไม่รู้จักวิธีคิดคะแนนระหว่างขั้น “{found}” ใช้ได้: {allowed}",
        "unknown interpolation '{found}'; possible: {allowed}",
    ),
    "kpi_measures": ("ไม่รู้จักสิ่งที่วัด “{found}” ใช้ได้: {allowed}", "unknown measure '{found}'; possible: {allowed}"),
    "kpi_duplicate": ("ตัวชี้วัดย่อย “{name}” ซ้ำกัน", "the sub-indicator '{name}' is listed twice"),
    "kpi_no_steps": ("ตัวชี้วัดย่อย “{name}” ไม่มีขั้นเป้าหมาย", "the sub-indicator '{name}' has no steps"),
    "kpi_steps_not_rising": (
        "ขั้นเป้าหมายของ “{name}” ต้องสูงขึ้นทั้งคะแนนและค่า แต่ขั้นนี้ไม่สูงกว่าขั้นก่อน",
        "the steps of '{name}' must rise in points and in value; this one does not",
    ),
    "kpi_level": (
        "ตัวชี้วัดย่อย “{name}” นับระดับ {level} ซึ่งไม่มีใน “{assumption}”",
        "the sub-indicator '{name}' counts level {level}, which '{assumption}' does not have",
    ),
    "kpi_step_value": ("ขั้นเป้าหมายของ “{name}” ใช้ค่า {found} ไม่ได้: {why_th}", "a step of '{name}' cannot be {found}: {why_en}"),
}

CASES = {
    "case_twice": ("ชื่อกรณีทดสอบ “{name}” ซ้ำกัน", "the case '{name}' is listed twice"),
    "case_unknown_row": (
        "กรณี “{name}” อ้างข้อ {row} ซึ่งไม่มีหรือเป็นหัวข้อ",
        "the case '{name}' names {row}, which is no row that is answered",
    ),
    "case_unknown": (
        "กรณี “{name}” อ้าง {what} “{found}” ซึ่งไม่มี",
        "the case '{name}' names the {what} '{found}', which does not exist",
    ),
    "case_expects_nothing": ("กรณี “{name}” ไม่ได้บอกผลที่คาดไว้", "the case '{name}' expects nothing"),
    "case_bad_answer": ("กรณี “{name}” ข้อ {row}: {why_th}", "the case '{name}', row {row}: {why_en}"),
    "case_failed": (
        "กรณี “{name}”: {what} คาดไว้ {expected} แต่คำนวณได้ {found}",
        "the case '{name}': {what} is expected to be {expected}, but comes out as {found}",
    ),
}

CROSSWALKS = {
    "crosswalk_other_edition": (
        "ไฟล์นี้เขียนว่า {named} แต่เทียบกับ {edition}",
        "the file names {named}, but is compared with {edition}",
    ),
    "crosswalk_unknown_row": (
        "{edition} ไม่มีข้อ {row} ที่ต้องตอบ",
        "{edition} has no row {row} that is answered",
    ),
    "crosswalk_row_twice": ("ข้อ {row} เขียนไว้แล้วที่บรรทัด {first}", "row {row} was matched already at line {first}"),
    "crosswalk_row_missing": ("ยังไม่ได้เทียบข้อ {row} ของ {edition}", "row {row} of {edition} is not matched"),
    "crosswalk_sides": (
        "ข้อ {row}: “{relation}” ต้องมีข้อเดิมและข้อใหม่ให้ตรงกับคำนี้ (new ไม่มีข้อเดิม removed ไม่มีข้อใหม่ คำอื่นมีทั้งสอง)",
        "row {row}: '{relation}' does not go with the rows given (new has no from, removed no to, others have both)",
    ),
    "crosswalk_kinds": (
        "ข้อ {row} เดิมเป็นชนิด {before} ปีนี้เป็น {after} จึงเป็น “{relation}” ไม่ได้ ให้ใช้ changed",
        "row {row} was {before} and is {after} now, so it cannot be '{relation}'; use changed",
    ),
    "crosswalk_option": (
        "ข้อ {row}: ตัวเลือกเดิม “{choice}” ไม่มีในปีนี้ ให้เขียนใน options ว่าตรงกับตัวเลือกใด หรือเว้นว่างถ้าตัดออก",
        "row {row}: the earlier choice '{choice}' does not exist now; map it in options, or leave it empty if dropped",
    ),
}

PORTALS = {
    "portal_unknown_kind": ("ไม่มีชนิดคำถาม “{kind}”", "there is no kind of row '{kind}'"),
    "portal_row_twice": ("ข้อ {row} เขียนไว้แล้วที่บรรทัด {first}", "row {row} stands already at line {first}"),
    "portal_row_missing": ("ยังไม่ได้บอกลำดับของข้อ {row}", "the place of row {row} is not given"),
}

SENTENCES: dict[str, tuple[str, str]] = {**FILES, **SHAPES, **ROWS, **CONDITIONS, **SCALES, **CASES, **CROSSWALKS, **PORTALS}
