"""Every route against every role, with own and foreign objects: what the access table says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from phrom.agencies.roles import ROLES
from phrom.config.access_table import PUBLIC, RULES, SIGNED_IN
from phrom.shared.journal.models import JournalHead
from tests.house.cast import AT_OFFICE, Cast, cast

pytestmark = pytest.mark.django_db
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
METHODS = ("GET", "HEAD", "OPTIONS", *UNSAFE)
ROLE_OF = {"neighbour": "official", "stranger": "coordinator"}
OF_AN_OFFICE = set("agency_id ask_id inquiry_id link_id evidence_id follow_up_id note_id own_case_id thing_id".split())
OF_A_BODY = OF_AN_OFFICE | {
    "body_id",
    "round_id",
    "meeting_id",
    "item_id",
    "kept_id",
    "seat_id",
    "order_id",
    "holder_id",
    "substitution_id",
    "paper_id",
    "resolution_id",
    "pack_id",
    "person_id",
    "membership_id",
    "invitation_id",
    "session_id",
    "programme_id",
    "enrolment_id",
    "case_id",
    "hosting_id",
}
# Letters belong to an agency as a correspondent: no role over a whole body reaches into another office's books.
OF_A_CORRESPONDENT = {
    "import_id",
    "destruction_id",
    "listed_item_id",
    "correspondent_id",
    "register_id",
    "entry_id",
    "letter_id",
    "recipient_id",
    "attachment_id",
    "incoming_id",
    "file_id",
    "secret_id",
    "reader_id",
}
# Anybody signed in may be the named reader of one secret letter; of other letters only who reads those of the office.
READ_BY_NAME = {"incoming", "incoming_paper", "incoming_file", "letter", "letter_paper", "letter_file"}
MISSING = 10**9
NAMES_ONLY = {"api:api-root"}  # the API's own name for its address; nothing stands there


@dataclass(frozen=True)
class Route:
    """A named route and its arguments."""

    name: str
    arguments: tuple[str, ...]

    def address(self, values: dict[str, object]) -> str:
        return reverse(self.name, kwargs={argument: values[argument] for argument in self.arguments})


def walk(patterns: list[Any], space: str = "", before: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in patterns:
        arguments = (*before, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, inner, arguments)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{space}{pattern.name}", arguments)


ROUTES = sorted(set(walk(get_resolver().url_patterns)), key=lambda route: route.name)
each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)


def test_every_route_is_in_the_table_and_every_rule_has_its_route() -> None:
    assert sorted({route.name for route in ROUTES}) == sorted(RULES)


def test_every_rule_is_public_signed_in_or_a_permission_that_somebody_holds() -> None:
    held = frozenset().union(*(role.permissions for role in ROLES.values()))
    assert {rule for rule in RULES.values() if rule not in (PUBLIC, SIGNED_IN)} - held == set()


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Made once for the file: every request takes back what it wrote."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast()
        transaction.set_rollback(True)


def ask(client: Client, method: str, address: str, **headers: str) -> HttpResponse:
    """One request whose writes, and whose cookies, are taken back."""
    before = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        answer = client.generic(method, address, headers=headers)
        transaction.set_rollback(True)
    client.cookies = before
    return answer


def test_a_route_outside_the_table_does_not_exist(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RULES, "orders")
    assert ask(company.clients["coordinator"], "GET", reverse("orders")).status_code == 404


def to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")


def verdict(answer: HttpResponse) -> str:
    """What an answer amounts to."""
    if answer.status_code >= 500:
        return "failed"
    if to_sign_in(answer) or answer.status_code == 401:
        return "sign in"
    return "not there" if answer.status_code == 404 else "answered"


def expected(route: Route, role: str, whose: str) -> set[str]:
    """What the table says for a role and an object."""
    rule = RULES[route.name]
    if rule == PUBLIC:
        return {"answered", "not there"}
    if role in ("nobody", "deactivated"):
        return {"sign in"}
    if route.name in NAMES_ONLY:
        return {"not there"}
    if route.name in READ_BY_NAME:
        rule = "letter.view"
    if rule == SIGNED_IN:
        mine = "session_id" not in route.arguments or role == ("stranger" if whose == "foreign" else "coordinator")
        return {"answered"} if mine else {"not there"}
    known = ROLES[ROLE_OF.get(role, role)]
    if rule not in known.permissions:
        return {"not there"}
    return {"answered"} if within(route, role, whose, known.whole_body) else {"not there"}


def within(route: Route, role: str, whose: str, whole_body: bool) -> bool:
    """True when the objects named by the route are within reach of the role."""
    if OF_A_CORRESPONDENT & set(route.arguments):
        return {"neighbour": "neighbour"}.get(role, "own" if role in AT_OFFICE else "") == whose
    if not OF_A_BODY & set(route.arguments):
        return True
    if (role == "stranger") != (whose == "foreign"):
        return False
    if whole_body or not OF_AN_OFFICE & set(route.arguments):
        return True
    return (role == "neighbour") == (whose == "neighbour")


@each_route
@pytest.mark.parametrize("whose", ["own", "neighbour", "foreign"])
def test_every_role_gets_what_the_table_says(company: Cast, route: Route, whose: str) -> None:
    address = route.address(getattr(company, whose))
    wrong = []
    for role, client in company.clients.items():
        if whose != "own" and not holds(route, role):
            continue  # refused before any object is looked for
        allowed = expected(route, role, whose)
        for method in ("GET", "POST"):
            answer = ask(client, method, address)
            # A view that does not take the method says so before it looks: the same for what exists and what does not.
            blind = answer.status_code == 405 and holds(route, role)
            if verdict(answer) not in allowed and not blind:
                wrong.append(f"{role} {method} {answer.status_code}, expected {sorted(allowed)}")
    assert wrong == []


def holds(route: Route, role: str) -> bool:
    """True when the role holds the route's permission somewhere, so that only the object is out of reach."""
    rule = RULES[route.name]
    return role in company_roles() and (rule == SIGNED_IN or rule in ROLES[ROLE_OF.get(role, role)].permissions)


