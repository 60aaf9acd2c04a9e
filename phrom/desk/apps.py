"""The room's registration with Django."""

from django.apps import AppConfig


class DeskRoom(AppConfig):
    """desk"""

    name = "phrom.desk"
    label = "desk"
