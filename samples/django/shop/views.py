"""The endpoints."""

from __future__ import annotations

import json

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from .models import Customer, TestData
from .report import make_report
from .tasks import TASK_NAMES, sample_task

# A constant amount of work, however many rows the tasks have added.
DATA_ROWS = 20


@require_GET
def home(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"app": "django", "message": "Sample app of Insights comparison"})


@require_GET
def data(request: HttpRequest) -> JsonResponse:
    rows = TestData.objects.order_by("-id").values("id", "name", "value", "created_at")[:DATA_ROWS]
    return JsonResponse({"rows": list(rows)})


@csrf_exempt
@require_POST
def task(request: HttpRequest) -> JsonResponse:
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    task_name = body.get("task_name") if isinstance(body, dict) else None
    if task_name not in TASK_NAMES:
        message = f"task_name must be one of {', '.join(TASK_NAMES)}; it is {task_name!r}."
        return JsonResponse({"error": message}, status=400)
    result = sample_task.delay(task_name)
    return JsonResponse({"task_id": result.id, "task_name": task_name}, status=202)


@require_GET
def error(request: HttpRequest) -> JsonResponse:
    try:
        a, b = int(request.GET["a"]), int(request.GET["b"])
    except (KeyError, ValueError):
        return JsonResponse({"error": "a and b must be whole numbers, as in /api/error/?a=6&b=3."}, status=400)
    # b=0 is not caught on purpose: a real unhandled exception, status 500, which Honeybadger notices.
    return JsonResponse({"a": a, "b": b, "result": a / b})


@require_GET
def warmup(request: HttpRequest) -> JsonResponse:
    """Ready means: the database answers and has been prepared."""
    try:
        customers = Customer.objects.count()
    except DatabaseError as problem:
        message = f"The database cannot be read: run `python manage.py prepare` first. ({problem})"
        return JsonResponse({"error": message}, status=503)
    return JsonResponse({"status": "ready", "customers": customers})


@require_GET
def report(request: HttpRequest) -> JsonResponse:
    """Six queries of 300 characters and more: where Insights costs most."""
    return JsonResponse(make_report())
