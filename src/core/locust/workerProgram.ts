/**
 * Python that each Locust worker loads before the file with the users (`-f OURS,THEIRS`). It gives every request of `HttpUser` and `FastHttpUser`
 * an id of the trial, keeps the book of what was sent and what came of it (latencies in µs to three digits, where Locust's own tables round to
 * milliseconds), and sends it to the master by Locust's own messages: each second, and when the users have stopped.
 */
export const workerProgram = `
import random
import time

import gevent
from locust import events
from locust.clients import HttpSession
from locust.contrib.fasthttp import FastHttpSession

NEVER = float("inf")
LONGEST_REASON = 200


def three_digits(number):
    return number if number < 1000 else round(number, 3 - len(str(number)))


class Second:
    """What has ended since the last report."""

    def __init__(self):
        self.requests = 0
        self.failures = 0
        self.latency = {}


class Book:
    """One trial of this worker. Times are those of its own clock."""

    def __init__(self, prefix, index, step):
        self.prefix = prefix
        self.index = index
        self.step = step
        self.sent = 0
        self.in_flight = set()
        self.unanswered = []
        self.window = [NEVER, NEVER]
        self.endpoints = {}
        self.samples = []
        self.second = Second()
        self.delays = {}
        self.cpu = [0.0, 0.0]

    def send(self):
        number = self.index + self.sent * self.step
        self.sent += 1
        self.in_flight.add(number)
        return number

    def is_in_window(self, at):
        return self.window[0] <= at < self.window[1]

    def is_open(self):
        return self.window[0] != NEVER and self.window[1] == NEVER

    def end(self, endpoint, started, ended, microseconds, failure, length):
        """A request, or whatever else a user reports, has ended."""
        self.second.requests += 1
        if failure is None:
            count(self.second.latency, microseconds)
        else:
            self.second.failures += 1
        entry = self.endpoints.setdefault(endpoint, {"requests": 0, "failures": {}, "bytesIn": 0, "latency": {}})
        if self.is_in_window(ended):
            entry["requests"] += 1
            entry["bytesIn"] += length
            if failure is not None:
                count(entry["failures"], failure)
        if failure is None and self.is_in_window(started):
            count(entry["latency"], microseconds)


def count(book, key):
    book[key] = book.get(key, 0) + 1


class Worker:
    book = None
    runner = None


def with_ids(session):
    plain = session.request

    def request(self, method, url, *args, **kwargs):
        book = Worker.book
        if book is None:
            return plain(self, method, url, *args, **kwargs)
        number = book.send()
        own = {name: value for name, value in (kwargs.get("headers") or {}).items() if name.lower() != "x-request-id"}
        kwargs["headers"] = {**own, "X-Request-ID": "%s-%d" % (book.prefix, number)}
        response = plain(self, method, url, *args, **kwargs)
        book.in_flight.discard(number)
        if not getattr(response, "status_code", 0):
            book.unanswered.append(number)
        return response

    session.request = request


with_ids(HttpSession)
with_ids(FastHttpSession)


def reason_of(exception, response):
    if exception is None:
        return None
    status = getattr(response, "status_code", 0)
    text = str(exception) or type(exception).__name__
    return "HTTP %d" % status if status and "for url" in text else text[:LONGEST_REASON]


@events.request.add_listener
def on_request(request_type, name, response_time, response_length, exception=None, start_time=None, response=None, **_):
    book = Worker.book
    if book is None:
        return
    ended = time.time()
    started = ended - response_time / 1000 if start_time is None else start_time
    failure = reason_of(exception, response)
    # One without a name of its own is called by its path alone.
    endpoint = "%s %s" % (request_type, name) if str(name).startswith("/") else str(name)
    microseconds = three_digits(max(1, round(response_time * 1000)))
    book.end(endpoint, started, ended, microseconds, failure, response_length or 0)
    if failure is not None and len(book.samples) < 10:
        body = getattr(response, "text", None) or ""
        book.samples.append({"endpoint": endpoint, "reason": failure, "body": str(body)[:300]})


def on_trial(environment, msg, **_):
    data = msg.data
    index = data["indexes"].get(Worker.runner.client_id)
    if index is None:
        return
    Worker.book = Book(data["prefix"], index, data["step"])
    random.seed("%s/%s" % (data["seed"], index))


def on_window(environment, msg, **_):
    book = Worker.book
    if book is None:
        return
    edge = 0 if msg.data["edge"] == "start" else 1
    book.window[edge] = time.time()
    book.cpu[edge] = time.process_time()


def report_seconds():
    while True:
        gevent.sleep(1)
        book = Worker.book
        if book is None:
            continue
        second, book.second = book.second, Second()
        data = {"requests": second.requests, "failures": second.failures, "latency": second.latency}
        Worker.runner.send_message("insights_second", {**data, "users": Worker.runner.user_count})


def watch_delay():
    """How late this process gets to what it has to do."""
    pause = 0.02
    while True:
        before = time.perf_counter()
        gevent.sleep(pause)
        book = Worker.book
        if book is not None and book.is_open():
            count(book.delays, three_digits(max(0, round((time.perf_counter() - before - pause) * 1e6))))


@events.test_stop.add_listener
def on_stop(environment, **_):
    book = Worker.book
    if book is None or Worker.runner is None:
        return
    Worker.book = None
    if book.window[1] == NEVER:
        book.window[1] = time.time()
        book.cpu[1] = time.process_time()
    Worker.runner.send_message(
        "insights_result",
        {
            "prefix": book.prefix,
            "index": book.index,
            "step": book.step,
            "sent": book.sent,
            "unanswered": sorted([*book.unanswered, *book.in_flight]),
            "endpoints": book.endpoints,
            "samples": book.samples,
            "delays": book.delays,
            "cpuSeconds": book.cpu[1] - book.cpu[0] if book.window[0] != NEVER else 0,
        },
    )


@events.init.add_listener
def on_init(environment, runner, **_):
    if not hasattr(runner, "client_id"):
        return
    Worker.runner = runner
    runner.register_message("insights_trial", on_trial)
    runner.register_message("insights_window", on_window)
    gevent.spawn(report_seconds)
    gevent.spawn(watch_delay)
`.trimStart();
