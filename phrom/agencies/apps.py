"""The room's registration with Django."""

from django.apps import AppConfig


class AgenciesRoom(AppConfig):
    """agencies"""

    name = "phrom.agencies"
    label = "agencies"
