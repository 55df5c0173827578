"""Settings. A .env file is never loaded: the process environment is the only source."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from . import broker

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("SECRET_KEY") or "insecure-key-of-a-sample-app"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
INSTALLED_APPS = ["shop"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

# SAMPLE_HONEYBADGER=off: the honeybadger package is never imported, neither by the web process nor by the worker.
IS_HONEYBADGER_ON = os.environ.get("SAMPLE_HONEYBADGER", "on").lower() != "off"

MIDDLEWARE = [
    *(["honeybadger.contrib.DjangoHoneybadgerMiddleware"] if IS_HONEYBADGER_ON else []),
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}


def database_engine() -> str:
    """DB_ENGINE, or what the other variables imply: a DB_HOST means MySQL or MariaDB, none means SQLite."""
    engine = os.environ.get("DB_ENGINE") or ("mysql" if os.environ.get("DB_HOST") else "sqlite")
    if engine not in ("sqlite", "mysql"):
        raise ValueError(f"DB_ENGINE must be sqlite or mysql, not {engine!r}.")
    return engine


def database() -> dict[str, Any]:
    # Connections are kept: opening one for each request would hide what a query costs.
    if database_engine() == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("DB_NAME") or BASE_DIR / "sample.sqlite3",
            "CONN_MAX_AGE": None,
            # Web process and worker write to one file: wait for the other's lock instead of failing at once.
            "OPTIONS": {"timeout": 20},
        }
    import pymysql

    pymysql.install_as_MySQLdb()
    return {
        "ENGINE": "django.db.backends.mysql",
        "NAME": os.environ.get("DB_NAME") or "sample",
        "HOST": os.environ.get("DB_HOST") or "127.0.0.1",
        "PORT": int(os.environ.get("DB_PORT") or 3306),
        "USER": os.environ.get("DB_USER") or "root",
        "PASSWORD": os.environ.get("DB_PASSWORD") or "",
        "CONN_MAX_AGE": 280,
        "OPTIONS": {"charset": "utf8mb4"},
    }


DATABASES = {"default": database()}

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or "filesystem://localhost"
if CELERY_BROKER_URL.startswith("filesystem:"):
    broker_folder = Path(os.environ.get("BROKER_DIR") or BASE_DIR / ".broker").resolve()
    CELERY_BROKER_TRANSPORT_OPTIONS = broker.use_folder(broker_folder)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
# As many messages as threads: a stopping worker finishes what it has taken, within one task's five seconds.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
