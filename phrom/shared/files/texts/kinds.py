"""Which kinds of files have words that can be read, and by which reader."""

from __future__ import annotations

from phrom.shared.files.kinds import CONTENT_TYPES, PDF, TEXT

# By content type; pictures and the old binary Office files have none.
READERS: dict[str, str] = {
    PDF: "pdf",
    TEXT: "plain",
    CONTENT_TYPES["docx"]: "docx",
    CONTENT_TYPES["xlsx"]: "xlsx",
    CONTENT_TYPES["pptx"]: "pptx",
    CONTENT_TYPES["odt"]: "opendocument",
    CONTENT_TYPES["ods"]: "opendocument",
    CONTENT_TYPES["odp"]: "opendocument",
}
