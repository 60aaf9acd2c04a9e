"""The application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from phrom.config.turns import InTurns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phrom.config.settings")
application = InTurns(get_wsgi_application())
