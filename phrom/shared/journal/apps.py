"""The room's registration with Django."""

from django.apps import AppConfig


class JournalRoom(AppConfig):
    """journal"""

    name = "phrom.shared.journal"
    label = "journal"
