"""What the environment decides. A .env file is never loaded: the process environment is the only source."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL


def is_honeybadger_on() -> bool:
    """SAMPLE_HONEYBADGER=off: the honeybadger package is never imported, neither by the web process nor by the worker."""
    return os.environ.get("SAMPLE_HONEYBADGER", "on").lower() != "off"


def secret_key() -> str:
    return os.environ.get("SECRET_KEY") or "insecure-key-of-a-sample-app"


def database_engine() -> str:
    """DB_ENGINE, or what the other variables imply: a DB_HOST means MySQL or MariaDB, none means SQLite."""
    engine = os.environ.get("DB_ENGINE") or ("mysql" if os.environ.get("DB_HOST") else "sqlite")
    if engine not in ("sqlite", "mysql"):
        raise ValueError(f"DB_ENGINE must be sqlite or mysql, not {engine!r}.")
    return engine


def database_url() -> URL:
    if database_engine() == "sqlite":
        return URL.create("sqlite", database=os.environ.get("DB_NAME") or "sample.sqlite3")
    return URL.create(
        "mysql+pymysql",
        username=os.environ.get("DB_USER") or "root",
        password=os.environ.get("DB_PASSWORD") or None,
        host=os.environ.get("DB_HOST") or "127.0.0.1",
        port=int(os.environ.get("DB_PORT") or 3306),
        database=os.environ.get("DB_NAME") or "sample",
        query={"charset": "utf8mb4"},
    )


def broker_url() -> str:
    return os.environ.get("CELERY_BROKER_URL") or "filesystem://localhost"


def broker_folder() -> Path:
    """Where the filesystem broker keeps its messages."""
    return Path(os.environ.get("BROKER_DIR") or ".broker").resolve()
