"""A form that comes twice does its work once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from phrom.agencies.models import Agency
from phrom.shared.journal.once import BadKey, once
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_body
from tests.shared.journal.conftest import START

KEY = "k" * 22


def make() -> str:
    return f"/agencies/{make_body().pk}/"


@pytest.mark.django_db
def test_a_repeat_leads_where_the_first_led() -> None:
    first = once(KEY, START, make)
    assert once(KEY, START, make) == first
    assert Agency.objects.count() == 1


@pytest.mark.django_db
def test_another_key_is_another_form() -> None:
    assert once(KEY, START, make) != once("m" * 22, START, make)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 81, "k" * 21 + "'", "k" * 30 + "\n", "ก" * 22])
def test_no_key_no_form(key: str) -> None:
    with pytest.raises(BadKey):
        once(key, START, make)
    assert not Agency.objects.exists()


@pytest.mark.django_db
def test_after_a_refusal_the_same_form_may_come_again() -> None:
    def refused() -> str:
        make()
        raise Refusal("ไม่ได้", "no")

    with pytest.raises(Refusal):
        once(KEY, START, refused)
    assert not Agency.objects.exists()
    assert once(KEY, START, make)


@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment() -> None:
    outcomes: list[str] = []

    def send() -> None:
        try:
            outcomes.append(once(KEY, START, make))
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
