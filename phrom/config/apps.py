"""The room's registration with Django."""

from django.apps import AppConfig


class ConfigRoom(AppConfig):
    """config"""

    name = "phrom.config"
    label = "config"
