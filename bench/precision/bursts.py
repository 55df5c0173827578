"""An app without a server: 25 bursts of work each second, as long as the last line on stdin says (CPU time in ms). Ends with stdin."""

import json
import random
import sys
import threading
import time

burst_seconds = 0.0
rows = [{"id": number, "name": f"row {number}", "tags": ["a", "b", str(number)]} for number in range(30)]
# What an app holds and walks through: 20 MB.
held = [bytearray(1024) for _ in range(20_000)]


def work():
    place, due = 0, time.monotonic()
    while True:
        due += random.expovariate(25)
        time.sleep(max(0.0, due - time.monotonic()))
        end = time.thread_time() + burst_seconds
        while time.thread_time() < end:
            json.loads(json.dumps(rows))
            for _ in range(200):
                place = (place + 1) % len(held)
                held[place][0] = 1


threading.Thread(target=work, daemon=True).start()
for line in sys.stdin:
    burst_seconds = float(line) / 1000
