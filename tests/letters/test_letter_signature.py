"""The signature in a letter's PDF: verified back by another program part, never silently left out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from phrom.config.checks import signing_problems
from phrom.letters.models import Letter
from phrom.letters.papers.rendering import letter_pdf
from phrom.letters.papers.signing import CannotSign, signing_trouble
from tests.factories.letters import make_draft, make_issued

pytestmark = pytest.mark.django_db
PASSPHRASE = b"throw-away"
Pair = tuple[Any, x509.Certificate]


def certificate(name: str, by: Pair | None = None, *, timestamps: bool = False) -> Pair:
    """A key with its certificate, signed by itself or by another, valid for some days around now."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by[1].subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(_usage(ca=by is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if timestamps:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return key, built.sign(by[0] if by else key, hashes.SHA256())


def _usage(*, ca: bool) -> x509.KeyUsage:
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign"
    given = dict.fromkeys((*names.split(), "encipher_only", "decipher_only"), False)
    given |= {"key_cert_sign": True, "crl_sign": True} if ca else {"digital_signature": True, "content_commitment": True}
    return x509.KeyUsage(**given)


AUTHORITY = certificate("Throw-away CA")
SIGNER = certificate("เชียงใหม่ ทดสอบ", AUTHORITY)


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Path:
    """The settings of an installation that signs."""
    held = pkcs12.serialize_key_and_certificates(
        b"signer", SIGNER[0], SIGNER[1], [AUTHORITY[1]], serialization.BestAvailableEncryption(PASSPHRASE)
    )
    (tmp_path / "key.p12").write_bytes(held)
    (tmp_path / "passphrase").write_bytes(PASSPHRASE + b"\n")
    settings.PHROM_SIGNING_KEY = str(tmp_path / "key.p12")
    settings.PHROM_SIGNING_PASSPHRASE_FILE = str(tmp_path / "passphrase")
    settings.PHROM_TIMESTAMP_URL = ""
    return tmp_path


def verified(pdf: bytes) -> Any:
    """What pyHanko says of the one signature, trusting the throw-away CA alone."""
    from asn1crypto import x509 as asn1
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    root = asn1.Certificate.load(AUTHORITY[1].public_bytes(serialization.Encoding.DER))
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    trusting = ValidationContext(trust_roots=[root])
    return validate_pdf_signature(signature, trusting, ts_validation_context=trusting)


def test_an_issued_letter_is_signed_and_the_signature_holds(key: Path) -> None:
    status = verified(letter_pdf(make_issued()))
    assert status.bottom_line and status.intact and status.trusted
    assert status.signing_cert.subject.native["common_name"] == "เชียงใหม่ ทดสอบ"


def test_a_signed_letter_is_still_pdf_a_3(key: Path) -> None:
    pdf = letter_pdf(make_issued())
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf and b"ETSI.CAdES.detached" in pdf


def test_a_changed_byte_breaks_it(key: Path) -> None:
    pdf = letter_pdf(make_issued())
    at = pdf.index(b"/MediaBox")
    assert not verified(pdf[:at] + b"/mediaBox" + pdf[at + 9 :]).bottom_line


def test_a_draft_is_not_signed(key: Path) -> None:
    assert b"/ByteRange" not in letter_pdf(make_draft())


def test_without_a_setting_nothing_is_signed(settings: Any) -> None:
    assert settings.PHROM_SIGNING_KEY == "" and b"/ByteRange" not in letter_pdf(make_issued())
    assert signing_problems() == []


@pytest.fixture
def clock(settings: Any, key: Path) -> Iterator[list[bytes]]:
    """A timestamp server on this machine; gives what it was asked."""
    from asn1crypto import keys, tsp
    from asn1crypto import x509 as asn1
    from pyhanko.sign.timestamps import DummyTimeStamper

    tsa = certificate("Throw-away TSA", AUTHORITY, timestamps=True)
    der = serialization.Encoding.DER
    raw = tsa[0].private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    teller = DummyTimeStamper(asn1.Certificate.load(tsa[1].public_bytes(der)), keys.PrivateKeyInfo.load(raw))
    asked: list[bytes] = []

    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            answer = teller.request_tsa_response(tsp.TimeStampReq.load(asked[-1])).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PHROM_TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield asked
    server.shutdown()


def test_with_a_timestamp_server_the_signature_carries_its_time(clock: list[bytes]) -> None:
    status = verified(letter_pdf(make_issued()))
    assert status.bottom_line and status.timestamp_validity is not None and status.timestamp_validity.valid
    assert clock


def test_without_its_timestamp_no_pdf_is_handed_out(key: Path, settings: Any) -> None:
    settings.PHROM_TIMESTAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises(CannotSign) as refused:
        letter_pdf(make_issued())
    assert "หนังสือและเลขที่หนังสือยังอยู่ครบ" in refused.value.th


def spoil(how: str, settings: Any, folder: Path) -> None:
    if how == "passphrase":
        (folder / "passphrase").write_bytes(b"wrong")
    elif how == "no file":
        settings.PHROM_SIGNING_KEY = str(folder / "elsewhere.p12")
    elif how == "no passphrase file":
        settings.PHROM_SIGNING_PASSPHRASE_FILE = str(folder / "elsewhere")
    elif how == "damaged":
        (folder / "key.p12").write_bytes(b"not a key")
    elif how == "no key":
        settings.PHROM_SIGNING_KEY = ""
    elif how == "address":
        settings.PHROM_TIMESTAMP_URL = "file:///etc/passwd"


@pytest.mark.parametrize("how", ["passphrase", "no file", "no passphrase file", "damaged", "no key", "address"])
def test_a_wrong_setting_keeps_the_server_from_starting_and_names_the_reason(key: Path, settings: Any, how: str) -> None:
    assert signing_problems() == []
    spoil(how, settings, key)
    (problem,) = signing_problems()
    assert problem.code == "signing-key" and "PHROM_SIGNING_KEY" in problem.th and problem.en.endswith(signing_trouble())
    assert PASSPHRASE.decode() not in str(problem)


@pytest.mark.parametrize("how", ["passphrase", "no file", "no passphrase file", "damaged"])
def test_a_key_that_breaks_later_gives_no_unsigned_letter(key: Path, settings: Any, how: str) -> None:
    letter: Letter = make_issued()
    assert b"/ByteRange" in letter_pdf(letter)
    spoil(how, settings, key)
    with pytest.raises(CannotSign):
        letter_pdf(letter)
