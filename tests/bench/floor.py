"""The floor: the least that a Django app does for one autosave (session, CSRF, login check, one upsert, one audit row)."""

from __future__ import annotations

import os
from pathlib import Path

from phrom.config.databases import database_from

DATA = Path(os.environ["PHROM_DATA"])
SECRET_KEY = "only for the measurement, on this machine, never served"
DATABASES = {"default": database_from(os.environ.get("PHROM_DB", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "tests.bench.floor_app"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "tests.bench.floor_app.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
