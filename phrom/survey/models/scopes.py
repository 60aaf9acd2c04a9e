"""Where every query of the room begins: at what the person may see. What is outside does not exist for them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.survey.models.answers import Evidence, EvidenceLink
from phrom.survey.models.lists import ListItem, Twin
from phrom.survey.models.rounds import Ask, Round
from phrom.survey.models.saving import ask_to_save


def agencies_within(access: Access, permission: str) -> QuerySet[Agency]:
    """The agencies for which the permission holds, with their body."""
    bodies = access.body_ids(permission)
    held = Q(pk__in=access.agency_ids(permission))
    return Agency.objects.filter(held | Q(body_id__in=bodies) if bodies else held).select_related("body")


def asks_within(access: Access, permission: str) -> QuerySet[Ask]:
    """The asks of the agencies for which the permission holds, with answer, agency, round, body, survey (document deferred)."""
    held = _agency_held(access, permission, "agency")
    return (
        Ask.objects.filter(held)
        .select_related("agency", "round__body", "round__survey", "answer")
        .defer("round__survey__document")
    )


def ask_to_save_or_404(access: Access, ask_id: int) -> Ask:
    """The ask, when the person may edit its agency's answers; 404 for everybody else's and for what is not there."""
    ask = ask_to_save(ask_id)
    if ask is None or not access.can("answer.edit", ask.agency):
        raise Http404
    return ask


def evidence_links_within(access: Access, permission: str) -> QuerySet[EvidenceLink]:
    """Evidence under the asks of those agencies; what was taken away stays readable, for reviews of the past."""
    held = _agency_held(access, permission, "ask__agency")
    return (
        EvidenceLink.objects.filter(held)
        .select_related("evidence__file", "ask__agency", "ask__round__body", "ask__round__survey")
        .defer("ask__round__survey__document")
    )


def evidence_within(access: Access, permission: str) -> QuerySet[Evidence]:
    """The library: what those agencies brought; for reading also what any agency of the same body shares."""
    held = _agency_held(access, permission, "agency")
    if permission == "evidence.view":
        bodies = {agency.own_body_id for agency in access.agencies(permission)}
        held |= Q(shared_at__isnull=False) & (Q(agency__body_id__in=bodies) | Q(agency_id__in=bodies))
    return Evidence.objects.filter(held).select_related("agency__body", "file", "added_by", "shared_by")


def list_items_within(access: Access, permission: str) -> QuerySet[ListItem]:
    """The named things of those agencies, taken away or not, with their round and evidence."""
    items = ListItem.objects.filter(_agency_held(access, permission, "agency"))
    return items.select_related("agency", "evidence", "round__body", "round__survey").defer("round__survey__document")


def twins_of(round: Round) -> QuerySet[Twin]:
    """What was said in a round that the person may consolidate, taken back or not."""
    return Twin.objects.filter(first__round=round).select_related(
        "first__round__body", "first__round__survey", "first__agency", "second__agency"
    )


def rounds_within(access: Access, permission: str) -> QuerySet[Round]:
    """The rounds of the bodies to which the person belongs with this permission, newest first."""
    bodies = {agency.own_body_id for agency in access.agencies(permission)}
    return Round.objects.filter(body_id__in=bodies).select_related("body", "survey").defer("survey__document")


def _agency_held(access: Access, permission: str, agency: str) -> Q:
    own = Q(**{f"{agency}_id__in": access.agency_ids(permission)})
    bodies = access.body_ids(permission)
    return own | Q(**{f"{agency}__body_id__in": bodies}) if bodies else own
