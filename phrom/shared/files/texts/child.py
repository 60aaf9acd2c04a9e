"""The process that reads one file: the file comes in as standard input, its kind as the argument, the words go out as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import BinaryIO

from phrom.shared.files.texts.limits import Unreadable, Words, shut_in
from phrom.shared.files.texts.packed import docx, opendocument, pptx, xlsx
from phrom.shared.files.texts.pdf import pdf
from phrom.shared.files.texts.plain import plain

_READERS: dict[str, Callable[[BinaryIO], Words]] = {
    "pdf": pdf,
    "plain": plain,
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
    "opendocument": opendocument,
}


def main() -> None:
    """Print what was read, or why it cannot be; whatever else happens ends the process without a word."""
    reader = _READERS[sys.argv[1]]
    shut_in()
    try:
        words = reader(sys.stdin.buffer)
        told: dict[str, object] = {"text": words.text, "whole": words.whole}
    except Unreadable as why:
        told = {"why": str(why)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
