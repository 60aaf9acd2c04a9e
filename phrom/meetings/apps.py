"""The room's registration with Django."""

from django.apps import AppConfig


class MeetingsRoom(AppConfig):
    """meetings"""

    name = "phrom.meetings"
    label = "meetings"
