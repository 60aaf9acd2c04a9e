"""Every message of eCMS is written and read back the same; both spellings of real programs are understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrom.letters.ecms import messages as m
from phrom.letters.ecms import names
from phrom.letters.ecms.problems import EcmsUnreadable
from phrom.letters.ecms.reading import read_message
from phrom.letters.ecms.writing import write_message
from tests.letters.ecms.samples import BODIES, DAY, DIALECT_A, DIALECT_B, DOCUMENT, LETTER, PDF


def name_of(body: m.Body) -> str:
    return f"{type(body).__name__}-{type(getattr(body, 'item', None)).__name__}"


@pytest.mark.parametrize("body", BODIES, ids=name_of)
def test_every_kind_of_message_is_read_as_it_was_written(body: m.Body) -> None:
    message = m.Message(body, "id-1", "http://ecms.example/", "id-0")
    assert read_message(write_message(message)) == message


def test_there_is_a_sample_of_every_kind() -> None:
    assert {type(body) for body in BODIES} == set(m.Body.__args__)  # type: ignore[attr-defined]
    kinds = {body.item.kind for body in BODIES if isinstance(getattr(body, "item", None), m.Notifier)}  # type: ignore[union-attr]
    assert kinds == set(m.NotifierKind)


def words(longest: int, least: int = 0) -> st.SearchStrategy[str]:
    """Thai and other text as XML can carry it, without blanks at its ends."""
    thai = st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B)
    others = st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\u2028\u2029\ufeff")
    text = st.text(st.one_of(thai, st.sampled_from("กำแพงน้ำ <>&\"' ๑๒3]]>"), others), min_size=least, max_size=min(longest, 60))
    return text.map(str.strip).filter(lambda made: len(made) >= least)


DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
CODES = st.text("0123456789", min_size=1, max_size=10)
PARTIES = st.builds(m.Party, words(60), words(60), words(60), CODES, CODES)
FILES = st.builds(m.Binary, st.sampled_from(["application/pdf", "image/png", ""]), st.binary(min_size=1, max_size=200))
REFERENCES = st.builds(m.ReferenceLetter, words(60), st.one_of(st.none(), DAYS), words(60))
LETTERS = st.builds(
    m.CorrespondenceLetter,
    id=words(60, 1),
    dated=DAYS,
    subject=words(60, 1),
    secret=st.sampled_from(sorted(names.SECRETS)),
    speed=st.sampled_from(sorted(names.SPEEDS)),
    sender=PARTIES,
    receiver=PARTIES,
    references=st.lists(REFERENCES, max_size=3).map(tuple),
    attachment=words(60),
    send_date=st.one_of(st.none(), DAYS),
    description=words(60),
    main=st.one_of(st.none(), FILES),
    attachments=st.lists(FILES, max_size=3).map(tuple),
)
SIGNATURES = st.builds(m.GovernmentSignature, CODES, st.builds(m.SignerParty, words(60), words(60), words(60), CODES, CODES))
DOCUMENTS = st.builds(m.GovernmentDocument, LETTERS, st.one_of(st.none(), SIGNATURES))


def notifier(kind: m.NotifierKind) -> st.SearchStrategy[m.Notifier]:
    accept = words(60, 1) if kind in m.NUMBERED else st.just("")
    return st.builds(m.Notifier, st.just(kind), words(60, 1), DAYS, words(60), accept)


ITEMS = st.one_of(DOCUMENTS, *map(notifier, m.NotifierKind))
WHICH = (words(60, 1), DAYS, CODES, CODES)
MESSAGES: st.SearchStrategy[m.Body] = st.one_of(
    st.builds(m.OutboundRequest, ITEMS),
    st.builds(m.InboundResponse, words(60, 1), words(60), ITEMS),
    st.builds(m.OutboundResponse, words(60, 1), words(60)),
    st.builds(m.DeleteGovernmentDocumentRequest, *WHICH),
    st.builds(m.InboundSpecialRequest, st.sampled_from(m.SpecialItem), *WHICH),
    st.builds(m.LetterDeleteRequest, words(60, 1)),
    st.builds(
        m.OutboundStatusResponse,
        st.lists(st.builds(m.OutboundStatus, words(60, 1), words(60), words(60)), max_size=4).map(tuple),
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(MESSAGES, words(60))
def test_any_thai_text_comes_back_letter_for_letter(body: m.Body, message_id: str) -> None:
    message = m.Message(body, message_id)
    assert read_message(write_message(message)) == message


@pytest.mark.parametrize("written", [DIALECT_A, DIALECT_B], ids="AB")
def test_both_spellings_of_real_programs_are_read(written: bytes) -> None:
    message = read_message(written)
    assert isinstance(message.body, m.InboundResponse) and message.message_id.startswith("20240611")
    assert message.to == "http://ecms.example.go.th/" and message.body.process_id == "A-77"
    item = message.body.item
    assert isinstance(item, m.GovernmentDocument)
    assert (item.letter.id, item.letter.dated, item.letter.secret) == ("กค 0405/77", DAY, "001")
    assert item.letter.receiver.department == "15050" and item.letter.main == m.Binary("application/pdf", PDF)


def test_a_message_without_envelope_or_header_is_read() -> None:
    bare = read_message(b"<CorrespondenceLetterInboundRequest/>")
    assert bare == m.Message(m.InboundRequest())


@pytest.mark.parametrize("encoding", ["tis-620", "windows-874", "utf-16", "utf-8-sig"])
def test_old_thai_encodings_are_read(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>' + write_message(m.Message(BODIES[2])).decode().partition("?>")[2]
    codec = {"windows-874": "cp874"}.get(encoding, encoding)
    assert read_message(text.encode(codec)).body == BODIES[2]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"id": " "}, "missing"),
        ({"subject": ""}, "missing"),
        ({"subject": "ก" * 501}, "too-long"),
        ({"subject": "ก\x00"}, "not-text"),
        ({"subject": "ก\x1b["}, "not-text"),
        ({"speed": "005"}, "not-code"),
        ({"secret": ""}, "not-code"),
        ({"attachments": (m.Binary("text/plain", b"1"),) * 51}, "too-many"),
        ({"receiver": m.Party()}, "missing"),
    ],
)
def test_what_the_standard_cannot_carry_is_not_written(changed: dict[str, object], code: str) -> None:
    letter = replace(LETTER, **changed)  # type: ignore[arg-type]
    with pytest.raises(EcmsUnreadable) as refused:
        write_message(m.Message(m.OutboundRequest(m.GovernmentDocument(letter))))
    assert refused.value.code == code and f"[{code}]" in refused.value.th


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("<ram:Subject>", "<ram:Subject>ก</ram:Subject><ram:Subject>", "twice", "CorrespondenceLetter/Subject"),
        ("2024-06-11</ram:CorrespondenceDate>", "11 มิ.ย.</ram:CorrespondenceDate>", "not-date", "CorrespondenceDate"),
        ("2024-06-11</ram:CorrespondenceDate>", "2024-02-30</ram:CorrespondenceDate>", "not-date", "CorrespondenceDate"),
        (">003<", ">009<", "not-code", "SpeedCode"),
        ("JVBERi", "*VBERi", "not-base64", "MainLetterBinaryObject"),
        ("ram:ReceiverParty", "ram:Receiver", "missing", "ReceiverParty"),
        ("rsm:CorrespondenceLetterOutboundRequest", "rsm:Something", "unknown", "Something"),
        ("<ram:Description>", "<ram:Description><b/>", "unknown", "Description/b"),
        ("ขอเชิญ", "ก" * 600, "too-long", "Subject"),
    ],
)
def test_a_refusal_names_code_and_place(old: str, new: str, code: str, where: str) -> None:
    written = write_message(m.Message(m.OutboundRequest(DOCUMENT))).decode()
    assert old in written
    with pytest.raises(EcmsUnreadable) as refused:
        read_message(written.replace(old, new).encode())
    assert refused.value.code == code and where in refused.value.where
    assert "ยังไม่มีอะไรถูกบันทึก" in refused.value.th and "Nothing was saved" in refused.value.en
