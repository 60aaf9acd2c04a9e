"""The room's registration with Django."""

from django.apps import AppConfig


class ResultsRoom(AppConfig):
    """results"""

    name = "phrom.results"
    label = "results"
