/**
 * Python that is Locust's master for a whole run, without web page or command line. Orders come as JSON lines on standard input, what it has to
 * say goes as JSON lines to standard output; at the end of its input it ends. Arguments: the file with the users, the port, the address to listen on,
 * and perhaps user classes: then these alone.
 *
 * In: `{type: "gather", …}`, `{type: "run", …}` (see `MasterOrder`), `{type: "stop"}`. Out: see `MasterWord`.
 */
export const masterProgram = `
import json
import os
import sys
import time

import gevent
import locust
from gevent.event import Event
from locust.env import Environment
from locust.rpc import Message
from locust.runners import MasterRunner
from locust.util.load_locustfile import load_locustfile

# What a user's file prints must not stand among our lines.
words = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

STOP_SECONDS = 1
RESULT_SECONDS = 5


def say(**word):
    words.write(json.dumps(word) + "\\n")
    words.flush()


def series(version):
    return str(version).split(".")[:2]


class Master(MasterRunner):
    def handle_message(self, client_id, msg):
        if msg.type == "client_ready" and series(msg.data) != series(locust.__version__):
            say(type="refused", version=str(msg.data))
            self.server.send_to_client(Message("quit", None, client_id))
            return
        super().handle_message(client_id, msg)


class State:
    stopped = Event()
    results = {}
    second = None
    running = None
    # Seconds of the window.
    told = 0


def new_second():
    return {"requests": 0, "failures": 0, "latency": {}, "users": {}}


def on_second(environment, msg, **_):
    second = State.second
    if second is None:
        return
    second["requests"] += msg.data["requests"]
    second["failures"] += msg.data["failures"]
    for microseconds, times in msg.data["latency"].items():
        second["latency"][microseconds] = second["latency"].get(microseconds, 0) + times
    second["users"][msg.node_id] = msg.data["users"]


def on_result(environment, msg, **_):
    State.results[msg.node_id] = msg.data


def wait_for(condition, seconds):
    with gevent.Timeout(seconds, False):
        while not condition():
            if State.stopped.is_set():
                return False
            gevent.sleep(0.02)
        return True
    return False


def gather(environment, runner, order):
    told = None

    def are_there():
        nonlocal told
        count = len(runner.clients.ready)
        if count != told:
            told = count
            say(type="joined", workers=count)
        return count >= order["workers"]

    if wait_for(are_there, order["waitSeconds"]):
        say(type="gathered")
    else:
        say(type="failed", message="%d of %d workers are there" % (told or 0, order["workers"]))


def tell_second(started, is_measured):
    second, State.second = State.second, new_second()
    latency = sorted([int(microseconds), times] for microseconds, times in second["latency"].items())
    say(
        type="second",
        atSeconds=(clock() - started),
        isMeasured=is_measured,
        users=sum(second["users"].values()),
        requests=second["requests"],
        failures=second["failures"],
        latency=latency,
    )
    State.told += 1 if is_measured else 0


def tell_seconds(started, is_measured):
    while True:
        gevent.sleep(1)
        tell_second(started, is_measured)


def clock():
    return time.monotonic()


def run(environment, runner, order):
    if not wait_for(lambda: len(runner.clients.ready) >= order["workers"], order["waitSeconds"]):
        if State.stopped.is_set():
            say(type="done", durationSeconds=0, results=[], lost=[], workers=0)
        else:
            say(type="failed", message="%d of %d workers are there" % (len(runner.clients.ready), order["workers"]))
        return
    State.results = {}
    State.second = new_second()
    clients = sorted(client.id for client in runner.clients.ready)
    indexes = {client: index for index, client in enumerate(clients)}
    trial = {"prefix": order["prefix"], "step": len(clients), "indexes": indexes, "seed": order["seed"]}
    runner.send_message("insights_trial", trial)
    environment.host = order["origin"]
    say(type="warming")
    started = clock()
    duration = State.told = 0
    ticker = gevent.spawn(tell_seconds, started, False)
    starter = gevent.spawn(runner.start, order["users"], order["spawnRate"])
    try:
        while not starter.ready() and not State.stopped.wait(0.02):
            pass
        if starter.ready():
            starter.get()
        if not State.stopped.wait(order["warmupSeconds"]):
            ticker.kill()
            runner.send_message("insights_window", {"edge": "start"})
            opened = clock()
            say(type="window", edge="start")
            ticker = gevent.spawn(tell_seconds, started, True)
            State.stopped.wait(order["durationSeconds"])
            runner.send_message("insights_window", {"edge": "end"})
            duration = clock() - opened
            say(type="window", edge="end")
            ticker.kill()
            # The ticks come a little later each than a whole second: of the last one most is still untold.
            if State.told < round(duration):
                tell_second(started, True)
    finally:
        ticker.kill()
        starter.kill()
    runner.stop()
    State.stopped = Event()
    # Of all: one whose heartbeat was late counts as missing, and may have its figures all the same.
    wait_for(lambda: set(clients) <= set(State.results), RESULT_SECONDS)
    results = [State.results[client] for client in clients if client in State.results]
    lost = [indexes[client] for client in clients if client not in State.results]
    say(type="done", durationSeconds=duration, results=results, lost=lost, workers=len(clients))


def serve(environment, runner):
    pool = gevent.get_hub().threadpool
    while True:
        line = pool.apply(sys.stdin.readline)
        if not line:
            return
        order = json.loads(line)
        if order["type"] == "stop":
            State.stopped.set()
            continue
        if State.running is not None:
            State.running.join()
        State.stopped = Event()
        State.running = gevent.spawn(attempt, environment, runner, order)


def attempt(environment, runner, order):
    try:
        (gather if order["type"] == "gather" else run)(environment, runner, order)
    except Exception as error:
        say(type="failed", message="%s: %s" % (type(error).__name__, error))


def main(file):
    loaded = load_locustfile(file)
    users = loaded[0] if isinstance(loaded[0], dict) else loaded[1]
    if not users:
        say(type="failed", message="it defines no user class")
        return
    chosen = sys.argv[4:]
    missing = [name for name in chosen if name not in users]
    if missing:
        say(type="failed", message="it has no user class %s: it has %s" % (", ".join(missing), ", ".join(sorted(users))))
        return
    users = {name: user for name, user in users.items() if not chosen or name in chosen}
    environment = Environment(
        user_classes=list(users.values()), events=locust.events, stop_timeout=STOP_SECONDS, parsed_locustfiles=[file]
    )
    runner = Master(environment, sys.argv[3], int(sys.argv[2]))
    environment.runner = runner
    runner.register_message("insights_second", on_second)
    runner.register_message("insights_result", on_result)
    say(type="ready", version=locust.__version__, users=sorted(users))
    serve(environment, runner)
    runner.quit()


try:
    main(sys.argv[1])
except BaseException as error:
    say(type="failed", message="%s: %s" % (type(error).__name__, error))
finally:
    words.flush()
    os._exit(0)
`.trimStart();
