"""Routes of the room."""

from django.urls import path

from phrom.results.views import checking, compare, dashboard, inserting, packs, ready, rekeying

urlpatterns = [
    path("rounds/<int:round_id>/results/", dashboard.dashboard, name="dashboard"),
    path("rounds/<int:round_id>/results/<str:pillar>/", dashboard.dashboard_pillar, name="dashboard_pillar"),
    path("rounds/<int:round_id>/snapshots/", dashboard.snapshot_take, name="snapshot_take"),
    path("rounds/<int:round_id>/compare/", compare.compare, name="compare"),
    path("rounds/<int:round_id>/ready/", ready.ready, name="ready"),
    path("rounds/<int:round_id>/freeze/", dashboard.freeze, name="freeze"),
    path("rounds/<int:round_id>/packs/", packs.packs, name="packs"),
    path("rounds/<int:round_id>/rekey/", rekeying.rekey, name="rekey"),
    path("rounds/<int:round_id>/cover/", rekeying.cover_draft, name="cover_draft"),
    path("agenda-items/<int:item_id>/insert/", inserting.paper_insert, name="paper_insert"),
    path("papers/<int:paper_id>/refresh/", inserting.paper_refresh, name="paper_refresh"),
    path("packs/<int:pack_id>/progress/", packs.pack_progress, name="pack_progress"),
    path("check/", checking.check, name="check"),
    path("check/<str:sha256>/", checking.check_set, name="check_set"),
    path("packs/<int:pack_id>/file/", packs.pack_download, name="pack_download"),
]
