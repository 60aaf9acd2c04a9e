"""The room's registration with Django."""

from django.apps import AppConfig
from django.core.checks import register

from phrom.config.checks import system_check


class ConfigRoom(AppConfig):
    """config"""

    name = "phrom.config"
    label = "config"

    def ready(self) -> None:
        """Our own checks join Django's; those that ask the database run where the database is asked for."""
        register(system_check, "database")
        # Models exist only now; the two tables that letters leaves open are filled here.
        from phrom.config.loops import close_loops  # noqa: PLC0415
        from phrom.config.ways import open_ways  # noqa: PLC0415

        open_ways()
        close_loops()
