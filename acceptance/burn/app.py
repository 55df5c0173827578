"""A WSGI app that burns an exact amount of CPU per request: by the thread's own clock, so however fast the machine is."""

import os
import time

BURN_SECONDS = float(os.environ.get("BURN_US", "1000")) / 1e6


def app(environ, start_response):
    end = time.thread_time() + BURN_SECONDS
    while time.thread_time() < end:
        pass
    body = b"burnt\n"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
