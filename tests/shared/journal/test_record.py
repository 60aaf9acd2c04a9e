"""The entry and the change it tells of are one."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from phrom.agencies.models import Agency
from phrom.shared.journal.models import AuditEvent, JournalHead
from phrom.shared.journal.record import GENESIS, hash_of, record
from tests.factories.agencies import make_body
from tests.shared.journal.conftest import START, Clerk, write_entries


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record("answer.saved", by=None, about="ask:1", at=START)


@pytest.mark.django_db
def test_entry_follows_entry() -> None:
    write_entries(9)
    chain = list(AuditEvent.objects.filter(chain="chiangmai").order_by("sequence"))
    assert [entry.sequence for entry in chain] == [1, 2, 3]
    assert [entry.previous for entry in chain] == [GENESIS, chain[0].hash, chain[1].hash]
    assert all(hash_of(entry) == entry.hash for entry in chain)
    assert JournalHead.objects.get(chain="chiangmai").hash == chain[-1].hash


@pytest.mark.django_db
def test_what_is_returned_is_what_is_stored() -> None:
    with transaction.atomic():
        entry = record("order.issued", by=Clerk(), about="order:1", at=START, details={"title": "คำสั่งที่ ๑"})
    stored = AuditEvent.objects.get(pk=entry.pk)
    assert (stored.at, stored.by_name, stored.details, stored.hash) == (START, Clerk().name, entry.details, entry.hash)


@pytest.mark.django_db
def test_three_statements_an_entry(django_assert_num_queries: CaptureQueriesContext) -> None:
    write_entries(3)
    with transaction.atomic(), django_assert_num_queries(3):
        record("answer.saved", by=Clerk(), about="ask:1", at=START, chain="chiangmai")


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, None, {"a": 1}, [1], b"x", "a\0b", ["a\0"], START])
def test_details_that_would_not_hash_alike_everywhere(value: object) -> None:
    with transaction.atomic(), pytest.raises(TypeError):
        record("answer.saved", by=None, about="ask:1", at=START, details={"it": value})


@pytest.mark.django_db(transaction=True)
def test_change_and_entry_go_back_together() -> None:
    """Fail after the entry, for each of many changes: neither is left."""
    for number in range(50):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            make_body(f"body-{number}")
            record("agency.registered", by=None, about=f"agency:{number}", at=START)
            raise ZeroDivisionError
    assert not Agency.objects.exists()
    assert not AuditEvent.objects.exists()
