"""Background work."""

from __future__ import annotations

import random
import time

from celery import shared_task
from django.utils import timezone

from .models import TestData

TASK_NAMES = ("user_action", "data_processing", "report_generation", "cleanup_task", "analysis_job")


@shared_task(name="sample_task")
def sample_task(task_name: str) -> None:
    """Stands for slow work: sleeps one to five seconds, then stores a row."""
    time.sleep(random.uniform(1, 5))
    TestData.objects.create(name=task_name, value=random.randrange(1000), created_at=timezone.now())
