"""Twenty-two agencies and every row: who they are, what each answers, the real papers, and how a program sends it all in.

Names of offices are those a province has; people, answers and papers are invented and follow a fixed pattern, so that every
run says the same.
"""

from __future__ import annotations

import http.cookiejar
import io
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from phrom.rules.instrument.model import Edition, Kind, Question
from phrom.rules.scoring.claims import positive
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.sheet import AnswerSheet
from tests.journeys.papers import Paper, pdf, word
from tests.journeys.people import PASSWORD

OFFICES = (
    "สำนักงานสาธารณสุขจังหวัดเชียงใหม่",
    "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่",
    "สำนักงานพัฒนาชุมชนจังหวัดเชียงใหม่",
    "สำนักงานโยธาธิการและผังเมืองจังหวัดเชียงใหม่",
    "สำนักงานพาณิชย์จังหวัดเชียงใหม่",
    "สำนักงานคลังจังหวัดเชียงใหม่",
    "สำนักงานที่ดินจังหวัดเชียงใหม่",
    "สำนักงานปศุสัตว์จังหวัดเชียงใหม่",
    "สำนักงานประมงจังหวัดเชียงใหม่",
    "สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัดเชียงใหม่",
    "สำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัดเชียงใหม่",
    "สำนักงานแรงงานจังหวัดเชียงใหม่",
    "สำนักงานจัดหางานจังหวัดเชียงใหม่",
    "สำนักงานประกันสังคมจังหวัดเชียงใหม่",
    "สำนักงานขนส่งจังหวัดเชียงใหม่",
    "สำนักงานวัฒนธรรมจังหวัดเชียงใหม่",
    "สำนักงานการท่องเที่ยวและกีฬาจังหวัดเชียงใหม่",
    "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดเชียงใหม่",
    "สำนักงานประชาสัมพันธ์จังหวัดเชียงใหม่",
)
DAY = "2024-05-21"


def full_seed(small: dict[str, Any], edition: str) -> dict[str, Any]:
    """The journeys' small province grown to twenty-two agencies with an official each; the chair; the round open."""
    seed: dict[str, Any] = json.loads(json.dumps(small))
    [body] = seed["bodies"]
    known = {agency["name"] for agency in body["agencies"]}
    for number, name in enumerate([name for name in OFFICES if name not in known], 1):
        code = f"office-{number:02}"
        body["agencies"].append({"code": code, "name": name, "kind": "regional", "parent_department": "กรมต้นสังกัด"})
        membership = {"agency": code, "role": "official", "since": "2023-10-01"}
        person = {"email": f"{code}@test.example", "name": f"เจ้าหน้าที่ของ{name}", "password": PASSWORD}
        seed["people"].append({**person, "note": "official", "memberships": [membership]})
    chair = {"agency": "provincial-office", "role": "chair", "since": "2023-10-01"}
    person = {"email": "rong@test.example", "name": "นายรองผู้ว่า ดอยหลวง", "password": PASSWORD}
    seed["people"].append({**person, "note": "chair", "memberships": [chair]})
    times = {"opened_at": "2024-06-11T14:00:00+07:00", "internal_deadline": "2024-06-21"}
    seed["rounds"] = [{"body": "chiangmai", "edition": edition, "opened_by": "khamkaew@test.example", **times}]
    return seed


@dataclass(frozen=True)
class Said:
    """What one agency answers to one row, and its papers: each for an expected piece of evidence."""

    code: str
    content: dict[str, Any]
    papers: tuple[tuple[str, Paper], ...] = ()


def answers_of(edition: Edition, codes: list[str], number: int) -> list[Said]:
    """What the agency with this number says to the rows that it is asked, in printed order; rows off its path are left out."""
    given: dict[str, dict[str, Any]] = {}
    for code in codes:
        given[code] = content_of(edition.by_code[code], number, given)
    sheet = AnswerSheet({code: answer_from_json(edition.by_code[code], content) for code, content in given.items()})
    path = on_path(edition, sheet, codes)
    return [
        Said(code, given[code], tuple(papers_for(edition.by_code[code], given[code], number))) for code in codes if code in path
    ]


