"""What a password must be: long, and not made of words that everybody here would try first."""

from __future__ import annotations

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError

from phrom.agencies.models import Agency, Person

OWN_WORDS = (
    "phrom พร้อม dga สพร egov digital ดิจิทัล thailand ไทย จังหวัด changwat province password รหัสผ่าน admin "
    "chiangmai เชียงใหม่ สวัสดี sawasdee 1234567890 0123456789 qwertyuiop abcdefghij"
).split()
LEFT_AT_LEAST = 8


class LongEnough(MinimumLengthValidator):
    """At least 15 characters, of any script (NIST SP 800-63B rev. 4: 15 where the password stands alone)."""

    def get_error_message(self) -> str:
        """The sentence beside the field."""
        return f"รหัสผ่านต้องยาวอย่างน้อย {self.min_length} ตัวอักษร ใช้วลีภาษาไทยที่จำง่ายได้"

    def get_help_text(self) -> str:
        """The hint under the field."""
        return f"ยาวอย่างน้อย {self.min_length} ตัวอักษร ใช้วลีภาษาไทยหรือเว้นวรรคได้ ไม่บังคับตัวเลขหรือเครื่องหมาย"


class NotCommon(CommonPasswordValidator):
    """Not among the twenty thousand most used passwords."""

    def get_error_message(self) -> str:
        """The sentence beside the field."""
        return "รหัสผ่านนี้มีผู้ใช้กันมากจึงเดาง่าย กรุณาตั้งใหม่"

    def get_help_text(self) -> str:
        """The hint under the field."""
        return "ไม่เป็นรหัสผ่านที่ใช้กันทั่วไป"


class NotOurWords:
    """Refuses what is left too short once the words of this house, the agency's and the person's own names are taken out."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise `ValidationError` when fewer than eight characters, or fewer than four different ones, remain."""
        rest = password.casefold()
        for word in sorted([*OWN_WORDS, *_words_of(user)], key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < LEFT_AT_LEAST or len(set(rest)) < 4:
            raise ValidationError(
                "รหัสผ่านนี้เดาง่าย เพราะมีแต่ชื่อของท่าน ชื่อหน่วยงาน ชื่อระบบ หรือตัวอักษรซ้ำ กรุณาเติมคำอื่น",
                code="own_words",
            )

    def get_help_text(self) -> str:
        """The hint under the field."""
        return "ไม่ใช้ชื่อของท่าน ชื่อจังหวัด หรือชื่อหน่วยงานเป็นหลัก"


def _words_of(user: Person | None) -> list[str]:
    """The names around a person, lower case, three letters and longer."""
    if user is None:
        return []
    words = [*user.name.split(), *user.email.replace("@", ".").split(".")]
    if user.pk:
        for agency in Agency.objects.filter(memberships__person=user).select_related("body"):
            words += [agency.name, agency.short_name, agency.code, *(agency.body.name.split() if agency.body else [])]
    return [word.casefold() for word in words if len(word) >= 3]