def company_roles() -> set[str]:
    """The roles of people who may sign in."""
    return {*ROLES, *ROLE_OF}


SECRET = {"letter_id", "recipient_id", "attachment_id", "entry_id", "register_id", "incoming_id", "file_id"}
each_route_to_a_letter = pytest.mark.parametrize(
    "route", [route for route in ROUTES if SECRET & set(route.arguments)], ids=lambda route: route.name
)


@each_route_to_a_letter
def test_a_secret_letter_is_there_for_its_registrar_only(company: Cast, route: Route) -> None:
    address = route.address({**company.own, **company.secret})
    wrong = []
    for role, client in company.clients.items():
        for method in ("GET", "POST"):
            answer = ask(client, method, address)
            if role != "secret_registrar" and verdict(answer) not in ("not there", "sign in") and answer.status_code != 405:
                wrong.append(f"{role} {method} {answer.status_code}")
    assert wrong == []


def test_its_registrar_reads_a_secret_letter(company: Cast) -> None:
    """So that the test before does not pass because nothing is there at all."""
    names = {*READ_BY_NAME, "register", "recipient"} - {"incoming_paper"}  # it came without its sender's paper
    read = [route for route in ROUTES if route.name in names]
    answers = {
        route.name: ask(company.clients["secret_registrar"], "GET", route.address({**company.own, **company.secret}))
        for route in read
    }
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert len(answers) == 7


@each_route
def test_one_foreign_argument_among_own_ones_is_not_there(company: Cast, route: Route) -> None:
    wrong = []
    for argument in (OF_A_BODY | OF_A_CORRESPONDENT) & set(route.arguments):
        for value in (company.foreign[argument], MISSING):
            address = route.address({**company.own, argument: value})
            for role in ("coordinator", "official", "auditor", "clerk"):
                for method in ("GET", "POST"):
                    answer = ask(company.clients[role], method, address)
                    if answer.status_code not in (404, 405):
                        wrong.append(f"{role} {method} {argument}={value}: {answer.status_code}")
    assert wrong == []


@each_route
def test_foreign_and_missing_look_the_same(company: Cast, route: Route) -> None:
    for argument in (OF_A_BODY | OF_A_CORRESPONDENT) & set(route.arguments):
        addresses = [route.address({**company.own, argument: value}) for value in (company.foreign[argument], MISSING)]
        reader = "clerk" if argument in OF_A_CORRESPONDENT else "coordinator"
        answers = [ask(company.clients[reader], "GET", address) for address in addresses]
        assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)


@each_route
def test_no_unsafe_method_without_its_token(company: Cast, route: Route) -> None:
    address = route.address(company.own)
    for role in ("coordinator", "official", "administrator"):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies = company.clients[role].cookies
        for method in UNSAFE:
            for headers in ({}, {"origin": "https://evil.example"}):
                refused = ask(client, method, address, **headers).status_code
                # The API says first that it does not take a method at all.
                assert refused == 403 or (refused in (404, 405) and route.name.startswith("api:"))


@each_route
def test_no_method_breaks_a_route_and_none_opens_it(company: Cast, route: Route) -> None:
    address = route.address(company.own)
    for role in ("nobody", "coordinator", "official"):
        verdicts = {verdict(ask(company.clients[role], method, address)) for method in METHODS}
        assert verdicts <= expected(route, role, "own") | ({"answered"} if holds(route, role) else set())


def state_of_everything() -> dict[str, int]:
    """Rows by table, and the end of each journal chain."""
    counts = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return counts | {head.chain: head.sequence for head in JournalHead.objects.all()}


def test_reading_changes_nothing(company: Cast) -> None:
    before = state_of_everything()
    for route in ROUTES:
        for role in ("coordinator", "official", "auditor", "administrator"):
            company.clients[role].get(route.address(company.own))
    assert state_of_everything() == before
