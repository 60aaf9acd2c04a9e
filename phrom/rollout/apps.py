"""The room's registration with Django."""

from django.apps import AppConfig


class RolloutRoom(AppConfig):
    """rollout"""

    name = "phrom.rollout"
    label = "rollout"
