"""Routes of the room."""

from django.urls import path

from phrom.results.views import dashboard

urlpatterns = [
    path("rounds/<int:round_id>/results/", dashboard.dashboard, name="dashboard"),
    path("rounds/<int:round_id>/results/<str:pillar>/", dashboard.dashboard_pillar, name="dashboard_pillar"),
    path("rounds/<int:round_id>/snapshots/", dashboard.snapshot_take, name="snapshot_take"),
    path("rounds/<int:round_id>/freeze/", dashboard.freeze, name="freeze"),
]
