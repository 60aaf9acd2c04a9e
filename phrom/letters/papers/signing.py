"""The signature of the installation in the PDF of an issued letter (PAdES), where a key is set.

B-B with the key alone, B-T with a timestamp server. Where signing is set and cannot be done, no PDF is handed out: nobody shall
take an unsigned letter for a signed one.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from phrom.shared.ui.refusals import Refusal

FIELD = "Signature"
WAIT = 20  # seconds for the timestamp server


class CannotSign(Refusal):
    """The key or the timestamp server does not work. The letter itself is issued and safe."""

    status = 503

    def __init__(self, why: str) -> None:
        super().__init__(
            "ยังลงลายมือชื่อดิจิทัลในไฟล์ PDF ไม่ได้ ระบบจึงยังไม่ออกไฟล์ หนังสือและเลขที่หนังสือยังอยู่ครบ "
            f"ระบบจะลองใหม่เอง กรุณาแจ้งผู้ดูแลระบบให้ตรวจการตั้งค่าลายมือชื่อ ({why})",
            "The PDF cannot be signed yet, so none is handed out. The letter and its number are safe and it is tried again. "
            f"Please ask the administrator to look at the signing settings ({why})",
        )
        self.why = why


def is_configured() -> bool:
    """True when letters are to be signed."""
    return bool(settings.PHROM_SIGNING_KEY)


def signing_trouble() -> str:
    """Why the configured key cannot sign, in English; nothing when it can or when none is set."""
    if not is_configured():
        leftover = settings.PHROM_SIGNING_PASSPHRASE_FILE or settings.PHROM_TIMESTAMP_URL
        return "PHROM_SIGNING_KEY is not set, but its passphrase or timestamp server is" if leftover else ""
    try:
        _signer_now()
    except CannotSign as wrong:
        return wrong.why
    url = settings.PHROM_TIMESTAMP_URL
    return "PHROM_TIMESTAMP_URL is no http address" if url and not url.startswith(("https://", "http://")) else ""


def signed(pdf: bytes) -> bytes:
    """The PDF with the installation's signature as an addition to it. Refuses CannotSign."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - heavy, rarely needed
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415

    signer = _signer_now()
    about = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    url = settings.PHROM_TIMESTAMP_URL
    made = BytesIO()
    try:
        PdfSigner(about, signer=signer, timestamper=timestamper(url) if url else None).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)), output=made
        )
    except Exception as wrong:  # whatever pyHanko raises for a key, a server or a file: none of it may end in an unsigned PDF
        raise CannotSign(f"{type(wrong).__name__}: {wrong}"[:200]) from wrong
    return made.getvalue()


def _signer_now() -> Any:
    key = Path(settings.PHROM_SIGNING_KEY)
    try:
        changed = key.stat().st_mtime_ns
        passphrase = _passphrase()
    except OSError as wrong:
        raise CannotSign(f"cannot read {wrong.filename}: {wrong.strerror}") from wrong
    return _signer(key, changed, passphrase)


def _passphrase() -> bytes | None:
    file = settings.PHROM_SIGNING_PASSPHRASE_FILE
    return Path(file).read_bytes().rstrip(b"\r\n") if file else None


@lru_cache(maxsize=1)
def _signer(key: Path, changed: int, passphrase: bytes | None) -> Any:
    """The key of this file as it was then; read again when the file changes."""
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - heavy, rarely needed

    try:
        signer = SimpleSigner.load_pkcs12(str(key), passphrase=passphrase)
    except Exception as wrong:  # pyHanko lets some of what a damaged file raises through
        raise CannotSign(f"{key.name}: {type(wrong).__name__}") from wrong
    if signer is None:
        raise CannotSign(f"{key.name} is no PKCS#12 file, or its passphrase is wrong")
    return signer


def timestamper(url: str) -> Any:
    """Who asks an RFC 3161 server for the time; raises CannotSign when it cannot be reached."""
    from pyhanko.sign.timestamps.api import TimeStamper  # noqa: PLC0415
    from pyhanko.sign.timestamps.common_utils import set_tsp_headers  # noqa: PLC0415

    class OverHttp(TimeStamper):  # type: ignore[misc]
        """Asks an RFC 3161 server with the standard library; pyHanko's own clients bring packages that we do not have."""

        async def async_request_tsa_response(self, req: Any) -> Any:
            from asn1crypto import tsp  # noqa: PLC0415

            asked = Request(url, data=req.dump(), headers=set_tsp_headers({}))  # noqa: S310 - checked at start-up
            try:
                with urlopen(asked, timeout=WAIT) as answer:  # noqa: S310
                    return tsp.TimeStampResp.load(answer.read(1_000_000))
            except (URLError, OSError, ValueError) as wrong:
                raise CannotSign(f"timestamp server: {wrong}"[:200]) from wrong

    return OverHttp()
