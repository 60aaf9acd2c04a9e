"""Forms of the room: they check what was typed and save nothing."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.validators import MaxLengthValidator

from phrom.agencies.models import Agency, Person
from phrom.agencies.roles import ROLES
from phrom.shared.ui.typed import OneLine, ThaiDate, refuse_unseen

LONGEST_PASSWORD = 1000
DIFFERENT = "รหัสผ่านสองช่องไม่ตรงกัน กรุณาพิมพ์ใหม่ทั้งสองช่อง"


def _thai(field: forms.Field, label: str, hint: str = "") -> None:
    field.label = label
    field.help_text = hint
    field.widget.attrs.pop("placeholder", None)
    if isinstance(field.widget, forms.PasswordInput):
        field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))  # or whoever likes may keep the hash busy with megabytes


def _password_hint() -> str:
    return " · ".join(password_validators_help_texts())


class _TwoTheSame:
    """Says in our words that the two fields differ."""

    def clean(self) -> Any:
        """Check the pair after the fields."""
        cleaned = super().clean()  # type: ignore[misc]
        if "password2" in self.errors:  # type: ignore[attr-defined]
            self.errors["password2"] = self.error_class([DIFFERENT])  # type: ignore[attr-defined]
        return cleaned


class SignIn(LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _thai(self.fields["login"], "อีเมล")
        _thai(self.fields["password"], "รหัสผ่าน")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePassword(_TwoTheSame, ChangePasswordForm):  # type: ignore[misc]
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _thai(self.fields["oldpassword"], "รหัสผ่านปัจจุบัน")
        _thai(self.fields["password1"], "รหัสผ่านใหม่", _password_hint())
        _thai(self.fields["password2"], "รหัสผ่านใหม่อีกครั้ง")


class AskReset(ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _thai(self.fields["email"], "อีเมล", "อีเมลที่ใช้ลงชื่อเข้าใช้")


class ResetPassword(_TwoTheSame, ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password twice, after the link in the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _thai(self.fields["password1"], "รหัสผ่านใหม่", _password_hint())
        _thai(self.fields["password2"], "รหัสผ่านใหม่อีกครั้ง")


class InviteForm(forms.Form):
    """Whom to invite, to which agency, in which role. Offers only what the person asking may give."""

    name = OneLine(label="ชื่อและนามสกุล", max_length=200)
    email = forms.EmailField(
        label="อีเมล",
        max_length=254,
        validators=[refuse_unseen],
        help_text="คำเชิญส่งไปที่อีเมลนี้ และใช้ลงชื่อเข้าใช้ต่อไป",
    )
    agency = forms.ModelChoiceField(label="หน่วยงาน", queryset=Agency.objects.none(), empty_label="เลือกหน่วยงาน")
    role = forms.ChoiceField(label="บทบาท")

    def __init__(self, *args: Any, agencies: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "agency", forms.ModelChoiceField).queryset = agencies
        _field(self, "role", forms.ChoiceField).choices = [(key, ROLES[key].name) for key in roles]


class AcceptForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label="รหัสผ่านใหม่",
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="รหัสผ่านใหม่อีกครั้ง",
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = _password_hint()

    def clean(self) -> dict[str, Any]:
        """Both the same, and good enough."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", DIFFERENT)
        if password:
            try:
                validate_password(password, self.person)
            except forms.ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class EndForm(forms.Form):
    """The last day of a membership."""

    ends_on = ThaiDate(label="วันสุดท้ายที่มีสิทธิ", help_text="เช่น 30/9/2567 หรือ 30 ก.ย. 67")


class HandOverForm(forms.Form):
    """To whom, and from which day."""

    to = forms.ModelChoiceField(label="ส่งมอบให้", queryset=Person.objects.none(), empty_label="เลือกผู้รับมอบ")
    starts_on = ThaiDate(label="ตั้งแต่วันที่", help_text="เช่น 1/10/2567 หรือ 1 ต.ค. 67")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "to", forms.ModelChoiceField).queryset = people


class LetterheadForm(forms.Form):
    """What stands above the body's letters, and a new emblem where there is one."""

    office = OneLine(label="ส่วนราชการเจ้าของหนังสือ", max_length=300, help_text="บรรทัดแรกใต้ตรา เช่น ศาลากลางจังหวัดเชียงใหม่")
    address = forms.CharField(
        label="ที่ตั้ง",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="ขึ้นบรรทัดใหม่ตามที่ต้องการให้พิมพ์",
    )
    phone = OneLine(label="โทรศัพท์", max_length=60, required=False)
    letter_code = OneLine(label="รหัสตัวพยัญชนะและเลขประจำของเจ้าของเรื่อง", max_length=40, required=False, help_text="เช่น ชม 0017.2")
    emblem = forms.FileField(
        label="ตราสัญลักษณ์ใหม่",
        required=False,
        help_text="PNG หรือ JPEG ไม่เกิน 500 กิโลไบต์ ไม่เลือกไฟล์คือใช้ตราเดิม",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )


class TemplateForm(forms.Form):
    """A Word file."""

    file = forms.FileField(
        label="แม่แบบที่แก้ไขแล้ว", help_text="ไฟล์ Word (.docx) ไม่เกิน 5 เมกะไบต์", widget=forms.FileInput(attrs={"accept": ".docx"})
    )


def _field(form: forms.Form, name: str, kind: type[Any]) -> Any:
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(name)
    return field
