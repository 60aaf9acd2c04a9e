"""All routes. Each has a name, and each name stands in the access table."""

from django.urls import include, path

from phrom.config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("phrom.desk.urls")),
    path("", include("phrom.agencies.urls")),
    path("", include("phrom.letters.urls")),
    path("", include("phrom.committee.urls")),
    path("", include("phrom.meetings.urls")),
    path("", include("phrom.survey.urls")),
    path("", include("phrom.rollout.urls")),
    path("", include("phrom.results.urls")),
    path("api/", include("phrom.api.urls")),
]
handler400 = "phrom.config.errors.bad_request"
handler404 = "phrom.config.errors.not_found"
handler500 = "phrom.config.errors.server_error"
