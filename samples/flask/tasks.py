"""Background work."""

from __future__ import annotations

import random
import time

from celery_app import celery_app
from database import Session
from models import TestData, utc_now

TASK_NAMES = ("user_action", "data_processing", "report_generation", "cleanup_task", "analysis_job")


@celery_app.task(name="sample_task")
def sample_task(task_name: str) -> None:
    """Stands for slow work: sleeps one to five seconds, then stores a row."""
    time.sleep(random.uniform(1, 5))
    with Session.begin() as session:
        session.add(TestData(name=task_name, value=random.randrange(1000), created_at=utc_now()))
