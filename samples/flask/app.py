"""The Flask app (`app:app`) and its Celery app (`app:celery_app`)."""

from __future__ import annotations

from flask import Flask

import config
from celery_app import celery_app
from views import views

__all__ = ["app", "celery_app"]


def create_app() -> Flask:
    flask_app = Flask(__name__)
    flask_app.config["SECRET_KEY"] = config.secret_key()
    flask_app.register_blueprint(views)
    if config.is_honeybadger_on():
        from honeybadger.contrib import FlaskHoneybadger

        FlaskHoneybadger(flask_app, report_exceptions=True)
    return flask_app


app = create_app()
