"""Whatever is sent to the API is stored as it was meant or refused in a described way; never a fault, never half."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from phrom.survey.models import Answer, AnswerVersion, Ask
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import make_round, make_sheet

REFUSED = {"error", "th", "en", "where"}
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["", "\0", "\u202e", "๑๒", "2567", "น้ำ", "<script>", "99999999999999999999", "NaN"]
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=True) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=6
)
CONTENTS = st.fixed_dictionaries(
    {},
    optional={
        "value": VALUES,
        "detail": VALUES,
        "provider": VALUES | st.sampled_from(["own", "both", "parent"]),
        "cannot": VALUES,
    },
)
BODIES = st.fixed_dictionaries({"version": VALUES | st.just(0), "content": CONTENTS | VALUES})
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


class RandomBodies(TestCase):
    """One official with a row of every kind."""

    session: str
    asks: dict[str, Ask]

    @classmethod
    def setUpTestData(cls) -> None:
        """The cast."""
        round = make_round()
        agency = make_agency(round.body)
        cls.asks = make_sheet(round, agency)
        client = Client()
        client.force_login(make_member(agency))
        cls.session = client.cookies["session"].value

    def signed(self) -> Client:
        client = Client(raise_request_exception=False)
        client.cookies["session"] = self.session
        return client

    def put(self, code: str, body: str | bytes) -> Any:
        return self.signed().put(f"/api/asks/{self.asks[code].pk}/answer", body, content_type="application/json")

    def judge(self, code: str, told: Any) -> None:
        """200 with the stored version, or a refusal of the described shape that stored nothing."""
        stored = Answer.objects.filter(ask=self.asks[code]).first()
        versions = AnswerVersion.objects.filter(ask=self.asks[code]).count()
        if told.status_code == 200:
            assert told.json()["version"] == versions == (stored.version if stored else 0)
        else:
            assert told.status_code in (400, 409, 422), (told.status_code, told.content)
            assert set(told.json()) >= REFUSED
            assert told.json()["th"] and told.json()["en"]
            assert (stored, versions) == (None, 0)

    @FEW
    @given(st.sampled_from(["P1.1", "P1.2", "P1.3", "P1.4", "P1.5", "P2.1.1", "P2.2", "P2.2.1"]), BODIES)
    def test_json_of_any_shape(self, code: str, body: object) -> None:
        """Right at the outside, anything inside."""
        self.judge(code, self.put(code, json.dumps(body)))

    @FEW
    @given(VALUES)
    def test_json_that_is_no_answer_at_all(self, body: object) -> None:
        """Not even an object with the two words."""
        self.judge("P1.1", self.put("P1.1", json.dumps(body)))

    @FEW
    @given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
    def test_bytes_that_are_no_json(self, body: bytes) -> None:
        """What a broken program or a curious person sends."""
        self.judge("P1.1", self.put("P1.1", body))

    @FEW
    @given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "\0" not in text and text.isprintable()))
    def test_a_text_comes_back_as_it_went_in(self, text: str) -> None:
        """Thai with its vowels, quotes, everything that can be printed."""
        told = self.put("P1.3", json.dumps({"version": 0, "content": {"value": text}}))
        if told.status_code == 200:
            assert Answer.objects.get(ask=self.asks["P1.3"]).content["value"] == text.strip()
        else:
            self.judge("P1.3", told)

    @FEW
    @given(st.integers(-5, 10**19))
    def test_any_count_is_stored_exactly_or_refused(self, number: int) -> None:
        """No figure is rounded on its way."""
        told = self.put("P2.1.1", json.dumps({"version": 0, "content": {"value": number}}))
        self.judge("P2.1.1", told)
        if told.status_code == 200:
            assert Answer.objects.get(ask=self.asks["P2.1.1"]).content["value"] == number

    @FEW
    @given(st.sampled_from(["round", "agency", "after", "limit", "other"]), TEXTS)
    def test_any_question_to_the_list_is_answered(self, name: str, value: str) -> None:
        """200 with rows of mine, or 422."""
        told = self.signed().get("/api/asks", {name: value})
        assert told.status_code in (200, 422)
        if told.status_code == 200:
            assert {one["id"] for one in told.json()} <= {ask.pk for ask in self.asks.values()}
        else:
            assert set(told.json()) == REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/api/asks/0", "/api/asks/9223372036854775807", "/api/asks/9223372036854775808", f"/api/asks/{10**30}"]
)
def test_numbers_at_the_edge_of_the_database(path: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_member(make_round().body, "coordinator"))
    told = client.get(path)
    assert told.status_code in (404, 422)
    assert set(told.json()) == REFUSED
