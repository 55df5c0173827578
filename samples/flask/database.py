"""The engine and its sessions, one of each per process."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import sessionmaker

import config


def create_database_engine() -> Engine:
    if config.database_engine() == "sqlite":
        # Web process and worker write to one file: wait for the other's lock instead of failing at once.
        return create_engine(config.database_url(), connect_args={"timeout": 20})
    # MySQL closes connections that were idle for long.
    return create_engine(config.database_url(), pool_recycle=280)


engine = create_database_engine()
Session = sessionmaker(engine)
