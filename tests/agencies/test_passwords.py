"""Passwords: long enough, not ours, no other rules; changing and resetting them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from phrom.agencies.models import Person
from phrom.agencies.signin.adapter import POSTMAN
from tests.factories.agencies import PASSWORD, make_agency, make_body, make_member, make_person

NEW = "ฝนตกขี้หมูไหล คนจัญไรมาพบกัน"


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    """Reset links are limited by the minute and address; other tests of the run open them too."""
    cache.clear()


@pytest.mark.parametrize(
    "password",
    [
        "สั้นไป",
        "phrom-dga-phrom-dga",
        "จังหวัดเชียงใหม่จังหวัดเชียงใหม่",
        "aaaaaaaaaaaaaaaaaaaa",
        "Password Chiangmai 1",
        "1234567890123456",
    ],
)
@pytest.mark.django_db
def test_weak_passwords_are_refused_in_thai(password: str) -> None:
    with pytest.raises(ValidationError) as problem:
        validate_password(password)
    assert re.search("[ก-๙]", " ".join(problem.value.messages))


@pytest.mark.parametrize("password", [NEW, "correct horse battery staple", "x" * 10 + "kfpwmcnrtq", "ก" * 60 + "รถไฟสายเหนือ"])
@pytest.mark.django_db
def test_any_long_phrase_will_do(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
def test_the_own_name_and_the_agency_are_no_password() -> None:
    person = make_member(make_agency(make_body(), name="สำนักงานเกษตรและสหกรณ์จังหวัดลำพูน"))
    for password in (f"{person.name} 2567", "สำนักงานเกษตรและสหกรณ์จังหวัดลำพูน1"):
        with pytest.raises(ValidationError):
            validate_password(password, person)


def mails_to(email: str) -> list[str]:
    POSTMAN.submit(lambda: None).result()
    folder = Path(settings.PHROM_MAIL_DIR)
    texts = [path.read_text() for path in folder.glob("*.eml")] if folder.exists() else []
    return [text for text in texts if f"To: {email}" in text]


@pytest.fixture
def person(db: None, settings: object, tmp_path: Path) -> Person:
    settings.EMAIL_BACKEND = "phrom.config.mail.EmlFolder"  # type: ignore[attr-defined]
    settings.PHROM_MAIL_DIR = str(tmp_path)  # type: ignore[attr-defined]
    return make_person(password=PASSWORD)


def reset_link(email: str) -> str:
    from email import message_from_string

    [mail] = mails_to(email)
    text = message_from_string(mail).get_payload(decode=True).decode()
    found = re.search(r"http://testserver(/account/reset/\S+)", text)
    assert found
    return found[1]


def test_a_reset_link_works_once_and_ends_every_session(client: Client, person: Person) -> None:
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/account/reset/", {"email": person.email})
    link = reset_link(person.email)
    page = client.get(link, follow=True)
    where = page.request["PATH_INFO"]
    done = client.post(where, {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/account/reset/done/"
    assert elsewhere.get("/sessions/").status_code == 302
    assert "ใช้ไม่ได้แล้ว" in Client().get(link, follow=True).content.decode()
    assert client.post("/account/login/", {"login": person.email, "password": NEW}).status_code == 302


def test_asking_for_an_unknown_address_looks_the_same_and_mails_nobody(client: Client, person: Person) -> None:
    known = client.post("/account/reset/", {"email": person.email}, follow=True)
    unknown = client.post("/account/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.content == unknown.content
    assert mails_to("nobody@example.org") == []
    assert len(mails_to(person.email)) == 1


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(client: Client, person: Person) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    wrong = client.post("/account/password/", {"oldpassword": NEW, "password1": NEW, "password2": NEW})
    assert wrong.status_code == 200
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert client.get("/sessions/").status_code == 200
    assert elsewhere.get("/sessions/").status_code == 302


def test_asking_again_and_again_is_paused(client: Client, person: Person) -> None:
    answers = [client.post("/account/reset/", {"email": "busy@example.org"}) for _ in range(7)]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429
    assert "ถี่เกินไป" in answers[-1].content.decode()
