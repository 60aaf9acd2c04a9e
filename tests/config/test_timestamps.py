"""Checkpoints confirmed by a server outside: a real small RFC 3161 server answers, lies, or is away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys, tsp, x509
from cryptography import x509 as cx509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pytest_django import Settings

from phrom.config.timestamps import token_of
from phrom.config.verifying import checkpoints_folder, keep_checkpoint, verify_all
from tests.factories.letters import make_entry

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 11, 20, 0, tzinfo=UTC)


def authority() -> DummyTimeStamper:
    """A timestamp authority with a certificate of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = cx509.Name([cx509.NameAttribute(NameOID.COMMON_NAME, "ผู้ประทับเวลาทดสอบ")])
    made = cx509.CertificateBuilder(name, name, key.public_key(), 1, NOW - timedelta(days=1), NOW + timedelta(days=9_999))
    usage = cx509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = made.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    der, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(der, pkcs8, serialization.NoEncryption())
    return DummyTimeStamper(
        x509.Certificate.load(certificate.public_bytes(der)), keys.PrivateKeyInfo.load(private), fixed_dt=NOW
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    stamper = authority()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            body = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings, address: str) -> Path:
    settings.DATA = tmp_path / "data"
    settings.PHROM_FILES = settings.DATA / "files"
    settings.PHROM_CHECKPOINT_TIMESTAMP_URL = address
    make_entry()
    return checkpoints_folder()


def kept(at: datetime = NOW) -> Path:
    path = keep_checkpoint(at)
    assert path is not None
    return path


def test_a_checkpoint_is_confirmed_and_verified() -> None:
    assert token_of(kept()).exists()
    found = verify_all()
    assert (found.problems, found.leftovers, found.checked["timestamps"]) == ([], [], 1)


def test_a_checkpoint_that_was_written_anew_does_not_fit_its_token() -> None:
    path = kept()
    path.write_text(path.read_text() + " ")
    assert [(problem.kind, problem.which) for problem in verify_all().problems] == [("timestamp", token_of(path).name)]


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 4_000])
def test_a_token_that_is_none_is_named(damage: bytes) -> None:
    token_of(kept()).write_bytes(damage)
    assert [problem.kind for problem in verify_all().problems] == ["timestamp"]


def test_a_changed_signature_is_named() -> None:
    token = token_of(kept())
    content = bytearray(token.read_bytes())
    content[-20] ^= 1
    token.write_bytes(content)
    assert [problem.kind for problem in verify_all().problems] == ["timestamp"]


def test_a_token_without_its_checkpoint_is_named() -> None:
    path = kept()
    path.unlink()
    assert [problem.which for problem in verify_all().problems] == [token_of(path).name]


@pytest.mark.parametrize("away", ["http://127.0.0.1:9/", "file:///etc/passwd", "nonsense"])
def test_a_server_that_is_away_is_said_and_asked_again(
    settings: Settings, address: str, capsys: pytest.CaptureFixture[str], away: str
) -> None:
    settings.PHROM_CHECKPOINT_TIMESTAMP_URL = away
    path = kept()
    assert "no timestamp yet" in capsys.readouterr().err
    found = verify_all()
    assert (found.problems, found.leftovers) == ([], [f"{path.name}: no timestamp"])
    settings.PHROM_CHECKPOINT_TIMESTAMP_URL = address
    assert keep_checkpoint(NOW + timedelta(hours=1)) is None
    assert verify_all().leftovers == []


def test_without_the_setting_nobody_is_asked(settings: Settings) -> None:
    settings.PHROM_CHECKPOINT_TIMESTAMP_URL = ""
    assert not token_of(kept()).exists()
    assert verify_all().leftovers == []
