"""The room's registration with Django."""

from django.apps import AppConfig


class CommitteeRoom(AppConfig):
    """committee"""

    name = "phrom.committee"
    label = "committee"
