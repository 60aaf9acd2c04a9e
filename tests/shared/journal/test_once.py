"""A form that comes twice does its work once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from phrom.agencies.models import Agency, Person
from phrom.shared.journal.once import BadKey, KeyUsedOtherwise, once, once_for
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_body
from tests.shared.journal.conftest import START

KEY = "k" * 22
SENT = "the same"


def make() -> str:
    return f"/agencies/{make_body().pk}/"


@pytest.mark.django_db
def test_a_repeat_leads_where_the_first_led() -> None:
    first = once(KEY, START, make, sent=SENT)
    assert once(KEY, START, make, sent=SENT) == first
    assert Agency.objects.count() == 1


@pytest.mark.django_db
def test_another_key_is_another_form() -> None:
    assert once(KEY, START, make, sent=SENT) != once("m" * 22, START, make, sent=SENT)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 81, "k" * 21 + "'", "k" * 30 + "\n", "ก" * 22])
def test_no_key_no_form(key: str) -> None:
    with pytest.raises(BadKey):
        once(key, START, make, sent=SENT)
    assert not Agency.objects.exists()


@pytest.mark.django_db
def test_after_a_refusal_the_same_form_may_come_again() -> None:
    def refused() -> str:
        make()
        raise Refusal("ไม่ได้", "no")

    with pytest.raises(Refusal):
        once(KEY, START, refused, sent=SENT)
    assert not Agency.objects.exists()
    assert once(KEY, START, make, sent=SENT)


@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment() -> None:
    outcomes: list[str] = []

    def send() -> None:
        try:
            outcomes.append(once(KEY, START, make, sent=SENT))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 8
    assert len(set(outcomes)) == 1
    assert Agency.objects.count() == 1


def sent(user: int | None = 7, path: str = "/meetings/", **fields: object) -> HttpRequest:
    """A form as it comes in, with its key and its protection token."""
    request = RequestFactory().post(path, {"once": KEY, "csrfmiddlewaretoken": "any", **fields})
    request.user = Person(pk=user) if user else AnonymousUser()
    return request


@pytest.mark.django_db
def test_the_same_form_from_the_same_person_leads_where_the_first_led() -> None:
    first = once_for(sent(title="ประชุมครั้งที่ 1", ticked=["a", "b"]), START, make)
    again = sent(title="ประชุมครั้งที่ 1", ticked=["a", "b"], csrfmiddlewaretoken="renewed since")
    assert once_for(again, START, make) == first
    assert Agency.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"title": "ประชุมครั้งที่ 2"},
        {"title": "ประชุมครั้งที่ 1", "place": ""},
        {"title": ["ประชุมครั้งที่ 1", "ประชุมครั้งที่ 1"]},
        {"title": "ประชุมครั้งที่ 1", "user": 8},
        {"title": "ประชุมครั้งที่ 1", "user": None},
        {"title": "ประชุมครั้งที่ 1", "path": "/meetings/?body=2"},
        {"title": "ประชุมครั้งที่ 1", "path": "/orders/"},
    ],
    ids=["other text", "a field more", "twice the field", "another person", "nobody", "another object", "another act"],
)
def test_a_key_that_comes_back_with_anything_else_is_refused(other: dict[str, Any]) -> None:
    once_for(sent(title="ประชุมครั้งที่ 1"), START, make)
    with pytest.raises(KeyUsedOtherwise) as refused:
        once_for(sent(**other), START, make)
    assert refused.value.status == 409
    assert "ไม่ได้บันทึก" in refused.value.th and "was not saved" in refused.value.en
    assert Agency.objects.count() == 1


@pytest.mark.django_db
def test_files_are_part_of_what_was_sent_and_can_still_be_read() -> None:
    read: list[bytes] = []

    def keep(request: HttpRequest) -> str:
        def read_and_make() -> str:
            [paper] = request.FILES.getlist("paper")
            read.append(paper.read())
            return make()

        return once_for(request, START, read_and_make)

    first = keep(sent(paper=SimpleUploadedFile("ก.pdf", b"%PDF one")))
    assert keep(sent(paper=SimpleUploadedFile("ก.pdf", b"%PDF one"))) == first
    assert read == [b"%PDF one"]
    for other in (SimpleUploadedFile("ก.pdf", b"%PDF two"), SimpleUploadedFile("ข.pdf", b"%PDF one")):
        with pytest.raises(KeyUsedOtherwise):
            keep(sent(paper=other))


@pytest.mark.django_db
def test_a_form_without_a_key_is_none() -> None:
    with pytest.raises(BadKey):
        once_for(sent(once=""), START, make)


@pytest.mark.django_db(transaction=True)
def test_of_eight_different_ones_at_the_same_moment_one_is_done_and_seven_are_told() -> None:
    told: list[str] = []

    def send(number: int) -> None:
        try:
            told.append(once_for(sent(title=str(number)), START, make))
        except KeyUsedOtherwise:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told)[1:] == ["refused"] * 7
    assert Agency.objects.count() == 1
