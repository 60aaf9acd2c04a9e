"""The room's registration with Django."""

from django.apps import AppConfig


class SurveyRoom(AppConfig):
    """survey"""

    name = "phrom.survey"
    label = "survey"
