"""Read by gunicorn from the folder that it starts in."""

worker_class = "gthread"
workers = 1
threads = 4
# Never preload: Honeybadger's sending thread starts at import and does not survive the fork.
preload_app = False
# Longer than Honeybadger's exit hook may wait (2 × 60 s while it is throttled), which gunicorn would else cut short.
graceful_timeout = 130
# gunicorn 25.1 and later would leave a control socket in the home folder.
control_socket_disable = True
