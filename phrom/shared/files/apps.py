"""The room's registration with Django."""

from django.apps import AppConfig


class FilesRoom(AppConfig):
    """files"""

    name = "phrom.shared.files"
    label = "files"
