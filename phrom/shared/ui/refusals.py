"""What a person is told when something is refused: one sentence in Thai and one in English, and nothing half done."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A refusal that a person can mend. `status` is the HTTP status; subclasses stand beside what raises them.

    `th` and `en` say what is wrong, what is safe and what to do; `where` names the place (question code, row, field).
    """

    status = 422

    def __init__(self, th: str, en: str, *, where: str = "") -> None:
        super().__init__(f"{th} / {en}")
        self.th = th
        self.en = en
        self.where = where

    def as_json(self) -> dict[str, Any]:
        """The refusal as the JSON endpoints answer it."""
        return {"error": type(self).__name__, "th": self.th, "en": self.en, "where": self.where}
