"""The room's registration with Django."""

from django.apps import AppConfig


class UiRoom(AppConfig):
    """ui"""

    name = "phrom.shared.ui"
    label = "ui"
