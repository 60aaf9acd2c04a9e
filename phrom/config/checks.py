"""Settings that could lose or open what officials entrust to us are refused before the first request.

Every rule is a function that reads a value and returns problems; `assert_safe` reads the values from a live connection, so that
what counts is what the database does, not what a file says.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from phrom.letters.papers.signing import signing_trouble
from phrom.shared.documents import fonts

LEAST_SQLITE = (3, 51, 3)  # before it, two connections that write and checkpoint at once can corrupt the WAL
SHORTEST_SECRET = 40
LEAST_IDLE, MOST_IDLE = timedelta(minutes=5), timedelta(hours=12)
NETWORK_DISKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.s3fs", "glusterfs", "ceph", "afs", "vboxsf"}


@dataclass(frozen=True)
class Unsafe:
    """One reason not to start: what is wrong and what to set, in Thai and English. `code` never changes."""

    code: str
    th: str
    en: str

    def __str__(self) -> str:
        return f"[{self.code}] {self.th} / {self.en}"


class UnsafeSettings(SystemExit):
    """Raised instead of starting; carries all the reasons. Left alone it prints them and ends with exit code 1."""

    def __init__(self, problems: list[Unsafe]) -> None:
        super().__init__("\n".join(["ไม่เริ่มทำงาน เพราะการตั้งค่าไม่ปลอดภัย / not starting: unsafe settings", *map(str, problems)]))
        self.problems = problems


def assert_safe() -> None:
    """Return quietly when it is safe to serve. Raises UnsafeSettings with every reason otherwise."""
    if problems := problems_now():
        raise UnsafeSettings(problems)


def problems_now() -> list[Unsafe]:
    """Every reason not to serve from this process: database, secrets, hosts, fonts, the signing key."""
    return [*database_problems(connection), *secret_problems(), *font_problems(), *signing_problems()]


def system_check(app_configs: object = None, **_: Any) -> list[CheckMessage]:
    """The same for `manage.py check`."""
    return [Error(f"{problem.th} / {problem.en}", id=f"phrom.{problem.code}") for problem in problems_now()]


def database_problems(database: BaseDatabaseWrapper) -> list[Unsafe]:
    """Ask the database itself."""
    if database.vendor == "sqlite":
        name = str(database.settings_dict["NAME"])
        mode = database.settings_dict.get("OPTIONS", {}).get("transaction_mode")
        return [*sqlite_problems(sqlite_facts(database), mode), *disk_problems(name)]
    return postgres_problems(postgres_facts(database))


def sqlite_facts(database: BaseDatabaseWrapper) -> dict[str, Any]:
    """What the live connection answers to the PRAGMAs that matter."""
    with database.cursor() as cursor:
        names = ("journal_mode", "synchronous", "foreign_keys", "mmap_size")
        facts = {name: (cursor.execute(f"PRAGMA {name}").fetchone() or [0])[0] for name in names}
        facts["version"] = cursor.execute("SELECT sqlite_version()").fetchone()[0]
    return facts


def sqlite_problems(facts: Mapping[str, Any], transaction_mode: str | None) -> list[Unsafe]:
    """What of these facts could lose an acknowledged answer. A database in memory (tests) has no journal file to judge."""
    version = tuple(int(part) for part in str(facts["version"]).split("."))
    rules = (
        (version >= LEAST_SQLITE, "sqlite-version", "SQLite ต้องเป็นรุ่น 3.51.3 ขึ้นไป", "SQLite must be 3.51.3 or newer"),
        (
            str(facts["journal_mode"]).lower() in ("wal", "memory"),
            "sqlite-journal",
            "SQLite ต้องใช้ journal_mode=WAL",
            "SQLite needs journal_mode=WAL",
        ),
        (
            int(facts["synchronous"]) >= 2,
            "sqlite-synchronous",
            "SQLite ต้องใช้ synchronous=FULL มิฉะนั้นคำตอบอาจหายเมื่อไฟดับ",
            "SQLite needs synchronous=FULL, or answers are lost at a power cut",
        ),
        (
            bool(facts["foreign_keys"]),
            "sqlite-foreign-keys",
            "SQLite ต้องเปิด foreign_keys",
            "SQLite needs foreign_keys=ON",
        ),
        (
            int(facts["mmap_size"] or 0) == 0,
            "sqlite-mmap",
            "SQLite ต้องปิด mmap (mmap_size=0)",
            "SQLite needs mmap_size=0",
        ),
        (
            (transaction_mode or "").upper() == "IMMEDIATE",
            "sqlite-transactions",
            "SQLite ต้องใช้ transaction_mode IMMEDIATE มิฉะนั้นการบันทึกพร้อมกันจะล้มเหลว",
            "SQLite needs transaction_mode IMMEDIATE, or saves at the same time fail",
        ),
    )
    return [Unsafe(code, th, en) for fine, code, th, en in rules if not fine]


def disk_problems(name: str, mounts: str | None = None) -> list[Unsafe]:
    """Refuse a database file on a network disk, whose locks cannot be trusted. `mounts`: the text of /proc/mounts."""
    if ":memory:" in name or "mode=memory" in name:
        return []
    kind = disk_kind(Path(name).resolve().parent, _mounts() if mounts is None else mounts)
    if kind not in NETWORK_DISKS:
        return []
    return [
        Unsafe(
            "network-disk",
            f"ไฟล์ฐานข้อมูลอยู่บนดิสก์เครือข่าย ({kind}) กรุณาย้ายโฟลเดอร์ข้อมูลมาไว้บนดิสก์ในเครื่อง หรือใช้ PostgreSQL",
            f"the database lies on a network disk ({kind}); move the data folder to a local disk or use PostgreSQL",
        )
    ]


def disk_kind(folder: Path, mounts: str) -> str:
    """The file system type of the mount that holds the folder; empty where unknown."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        inside = point and (str(folder) == point or str(folder).startswith(point.rstrip("/") + "/"))
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def postgres_facts(database: BaseDatabaseWrapper) -> dict[str, str]:
    """What the live server answers."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'),"
            " current_setting('transaction_read_only'), pg_is_in_recovery()::text"
        )
        names = ("fsync", "synchronous_commit", "full_page_writes", "transaction_read_only", "in_recovery")
        return dict(zip(names, cursor.fetchone() or (), strict=True))


def postgres_problems(facts: Mapping[str, str]) -> list[Unsafe]:
    """What of these facts could lose an acknowledged answer."""
    rules = (
        (facts["fsync"] == "on", "postgres-fsync", "PostgreSQL ต้องเปิด fsync", "PostgreSQL needs fsync=on"),
        (
            facts["synchronous_commit"] != "off",
            "postgres-commit",
            "PostgreSQL ต้องไม่ปิด synchronous_commit มิฉะนั้นคำตอบอาจหายเมื่อไฟดับ",
            "PostgreSQL needs synchronous_commit on, or answers are lost at a power cut",
        ),
        (
            facts["full_page_writes"] == "on",
            "postgres-pages",
            "PostgreSQL ต้องเปิด full_page_writes",
            "PostgreSQL needs full_page_writes=on",
        ),
        (
            facts["in_recovery"] in ("false", "f") and facts["transaction_read_only"] == "off",
            "postgres-replica",
            "ฐานข้อมูลนี้เป็นสำเนาอ่านอย่างเดียว กรุณาชี้ไปที่เครื่องหลัก",
            "this database is a read-only replica; point to the primary",
        ),
    )
    return [Unsafe(code, th, en) for fine, code, th, en in rules if not fine]


def secret_problems() -> list[Unsafe]:
    """Refuse a secret that is short or from an example, debugging where people work, and browsers signed in for ever."""
    key, problems = str(settings.SECRET_KEY), []
    example = any(word in key.lower() for word in ("insecure", "example", "change-me", "changeme", "secret"))
    if len(key) < SHORTEST_SECRET or example or len(set(key)) < 10:
        problems.append(
            Unsafe(
                "secret-key",
                f"กุญแจลับ (PHROM_SECRET_KEY) สั้นกว่า {SHORTEST_SECRET} ตัวอักษรหรือเป็นค่าตัวอย่าง กรุณาลบค่านี้ออก ระบบจะสร้างให้เอง",
                f"the secret key is shorter than {SHORTEST_SECRET} characters or an example; unset it and one is made",
            )
        )
    if settings.DEBUG and settings.HTTPS:
        problems.append(Unsafe("debug", "ต้องปิด DEBUG เมื่อใช้งานจริง", "DEBUG must be off where people work"))
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        problems.append(
            Unsafe(
                "hosts",
                "ต้องระบุชื่อเครื่องที่รับ (PHROM_HOSTS) และห้ามใช้ *",
                "PHROM_HOSTS must name the hosts that are served, without *",
            )
        )
    if not LEAST_IDLE <= settings.PHROM_IDLE <= MOST_IDLE:
        problems.append(
            Unsafe(
                "idle",
                "เวลาที่ไม่ได้ใช้งานก่อนออกจากระบบ (PHROM_IDLE_MINUTES) ต้องอยู่ระหว่าง 5 ถึง 720 นาที",
                "PHROM_IDLE_MINUTES must be from 5 to 720 minutes",
            )
        )
    return problems


def font_problems() -> list[Unsafe]:
    """Refuse to print Thai papers without Thai letters."""
    missing = fonts.missing()
    if not missing:
        return []
    names = ", ".join(missing)
    return [Unsafe("fonts", f"ไม่พบแบบอักษร {names} กรุณารัน ./run หนึ่งครั้ง", f"fonts are missing: {names}; run ./run once")]


def signing_problems() -> list[Unsafe]:
    """Refuse to serve with a signing key that cannot sign: letters would go out without the signature they promise."""
    trouble = signing_trouble()
    if not trouble:
        return []
    return [
        Unsafe(
            "signing-key",
            "ตั้งค่าให้ลงลายมือชื่อดิจิทัลในหนังสือ แต่กุญแจใช้ไม่ได้ กรุณาตรวจ PHROM_SIGNING_KEY, PHROM_SIGNING_PASSPHRASE_FILE และ "
            f"PHROM_TIMESTAMP_URL ({trouble})",
            f"letters are to be signed, but the key cannot sign: {trouble}",
        )
    ]


def _mounts() -> str:
    return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace") if sys.platform == "linux" else ""
