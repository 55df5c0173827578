/** The fields of honeybadger's configuration (config.py of 1.3.0) that decide what it does and costs. */
export const configFields = [
  'insights_enabled',
  'endpoint',
  'environment',
  'force_report_data',
  'events_sample_rate',
  'events_batch_size',
  'events_max_queue_size',
  'events_timeout',
  'events_max_batch_retries',
  'events_throttle_wait',
  'api_key',
] as const;

/**
 * Python that loads the app as its server would (gunicorn's own reading of its options and config file, Flask's own finding of
 * apps, manage.py itself with its command taken away), and prints one line: a marker and what is in force then, as JSON.
 * Arguments: the marker, and `{launch, fields, names}` as JSON. It leaves by `_exit`: no exit hook runs, none can hold it.
 */
export const effectiveConfigProgram = `
import json, os, sys

def load_gunicorn(launch):
    from gunicorn.app.wsgiapp import WSGIApplication
    sys.argv = ["gunicorn", *launch["words"]]
    server = WSGIApplication()
    server.chdir()
    os.environ.update(server.cfg.env)
    server.wsgi()
    return {"isPreloading": bool(server.cfg.preload_app), "isReloading": bool(server.cfg.reload)}

def load_flask(launch):
    from flask.cli import cli
    words = launch["words"]
    # An option of "run": read before the app is loaded.
    if "--debug" in words:
        os.environ["FLASK_DEBUG"] = "1"
    context = cli.make_context("flask", list(words))
    context.obj.load_app()
    is_debug = os.environ.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no", "off")
    return {"isReloading": "--reload" in words or (is_debug and "--no-reload" not in words)}

def load_manage(launch):
    import runpy
    from django.core import management
    words = launch["words"]
    management.execute_from_command_line = lambda argv=None: None
    sys.argv = [launch["file"], *words]
    sys.path.insert(0, os.path.dirname(os.path.abspath(launch["file"])))
    runpy.run_path(launch["file"], run_name="__main__")
    import django
    django.setup()
    from django.core.servers.basehttp import get_internal_wsgi_application
    get_internal_wsgi_application()
    return {"isReloading": words[:1] == ["runserver"] and "--noreload" not in words}

def load_module(launch):
    import importlib
    module, _, attribute = launch["name"].partition(":")
    found = importlib.import_module(module)
    for part in attribute.split("."):
        found = getattr(found, part)
    if launch["isFactory"]:
        found()
    return {}

def load_script(launch):
    import runpy
    sys.path.insert(0, os.path.dirname(os.path.abspath(launch["file"])))
    runpy.run_path(launch["file"], run_name="insights_comparison_probe")
    return {}

def debug_of():
    settings = sys.modules.get("django.conf")
    if settings is not None and settings.settings.configured:
        return bool(settings.settings.DEBUG)
    flask = sys.modules.get("flask")
    if flask is None:
        return None
    import gc
    apps = [found for found in gc.get_objects() if isinstance(found, flask.Flask)]
    return any(app.debug for app in apps) if apps else None

def package_of():
    import importlib.util
    if "honeybadger" in sys.modules:
        return "loaded"
    return "unused" if importlib.util.find_spec("honeybadger") else "missing"

def as_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)

def config_of(fields):
    package = sys.modules.get("honeybadger")
    if package is None:
        return {}
    config = package.honeybadger.config
    return {name: as_text(getattr(config, name)) for name in fields if hasattr(config, name)}

def answer(request):
    loaders = {
        "gunicorn": load_gunicorn,
        "flask": load_flask,
        "manage": load_manage,
        "module": load_module,
        "script": load_script,
    }
    launch = request["launch"]
    server = {"isPreloading": False, "isReloading": False, **loaders[launch["type"]](launch)}
    return {
        **server,
        "isDebug": debug_of(),
        "package": package_of(),
        "config": config_of(request["fields"]),
        "environment": {name: os.environ.get(name) for name in request["names"]},
    }

marker, request = sys.argv[1], json.loads(sys.argv[2])
status = 1
try:
    said = answer(request)
    sys.stdout.flush()
    os.write(1, ("\\n" + marker + json.dumps(said) + "\\n").encode())
    status = 0
except BaseException as error:
    os.write(2, repr(error).encode("utf-8", "replace"))
finally:
    os._exit(status)
`;
