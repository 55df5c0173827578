"""A WSGI app with costs of known size, each switched on by a variable of its variant.

CPU is burnt by the clock of the thread (in a child: of the process), so its amount is exact however fast the machine is.
"""

import itertools
import os
import threading
import time


def amount(name):
    return float(os.environ.get(name, "0"))


BURN_SECONDS = (amount("KNOWN_BASE_US") + amount("KNOWN_EXTRA_US")) / 1e6
SLEEP_SECONDS = amount("KNOWN_SLEEP_MS") / 1e3
# Unset: no children. 0: a child for each request that does nothing.
CHILD_SECONDS = amount("KNOWN_CHILD_US") / 1e6 if "KNOWN_CHILD_US" in os.environ else None
LEAK_BYTES = int(amount("KNOWN_LEAK_BYTES"))
ERRORS_PER_HUNDRED = int(amount("KNOWN_ERRORS_PER_HUNDRED"))
BACKGROUND_SECONDS = amount("KNOWN_BACKGROUND_MS_PER_SECOND") / 1e3

leaked = []
files = [open(os.devnull) for _ in range(int(amount("KNOWN_FILES")))]
requests = itertools.count()


def burn(seconds, clock):
    end = clock() + seconds
    while clock() < end:
        pass


def burn_in_child():
    pid = os.fork()
    if pid == 0:
        burn(CHILD_SECONDS, time.process_time)
        os._exit(0)
    os.waitpid(pid, 0)


def burn_each_second():
    due = time.monotonic()
    while True:
        burn(BACKGROUND_SECONDS, time.thread_time)
        due += 1
        time.sleep(max(0, due - time.monotonic()))


def has_error(number):
    """Spread over each hundred, none among the first requests: those prove that the app is ready."""
    return number % 100 * ERRORS_PER_HUNDRED % 100 >= 100 - ERRORS_PER_HUNDRED


for _ in range(int(amount("KNOWN_THREADS"))):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
if BACKGROUND_SECONDS > 0:
    threading.Thread(target=burn_each_second, daemon=True).start()


def app(environ, start_response):
    burn(BURN_SECONDS, time.thread_time)
    if SLEEP_SECONDS > 0:
        time.sleep(SLEEP_SECONDS)
    if CHILD_SECONDS is not None:
        burn_in_child()
    if LEAK_BYTES > 0:
        # Written to, so that it is resident.
        leaked.append(b"x" * LEAK_BYTES)
    status = "500 Internal Server Error" if has_error(next(requests)) else "200 OK"
    body = b"known\n"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
