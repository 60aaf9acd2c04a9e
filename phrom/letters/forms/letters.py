"""What is typed when a letter is written: the form, its words, its lines, and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from phrom.agencies.models import Agency, Membership
from phrom.letters.actions.drafting import Drafted
from phrom.letters.actions.standing import SHORTEST_REASON
from phrom.letters.models import Letter, LetterKind, RegisterEntry, Retention, Secrecy, Speed
from phrom.letters.phrases import ACTING, OWN, PHRASES, phrase_of
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.typed import OneLine, ThaiDate

HINTS = {
    LetterKind.EXTERNAL: "ถึงหน่วยงานภายนอกจังหวัดหรือกรม บุคคล เอกชน ใช้กระดาษตราครุฑ",
    LetterKind.MEMO: "ติดต่อภายในกระทรวง กรม หรือจังหวัดเดียวกัน ใช้กระดาษบันทึกข้อความ",
    LetterKind.STAMPED: "ประทับตราแทนการลงชื่อ ใช้กับเรื่องไม่สำคัญ เช่น ขอรายละเอียดเพิ่มเติม ส่งสำเนา",
    LetterKind.ORDER: "สั่งการให้ปฏิบัติโดยชอบด้วยกฎหมาย เลขที่เรียงตามปี",
    LetterKind.ANNOUNCEMENT: "ชี้แจงให้ทราบหรือแนะแนวทางปฏิบัติ เลขที่เรียงตามปี",
    LetterKind.CERTIFICATE: "รับรองแก่บุคคลหรือหน่วยงานเพื่อวัตถุประสงค์อย่างหนึ่ง",
}
_TAIL = ("signer", "signer_name", "signer_position", "acting_how", "acting_whom")
_MARKS = ("speed", "secrecy")
_TO = ("addressed_to", "text", "answer_by")
FIELDS: dict[str, tuple[str, ...]] = {
    LetterKind.EXTERNAL: (
        *("subject", "phrase", "opening", "closing", *_TO, *_TAIL),
        *("contact", "copies_to", *_MARKS, "is_circular", "retention"),
    ),
    LetterKind.MEMO: ("subject", *_TO, *_TAIL, "contact", *_MARKS, "is_circular", "retention"),
    LetterKind.STAMPED: ("subject", *_TO, "contact", *_MARKS, "is_circular", "retention"),
    LetterKind.ORDER: ("subject", "text", *_TAIL, "secrecy", "retention"),
    LetterKind.ANNOUNCEMENT: ("subject", "text", *_TAIL, "retention"),
    LetterKind.CERTIFICATE: ("subject", "text", *_TAIL, "retention"),
}
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("เรื่องและผู้ที่เรียนถึง", ("subject", "addressed_to", "phrase", "opening", "closing")),
    ("เนื้อความและกำหนดตอบ", ("text", "answer_by")),
    ("ผู้ลงนาม", _TAIL),
    ("ท้ายหนังสือ", ("contact", "copies_to")),
    ("ชั้นความเร็ว ชั้นความลับ และการเก็บ", (*_MARKS, "is_circular", "retention")),
)


class NewLetter(forms.Form):
    """Which form, of which office, about what."""

    kind = forms.ChoiceField(
        label="รูปแบบหนังสือ",
        widget=forms.RadioSelect,
        choices=[(kind, f"{kind.label} — {HINTS[kind]}") for kind in LetterKind],
        error_messages={"required": "เลือกรูปแบบหนังสือ"},
    )
    office = forms.ChoiceField(label="ออกในนามหน่วยงาน")
    subject = OneLine(
        label="เรื่อง",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="ย่อใจความสั้นที่สุดที่อ่านแล้วรู้ว่าเรื่องอะไร แก้ได้ภายหลัง",
    )

    def __init__(self, agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["office"]
        assert isinstance(choices, forms.ChoiceField)  # noqa: S101  declared above
        choices.choices = [(str(agency.pk), agency.name) for agency in agencies]
        if len(agencies) == 1:
            choices.widget = forms.HiddenInput()
            choices.initial = str(agencies[0].pk)


class EditLetter(forms.Form):
    """The words of a draft: only the fields that its form has."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    subject = OneLine(label="เรื่อง", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    addressed_to = OneLine(
        label="เรียน (ถึงใคร)",
        required=False,
        max_length=300,
        help_text="ตำแหน่งที่พิมพ์ในหนังสือ เช่น นายอำเภอทุกอำเภอ ต้องมีก่อนออกเลข ผู้รับจริงเลือกในหน้าผู้รับ",
    )
    phrase = forms.ChoiceField(
        label="คำขึ้นต้นและคำลงท้าย",
        choices=[(one.key, f"{one.opening} … {one.closing} ({one.whom})") for one in PHRASES] + [(OWN, "กรอกเองในสองช่องถัดไป")],
    )
    opening = OneLine(
        label="คำขึ้นต้นที่กรอกเอง", required=False, max_length=60, help_text="กรอกเมื่อเลือก “กรอกเองในสองช่องถัดไป” เท่านั้น"
    )
    closing = OneLine(label="คำลงท้ายที่กรอกเอง", required=False, max_length=100)
    text = forms.CharField(
        label="ข้อความ",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="ต้องมีก่อนออกเลข เว้นบรรทัดว่างเมื่อขึ้นย่อหน้าใหม่ ระบบย่อหน้าและใช้เลขไทยในเอกสารให้เอง",
    )
    answer_by = ThaiDate(label="ขอให้ตอบภายในวันที่", required=False, help_text="เช่น 21 มิ.ย. 2567 เว้นว่างเมื่อไม่ต้องตอบ")
    signer = forms.ChoiceField(label="เลือกผู้ลงนามจากหน่วยงาน", required=False, help_text="เมื่อเลือก ชื่อและตำแหน่งที่เว้นว่างจะเติมให้")
    signer_name = OneLine(label="ชื่อผู้ลงนาม", required=False, max_length=200, help_text="ชื่อเต็มพร้อมคำนำหน้า ต้องมีก่อนออกเลข")
    signer_position = forms.CharField(
        label="ตำแหน่งผู้ลงนาม", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    acting_how = forms.ChoiceField(
        label="ลงนามแทน", required=False, choices=[("", "ลงนามในตำแหน่งของตนเอง"), *((how, how) for how in ACTING)]
    )
    acting_whom = OneLine(label="แทนตำแหน่ง", required=False, max_length=260, help_text="เช่น ผู้ว่าราชการจังหวัดเชียงใหม่")
    contact = forms.CharField(
        label="ส่วนราชการเจ้าของเรื่อง",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="กลุ่มงาน โทรศัพท์ ไปรษณีย์อิเล็กทรอนิกส์ บรรทัดละรายการ เว้นว่างเพื่อใช้ตามหัวกระดาษ",
    )
    copies_to = OneLine(label="สำเนาส่ง", required=False, max_length=500)
    speed = forms.ChoiceField(label="ชั้นความเร็ว", choices=Speed)
    secrecy = forms.ChoiceField(
        label="ชั้นความลับ",
        choices=Secrecy,
        help_text="ตั้งแต่ “ลับ” ขึ้นไป ผู้อื่นจะไม่เห็นหนังสือนี้ทั้งในทะเบียน การค้น และจำนวนนับ เลขอยู่ในทะเบียนลับ และไม่ส่งผ่าน eCMS",
    )
    is_circular = forms.BooleanField(label="เป็นหนังสือเวียน (ว)", required=False, help_text="เลขเดียวถึงผู้รับหลายแห่งด้วยข้อความเดียวกัน")
    retention = forms.ChoiceField(
        label="อายุการเก็บ", required=False, choices=[("", "ตามระเบียบ (กำหนดให้เอง)"), *Retention.choices]
    )

    def __init__(self, letter: Letter, signers: Sequence[Membership], secrets: bool, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", as_typed(letter))
        super().__init__(*args, **kwargs)
        self.signers = {str(one.person_id): one for one in signers}
        for name in set(self.fields) - {"version", *FIELDS[letter.kind]}:
            del self.fields[name]
        if not secrets and not letter.is_secret:
            self.fields.pop("secrecy", None)
        signer = self.fields.get("signer")
        if isinstance(signer, forms.ChoiceField):
            signer.choices = [("", "ไม่เลือก กรอกเอง"), *((key, _signer_words(one)) for key, one in self.signers.items())]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page shows them: one group a fieldset."""
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]
        return [(title, bound) for title, bound in found if bound]

    def applied_to(self, drafted: Drafted) -> Drafted:
        """The draft with what a valid form says; what the form has no field for stays as it is."""
        typed = dict(self.cleaned_data)
        plain = set(typed) - {"version", "phrase", "acting_how", "acting_whom", "signer", "opening", "closing"}
        words = {name: typed[name] for name in plain}
        if "phrase" in typed:
            words |= _phrase_words(typed)
        if "signer" in typed:
            words |= self._signing(typed)
        return replace(drafted, **words)

    def _signing(self, typed: dict[str, Any]) -> dict[str, Any]:
        chosen = self.signers.get(typed["signer"])
        acting = f"{typed['acting_how']} {typed['acting_whom']}".strip() if typed["acting_how"] else ""
        words: dict[str, Any] = {"signer": chosen.person if chosen else None, "acting_for": acting}
        if chosen:
            post = chosen.post.title if chosen.post else ""
            words["signer_name"] = typed["signer_name"] or chosen.person.name
            words["signer_position"] = typed["signer_position"] or post
        return words

    def clean(self) -> dict[str, Any]:
        """Whoever signs in another's place says in whose."""
        cleaned = super().clean() or {}
        if cleaned.get("acting_how") and not cleaned.get("acting_whom"):
            self.add_error("acting_whom", "กรอกตำแหน่งที่ลงนามแทน")
        return cleaned


def _phrase_words(typed: dict[str, Any]) -> dict[str, str]:
    if typed["phrase"] == OWN:
        return {"opening": typed["opening"], "closing": typed["closing"]}
    pair = next(one for one in PHRASES if one.key == typed["phrase"])
    return {"opening": pair.opening, "closing": pair.closing}


def _signer_words(membership: Membership) -> str:
    return f"{membership.person.name} — {membership.post.title}" if membership.post else membership.person.name


def as_typed(letter: Letter) -> dict[str, Any]:
    """What the editor shows before anything is changed."""
    how = next((one for one in ACTING if letter.acting_for.startswith(one)), "")
    same = {name: getattr(letter, name) for name in ("version", "subject", "addressed_to", "opening", "closing", "text")}
    same |= {name: getattr(letter, name) for name in ("signer_name", "signer_position", "contact", "copies_to")}
    same |= {name: getattr(letter, name) for name in ("speed", "secrecy", "is_circular", "retention")}
    return {
        **same,
        "phrase": phrase_of(letter.opening, letter.closing),
        "answer_by": thai_date(letter.answer_by) if letter.answer_by else "",
        "signer": str(letter.signer_id or ""),
        "acting_how": how,
        "acting_whom": letter.acting_for.removeprefix(how).strip(),
    }


class ByName(forms.Form):
    """Recipients that no list has, one a line: a name, and behind a bar where it goes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    names = forms.CharField(
        label="ผู้รับที่กรอกเอง",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="บรรทัดละหนึ่งราย ตามด้วย | และที่อยู่หรืออีเมลได้ เช่น บริษัท ตัวอย่าง จำกัด | 12 ถนนท่าแพ เจ้าหน้าที่ส่งเองแล้วบันทึกการส่ง",
    )

    def clean_names(self) -> list[tuple[str, str]]:
        """Name and address of each line that has a name."""
        pairs = [line.partition("|") for line in self.cleaned_data["names"].splitlines()]
        lines = [(" ".join(name.split()), " ".join(address.split())) for name, _, address in pairs]
        if any(len(name) > 300 or len(address) > 500 for name, address in lines):
            raise forms.ValidationError("ชื่อผู้รับยาวได้ 300 ตัวอักษร ที่อยู่ 500 ตัวอักษร กรุณาย่อบรรทัดที่ยาวเกิน")
        return [(name, address) for name, address in lines if name]


class NewAttachment(forms.Form):
    """A line of สิ่งที่ส่งมาด้วย."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    described = OneLine(label="รายการ", max_length=500, help_text="ตามที่พิมพ์ในหนังสือ เช่น บัญชีรายชื่อหน่วยงาน จำนวน 1 ฉบับ")
    file = forms.FileField(label="ไฟล์", required=False, help_text="PDF, Word, Excel หรือรูปภาพ")
    on_paper = forms.BooleanField(label="ส่งเป็นเอกสารต่างหาก ไม่มีไฟล์", required=False)

    def clean(self) -> dict[str, Any]:
        """A file, or the word that there is none."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("on_paper"):
            self.add_error("file", "เลือกไฟล์ หรือทำเครื่องหมายว่าส่งเป็นเอกสารต่างหาก")
        return cleaned


class NewReference(forms.Form):
    """A line of อ้างถึง, typed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = OneLine(label="อ้างถึง", max_length=500, help_text="เช่น หนังสือกรมการปกครอง ที่ มท 0305/ว 1234 ลงวันที่ 7 มิถุนายน 2567")


class Because(forms.Form):
    """Why, in words that others will read."""

    because = forms.CharField(
        label="เหตุผล",
        max_length=500,
        min_length=SHORTEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "เขียนเหตุผล ผู้เกี่ยวข้องจะเห็นเหตุผลนี้",
            "min_length": f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร",
        },
    )


class IssueLetter(forms.Form):
    """The next number, or one that was reserved."""

    entry = forms.ChoiceField(label="เลขที่ใช้", required=False, widget=forms.RadioSelect)
    version = forms.IntegerField(required=False, min_value=1, max_value=10**6, widget=forms.HiddenInput)

    def __init__(self, reserved: Sequence[RegisterEntry], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reserved = {str(one.pk): one for one in reserved}
        choices = self.fields["entry"]
        assert isinstance(choices, forms.ChoiceField)  # noqa: S101  declared above
        named = [
            (key, f"{one.number_text} จองไว้ {thai_date(one.dated)}: {one.reserved_for}") for key, one in self.reserved.items()
        ]
        choices.choices = [("", "เลขถัดไปของทะเบียน วันที่วันนี้"), *named]
        if not reserved:
            choices.widget = forms.HiddenInput()

    @property
    def entry_chosen(self) -> RegisterEntry | None:
        """The reserved number, or None for the next one."""
        return self.reserved.get(self.cleaned_data["entry"])
