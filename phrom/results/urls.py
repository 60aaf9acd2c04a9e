"""Routes of the room."""

from django.urls import path

from phrom.results.views import dashboard, packs

urlpatterns = [
    path("rounds/<int:round_id>/results/", dashboard.dashboard, name="dashboard"),
    path("rounds/<int:round_id>/results/<str:pillar>/", dashboard.dashboard_pillar, name="dashboard_pillar"),
    path("rounds/<int:round_id>/snapshots/", dashboard.snapshot_take, name="snapshot_take"),
    path("rounds/<int:round_id>/freeze/", dashboard.freeze, name="freeze"),
    path("rounds/<int:round_id>/packs/", packs.packs, name="packs"),
    path("packs/<int:pack_id>/progress/", packs.pack_progress, name="pack_progress"),
    path("packs/<int:pack_id>/file/", packs.pack_download, name="pack_download"),
]
