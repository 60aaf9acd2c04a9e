"""One route: save."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone

from tests.bench.floor_app.models import Audit, Saved


@login_required
def save(request: WSGIRequest, ask: int) -> JsonResponse:
    """Upsert one value and append one audit row in a transaction."""
    now = timezone.now()
    with transaction.atomic():
        Saved.objects.bulk_create(
            [Saved(ask=ask, value=request.POST["value"], at=now)],
            update_conflicts=True,
            unique_fields=["ask"],
            update_fields=["value", "at"],
        )
        Audit.objects.create(ask=ask, by=request.user.pk, at=now)
    return JsonResponse({"saved": True})


urlpatterns = [path("save/<int:ask>/", save), path("", lambda request: JsonResponse({"alive": True}))]
