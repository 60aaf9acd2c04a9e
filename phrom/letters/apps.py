"""The room's registration with Django."""

from django.apps import AppConfig


class LettersRoom(AppConfig):
    """letters"""

    name = "phrom.letters"
    label = "letters"
