"""All routes. Each has a name, and each name stands in the access table."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
handler404 = "phrom.config.errors.not_found"
handler500 = "phrom.config.errors.server_error"
