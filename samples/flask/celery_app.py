"""The Celery app, shared by the web process (which sends tasks) and the worker (which runs them)."""

from __future__ import annotations

from celery import Celery

import broker
import config


def create_celery_app() -> Celery:
    app = Celery("sample", broker=config.broker_url())
    app.conf.update(
        task_ignore_result=True,
        # As many messages as threads: a stopping worker finishes what it has taken, within one task's five seconds.
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True,
    )
    if config.broker_url().startswith("filesystem:"):
        app.conf.broker_transport_options = broker.use_folder(config.broker_folder())
    if config.is_honeybadger_on():
        from honeybadger.contrib import CeleryHoneybadger

        CeleryHoneybadger(app, report_exceptions=True)
    return app


celery_app = create_celery_app()
