"""The round is closed at the very moment when somebody else does something: it is in the set, or refused; never in between."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from phrom.agencies.models import Person
from phrom.rules.scoring.sheet import Answer as Value
from phrom.survey.actions.answering import Entry, save_answer
from phrom.survey.actions.bulk import file_away
from phrom.survey.actions.carrying_over import use_carried
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.consolidation import NONE_YET, override
from phrom.survey.actions.evidence import Posted, Upload, attach
from phrom.survey.actions.filing import About
from phrom.survey.actions.freezing import ApprovalVoid, freeze_round
from phrom.survey.actions.library import replace, use_newest
from phrom.survey.actions.listing import Thing, add_items
from phrom.survey.actions.reviewing import accept, return_to_agency, seen_of
from phrom.survey.actions.routing import Routing, route_rows, routing_version
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.actions.workbook import apply_workbook
from phrom.survey.models import AnswerSet, Ask, AskState, CarriedAnswer, EvidenceLink, ListItem, ProvinceAnswer, Round
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_answered, make_approved, make_ask, make_evidence, make_round, tiny_edition
from tests.survey.test_rounds_together import together

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "ตามมติที่ประชุม"
CONTENT = {"value": "ข้อความใหม่"}
Act = Callable[[Ask, Person], object]


def ready(state: str = AskState.SUBMITTED) -> tuple[Ask, Person]:
    """A text of an office in this state, and whoever acts on it."""
    round = make_round()
    ask = make_answered(round, make_agency(round.body), "P1.3", "ข้อความแรก", state)
    return fresh(ask), make_member(round.body, "coordinator")


def fresh(ask: Ask) -> Ask:
    return Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(pk=ask.pk)


def against_the_freeze(ask: Ask, by: Person, act: Act) -> tuple[bool, dict[str, object] | None]:
    """Both at once, the set approved before. Whether the act was served, and the set that was kept, if one was.

    What changes the set before the freeze makes the approval void; then the round stays open.
    """
    make_approved(ask.round)
    frozen, acted = together(lambda: freeze_round(round=ask.round, by=by, at=AT, confirmed=True), lambda: act(ask, by))
    assert frozen is None or (isinstance(frozen, ApprovalVoid) and acted is None)
    assert acted is None or isinstance(acted, RoundClosed)
    assert Round.objects.get(pk=ask.round_id).is_frozen is (frozen is None)
    kept = AnswerSet.objects.filter(round=ask.round).first()
    assert (kept is None) is (frozen is not None)
    return acted is None, json.loads(kept.document) if kept else None


def test_an_acceptance_makes_the_approval_void_or_is_refused() -> None:
    ask, by = ready()
    seen = seen_of(ask)
    served, kept = against_the_freeze(ask, by, lambda ask, by: accept(ask=ask, seen=seen, by=by, at=AT))
    assert (kept is None) is served
    assert kept is None or "P1.3" not in kept["answers"]  # type: ignore[operator]
    assert (fresh(ask).state == AskState.ACCEPTED) is served


def test_a_return_comes_before_or_is_refused() -> None:
    ask, by = ready()
    seen = seen_of(ask)
    act: Act = lambda ask, by: return_to_agency(ask=ask, reason=REASON, seen=seen, by=by, at=AT)  # noqa: E731
    served, kept = against_the_freeze(ask, by, act)
    assert kept and "P1.3" not in kept["answers"]  # type: ignore[operator]
    assert (fresh(ask).state == AskState.RETURNED) is served


def test_a_decision_of_the_province_makes_the_approval_void_or_is_refused() -> None:
    ask, by = ready()
    value = Value(value="ข้อความของจังหวัด")

    def act(ask: Ask, by: Person) -> object:
        return override(round=ask.round, code="P1.3", answer=value, reason=REASON, seen=NONE_YET, by=by, at=AT)

    served, kept = against_the_freeze(ask, by, act)
    assert (kept is None) is served is ProvinceAnswer.objects.exists()


def test_a_row_taken_away_makes_the_approval_void_or_stays() -> None:
    ask, by = ready(AskState.ACCEPTED)
    routing = Routing(frozenset({"P1.3"}), frozenset(), {}, routing_version([ask]))
    served, kept = against_the_freeze(ask, by, lambda ask, by: route_rows(round=ask.round, routing=routing, by=by, at=AT))
    assert (kept is None) is served is (fresh(ask).withdrawn_at is not None)
    assert kept is None or "P1.3" in kept["answers"]  # type: ignore[operator]


def test_an_answer_is_saved_before_or_refused() -> None:
    ask, by = ready(AskState.RETURNED)
    served, _ = against_the_freeze(ask, by, lambda ask, by: save_answer(ask=ask, content=CONTENT, version=1, by=by, at=AT))
    assert fresh(ask).versions.count() == (2 if served else 1)


def test_evidence_is_attached_before_or_refused() -> None:
    ask, by = ready(AskState.RETURNED)
    posted = Posted(url="https://www.chiangmai.go.th/a.pdf")

    def act(ask: Ask, by: Person) -> object:
        outcome = attach(ask=ask, posted=posted, by=by, at=AT)
        if outcome.refused:
            raise outcome.refused[0][1]
        return outcome

    served, _ = against_the_freeze(ask, by, act)
    assert EvidenceLink.objects.exists() is served


def test_answers_are_sent_before_or_refused() -> None:
    ask, by = ready(AskState.OPEN)
    act: Act = lambda ask, by: submit_answers(round=ask.round, agency=ask.agency, by=by, at=AT)  # noqa: E731
    served, kept = against_the_freeze(ask, by, act)
    assert (fresh(ask).state == AskState.SUBMITTED) is served
    assert kept and "P1.3" not in kept["answers"]  # type: ignore[operator]


def test_everybody_at_once_and_the_set_is_what_the_tables_say() -> None:
    round = make_round()
    asks = [fresh(make_answered(round, code="P2.1.1", value=number)) for number in range(1, 5)]
    late = make_ask(round, code="P2.1.1")
    by = make_member(round.body, "coordinator")
    seen = {ask.pk: seen_of(ask) for ask in asks}
    acts = [lambda ask=ask: accept(ask=ask, seen=seen[ask.pk], by=by, at=AT) for ask in asks]
    acts.append(lambda: save_answer(ask=fresh(late), content={"value": 100}, version=0, by=by, at=AT))
    make_approved(round)
    told = together(lambda: freeze_round(round=round, by=by, at=AT, confirmed=True), *acts)
    assert all(one is None or isinstance(one, RoundClosed) for one in told[1:])
    accepted = [ask.answer.content["value"] for ask in asks if fresh(ask).state == AskState.ACCEPTED]
    if accepted:
        assert isinstance(told[0], ApprovalVoid)
        assert not AnswerSet.objects.exists()
    else:
        assert told[0] is None
        assert json.loads(AnswerSet.objects.get(round=round).document)["answers"] == {}


PAPER = b"%PDF-1.7 a plan\n%%EOF"


def carried(ask: Ask, by: Person) -> object:
    return use_carried(ask=ask, version=1, by=by, at=AT)


def from_a_workbook(ask: Ask, by: Person) -> object:
    entries = [Entry(ask, CONTENT, 1)]
    return apply_workbook(round=ask.round, agency=ask.agency, entries=entries, sha256="a" * 64, by=by, at=AT)


def newest(ask: Ask, by: Person) -> object:
    link = EvidenceLink.objects.select_related(
        "evidence__agency", "ask__round__body", "ask__round__survey", "ask__agency"
    ).get()
    new = replace(evidence=link.evidence, url="https://www.chiangmai.go.th/new.pdf", about=About(), by=by, at=AT)
    return use_newest(link=link, newest=new, by=by, at=AT)


def many_files(ask: Ask, by: Person) -> object:
    uploads = [Upload("P1.3_แผน.pdf", [PAPER])]
    given = {"round": ask.round, "agency": ask.agency, "edition": tiny_edition(), "asks": {"P1.3": ask}}
    return file_away(**given, uploads=uploads, by=by, at=AT)  # type: ignore[arg-type]


def listed(ask: Ask, by: Person) -> object:
    thing = Thing("ระบบจองคิว", "parent", is_digital=True)
    return add_items(round=ask.round, agency=ask.agency, kind="services", things=[thing], by=by, at=AT)


@pytest.mark.parametrize("act", [carried, from_a_workbook, newest, many_files, listed], ids=lambda act: act.__name__)
def test_every_other_way_in_comes_before_or_is_refused(act: Act) -> None:
    """And nothing of it is half done: the row's answer, evidence and list are as before, or as after."""
    ask, by = ready(AskState.RETURNED)
    make_evidence(ask)
    CarriedAnswer.objects.create(ask=ask, content=CONTENT, from_year=2566, from_code="P1.3", relation="equal", by=by, at=AT)
    served, _ = against_the_freeze(ask, by, act)
    settled = not CarriedAnswer.objects.filter(settled_at=None).exists()
    wrote = {
        "carried": fresh(ask).answer.version == 2 and settled,
        "from_a_workbook": fresh(ask).answer.version == 2 and not settled,
        "newest": EvidenceLink.objects.filter(ask=ask).count() == 2 and ask.evidence_links.filter(removed_at=None).count() == 1,
        "many_files": EvidenceLink.objects.filter(ask=ask, evidence__file__isnull=False).exists(),
        "listed": ListItem.objects.exists(),
    }
    assert [name for name, is_so in wrote.items() if is_so] == ([act.__name__] if served else [])