def content_of(row: Question, number: int, before: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A fixed pattern: some say no, a few cannot say, counts keep to their limits."""
    turn = number * 7 + sum(map(ord, row.code))
    if turn % 19 == 0 and row.kind is not Kind.COUNT:
        return {"value": None, "detail": None, "provider": "", "cannot": f"ยังไม่มีข้อมูลของข้อ {row.code} ในปีนี้"}
    whole = before.get(row.not_above, {}).get("value")
    value: Any = {
        Kind.YES_NO: turn % 3 != 0,
        Kind.MANY: [choice.code for place, choice in enumerate(row.choices) if (turn + place) % 3],
        Kind.COUNT: min(turn % 6, whole if isinstance(whole, int) else 6),
        Kind.PERCENT: f"{turn % 101}.50",
        Kind.DATE: DAY,
        Kind.URL: f"https://chiangmai.example/{row.code}",
        Kind.TEXT: f"คำตอบข้อ {row.code} ของหน่วยงานที่ {number}",
    }[row.kind]
    claims = bool(value)
    detail: Any = None
    if claims and row.detail:
        text = f"รายละเอียดข้อ {row.code}: น้ำ ฝุ่น และผู้สูงอายุ ของหน่วยงานที่ {number}"
        detail = {Kind.YES_NO: turn % 2 == 0, Kind.PERCENT: "81.25", Kind.TEXT: text}[row.detail.kind]
    provider = ("own", "both")[turn % 2] if claims and row.beyond_parent_department else ""
    return {"value": value, "detail": detail, "provider": provider, "cannot": ""}


def papers_for(row: Question, content: dict[str, Any], number: int) -> Iterator[tuple[str, Paper]]:
    """A real PDF, Word file or workbook for each required piece of evidence of a claim."""
    if not positive(answer_from_json(row, content).value):
        return
    for slot in row.evidence:
        if slot.required:
            yield slot.code, paper(row, slot.code, number)


def paper(row: Question, slot: str, number: int) -> Paper:
    """The kinds take turns."""
    title, words = f"หลักฐาน {row.code} {slot} ({number})", f"หลักฐานข้อ {row.code} ของหน่วยงานที่ {number} เรื่องน้ำและฝุ่น"
    match (number + len(row.code)) % 3:
        case 0:
            return pdf(f"{title}.pdf", words)
        case 1:
            return word(f"{title}.docx", words)
        case _:
            return workbook(f"{title}.xlsx", words)


def workbook(name: str, words: str) -> Paper:
    """An Excel file of one sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("ข้อมูล").write_row(0, 0, [words, 2567])
    return Paper(name, target.getvalue())


@dataclass
class Program:
    """A program that signs in as a person and speaks the JSON API, as an agency's own system would."""

    address: str
    email: str
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.opener.open(f"{self.address}/account/login/")
        form = {"login": self.email, "password": PASSWORD, "csrfmiddlewaretoken": self.key}
        self.opener.open(urllib.request.Request(f"{self.address}/account/login/", urllib.parse.urlencode(form).encode()))

    @property
    def key(self) -> str:
        """The key against forgery that goes with every change."""
        return next(cookie.value or "" for cookie in self.cookies if "csrf" in cookie.name)

    def asks(self) -> list[dict[str, Any]]:
        """Every row that is put to the person's agency, in printed order."""
        found: list[dict[str, Any]] = self.call("GET", "/api/asks?limit=500")
        return found

    def answer(self, ask: dict[str, Any], said: Said) -> None:
        """Save the answer, then put its papers under the row."""
        body = json.dumps({"version": ask["version"], "content": said.content}).encode()
        self.call("PUT", f"/api/asks/{ask['id']}/answer", body, "application/json")
        for slot, each in said.papers:
            body, kind = multipart({"slot": slot, "issued_on": DAY}, each)
            assert self.call("POST", f"/api/asks/{ask['id']}/evidence", body, kind)["refused"] == []

    def send(self, ask: dict[str, Any], agency_id: int) -> dict[str, Any]:
        """Send the sheet that this ask belongs to."""
        told: dict[str, Any] = self.call("POST", f"/api/rounds/{ask['round']}/agencies/{agency_id}/submit", b"")
        return told

    def call(self, way: str, path: str, body: bytes | None = None, kind: str = "text/plain") -> Any:
        """One request; anything but success raises with the body's words."""
        headers = {"X-CSRFToken": self.key, "Content-Type": kind, "Accept": "application/json", "Referer": self.address}
        request = urllib.request.Request(f"{self.address}{path}", body, headers, method=way)
        try:
            with self.opener.open(request) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{way} {path}: {refused.code} {refused.read().decode()[:500]}") from refused


def multipart(fields: dict[str, str], paper: Paper) -> tuple[bytes, str]:
    """A form with one file."""
    mark = "phrom-journey"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{paper.name}"\r\n'
    body = "".join(parts) + head + "Content-Type: application/octet-stream\r\n\r\n"
    return body.encode() + paper.content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def number_of(email: str) -> int:
    """The number of an official's agency in the pattern."""
    found = re.search(r"office-(\d+)", email)
    return int(found[1]) if found else sum(map(ord, email)) % 50 + 50
