"""Answers every request after DELAY ms. A thread per connection sleeps in the kernel, so the delay is exact to some 0.1 ms."""

import socket
import sys
import threading
import time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"


def serve(connection, delay_seconds):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    received = b""
    with connection:
        while True:
            chunk = connection.recv(65536)
            if not chunk:
                return
            received += chunk
            while b"\r\n\r\n" in received:
                received = received.split(b"\r\n\r\n", 1)[1]
                time.sleep(delay_seconds)
                connection.sendall(ANSWER)


def serve_quietly(connection, delay_seconds):
    try:
        serve(connection, delay_seconds)
    except OSError:
        pass  # The client is gone.


def main():
    delay_seconds = float(sys.argv[1]) / 1000
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve_quietly, args=(connection, delay_seconds), daemon=True).start()


main()
