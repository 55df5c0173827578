"""The endpoints."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from database import Session
from models import Customer, TestData
from report import make_report
from tasks import TASK_NAMES, sample_task

views = Blueprint("views", __name__)

# A constant amount of work, however many rows the tasks have added.
DATA_ROWS = 20


@views.get("/")
def home() -> Response:
    return jsonify(app="flask", message="Sample app of Insights comparison")


@views.get("/api/data/")
def data() -> Response:
    with Session() as session:
        rows = session.scalars(select(TestData).order_by(TestData.id.desc()).limit(DATA_ROWS)).all()
    return jsonify(
        rows=[
            {"id": row.id, "name": row.name, "value": row.value, "created_at": f"{row.created_at.isoformat()}Z"}
            for row in rows
        ]
    )


@views.post("/api/task/")
def task() -> tuple[Response, int]:
    body = request.get_json(silent=True)
    task_name = body.get("task_name") if isinstance(body, dict) else None
    if task_name not in TASK_NAMES:
        return jsonify(error=f"task_name must be one of {', '.join(TASK_NAMES)}; it is {task_name!r}."), 400
    result = sample_task.delay(task_name)
    return jsonify(task_id=result.id, task_name=task_name), 202


@views.get("/api/error/")
def error() -> Response | tuple[Response, int]:
    try:
        a, b = int(request.args["a"]), int(request.args["b"])
    except (KeyError, ValueError):
        return jsonify(error="a and b must be whole numbers, as in /api/error/?a=6&b=3."), 400
    # b=0 is not caught on purpose: a real unhandled exception, status 500, which Honeybadger notices.
    return jsonify(a=a, b=b, result=a / b)


@views.get("/api/warmup/")
def warmup() -> Response | tuple[Response, int]:
    """Ready means: the database answers and has been prepared."""
    try:
        with Session() as session:
            customers = session.scalar(select(func.count()).select_from(Customer))
    except DatabaseError as problem:
        message = f"The database cannot be read: run `python -m prepare` first. ({problem.orig})"
        return jsonify(error=message), 503
    return jsonify(status="ready", customers=customers)


@views.get("/api/report/")
def report() -> Response:
    """Six queries of 300 characters and more: where Insights costs most."""
    with Session() as session:
        return jsonify(make_report(session))
