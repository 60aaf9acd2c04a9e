"""Which book a letter is numbered in, and how its number is written. Pure rules on our own values; no query.

Sources: the regulation on correspondence (form of the number of external letters, orders, announcements and certificates);
exchange.md "Registers". That secret numbers carry the word ลับ is our own choice: the books run side by side, and two letters
of one office must not have the same number.
"""

from __future__ import annotations

from datetime import datetime

from phrom.letters.models import SECRET_BOOKS, Book, LetterKind, Office, Secrecy
from phrom.shared.thai.calendar import ERA
from phrom.shared.thai.clock import local_date

RECEIVE_BOOKS = (Book.RECEIVE, Book.SECRET_RECEIVE)
_OWN_BOOK = {
    LetterKind.ORDER: Book.ORDER,
    LetterKind.ANNOUNCEMENT: Book.ANNOUNCEMENT,
    LetterKind.CERTIFICATE: Book.CERTIFICATE,
}
_BY_YEAR = tuple(_OWN_BOOK.values())


def year_of(at: datetime) -> int:
    """The Buddhist year of the day that it is in Thailand at this moment."""
    return local_date(at).year + ERA


def book_of(kind: str, is_circular: bool, secrecy: str, office: Office) -> Book:
    """The book in which an office numbers such a letter of its own."""
    if secrecy != Secrecy.NORMAL:
        return Book.SECRET_SEND
    if kind in _OWN_BOOK:
        return _OWN_BOOK[LetterKind(kind)]
    if is_circular and office.circulars_apart:
        return Book.CIRCULAR
    return Book.MEMO if kind == LetterKind.MEMO else Book.SEND


def receive_book(secrecy: str) -> Book:
    """The book in which a letter that came is numbered."""
    return Book.RECEIVE if secrecy == Secrecy.NORMAL else Book.SECRET_RECEIVE


def number_text(office: Office, book: str, number: int, year: int, circular: bool = False) -> str:
    """The number as it is written: "ชม 0017.2/123", "ชม 0017.2/ว 12"; orders "12/2567"; what was received "123".

    An office that has not said its letter code yet writes the bare number.
    """
    if book in _BY_YEAR:
        return f"{number}/{year}"
    sign = "ลับ " if book in SECRET_BOOKS else "ว " if circular or book == Book.CIRCULAR else ""
    if book in RECEIVE_BOOKS or not office.letter_code:
        return f"{sign}{number}"
    return f"{office.letter_code}/{sign}{number}"
