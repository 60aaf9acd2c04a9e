"""The room's registration with Django."""

from django.apps import AppConfig


class ApiRoom(AppConfig):
    """api"""

    name = "phrom.api"
    label = "api"
