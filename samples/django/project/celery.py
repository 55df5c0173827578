"""The Celery app, shared by the web process (which sends tasks) and the worker (which runs them)."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

from . import settings  # noqa: E402

app = Celery("project")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

if settings.IS_HONEYBADGER_ON:
    from honeybadger.contrib import CeleryHoneybadger

    CeleryHoneybadger(app, report_exceptions=True)
