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
 * apps, manage.py itself with its command taken away), and prints one line: a marker and what is in force then and which
 * routes answer GET, and where the code of some requests stands, as JSON.
 * Arguments: the marker, and `{launch, fields, names, within, requests}` as JSON. It leaves by `_exit`: no exit hook runs, none can hold it.
 */
export const inspectionProgram = `
import json, os, sys

# What the server would serve.
loaded = []

def load_gunicorn(launch):
    from gunicorn.app.wsgiapp import WSGIApplication
    sys.argv = ["gunicorn", *launch["words"]]
    server = WSGIApplication()
    server.chdir()
    os.environ.update(server.cfg.env)
    loaded.append(server.wsgi())
    return {"isPreloading": bool(server.cfg.preload_app), "isReloading": bool(server.cfg.reload)}

def load_flask(launch):
    from flask.cli import cli
    words = launch["words"]
    # An option of "run": read before the app is loaded.
    if "--debug" in words:
        os.environ["FLASK_DEBUG"] = "1"
    context = cli.make_context("flask", list(words))
    loaded.append(context.obj.load_app())
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
    loaded.append(found() if launch["isFactory"] else found)
    return {}

def load_script(launch):
    import runpy
    sys.path.insert(0, os.path.dirname(os.path.abspath(launch["file"])))
    runpy.run_path(launch["file"], run_name="insights_comparison_probe")
    return {}

def is_django():
    settings = sys.modules.get("django.conf")
    return settings is not None and settings.settings.configured

def flask_apps():
    flask = sys.modules.get("flask")
    if flask is None:
        return []
    served = [app for app in loaded if isinstance(app, flask.Flask)]
    if served:
        return served
    import gc
    return [found for found in gc.get_objects() if isinstance(found, flask.Flask)]

def debug_of():
    if is_django():
        return bool(sys.modules["django.conf"].settings.DEBUG)
    apps = flask_apps()
    return any(app.debug for app in apps) if apps else None

def name_of(view):
    import inspect
    view = getattr(view, "view_class", None) or getattr(view, "cls", None) or inspect.unwrap(view)
    view = getattr(view, "func", view)
    return "%s.%s" % (getattr(view, "__module__", ""), getattr(view, "__qualname__", type(view).__name__))

# Where the code stands that answers: its file, its first line (that of a decorator, where it has one), and what it is called there.
def source_of(view, method):
    import inspect
    try:
        view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
        if view_class is None:
            found = inspect.unwrap(view)
            found = getattr(found, "func", found)
        else:
            name = (getattr(view, "actions", None) or {}).get(method.lower(), method.lower())
            found = inspect.unwrap(vars(view_class)[name]) if name in vars(view_class) else view_class
        code = getattr(found, "__code__", None)
        if code is not None:
            file, line, name = code.co_filename, code.co_firstlineno, code.co_name
        else:
            file, line, name = inspect.getsourcefile(found), inspect.getsourcelines(found)[1], found.__name__
        return {"file": os.path.realpath(file), "line": line, "name": name}
    except Exception:
        return None

def view_of(method, path):
    if is_django():
        from django.urls import resolve
        return resolve(path).func
    for app in flask_apps():
        try:
            endpoint, _ = app.url_map.bind("127.0.0.1").match(path, method=method)
            return app.view_functions[endpoint]
        except Exception:
            continue
    return None

def sources_of(requests):
    found = []
    for request in requests:
        try:
            view = view_of(request["method"], request["path"])
        except Exception:
            continue
        source = source_of(view, request["method"])
        if source is not None:
            found.append({**request, "source": source})
    return found

# Values for the parameters of a route: what a small database is most likely to have.
def sample_of(converter):
    return "00000000-0000-0000-0000-000000000001" if "uuid" in type(converter).__name__.lower() else 1

def flask_routes(app):
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.websocket or rule.host or rule.subdomain:
            continue
        if rule.endpoint.split(".")[-1] == "static":
            continue
        needed = rule.arguments - set(rule.defaults or ())
        try:
            values = {name: sample_of(rule._converters.get(name)) for name in rule.arguments}
            built = rule.build({**values, **(rule.defaults or {})}, append_unknown=False)
        except Exception:
            continue
        if built:
            view = app.view_functions.get(rule.endpoint)
            yield {
                "path": built[1],
                "pattern": rule.rule,
                "view": name_of(view),
                "hasParameters": bool(needed),
                "source": source_of(view, "GET"),
            }

# Namespaces whose pages need a login or are tools: trying hundreds of them tells nothing.
TOOLS = ("admin", "djdt", "silk", "explorer")

def answers_get(view):
    actions = getattr(view, "actions", None)
    if actions is not None:
        return "get" in actions
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return view_class is None or hasattr(view_class, "get")

def django_routes():
    from django.urls import Resolver404, get_resolver, resolve
    from django.utils.regex_helper import normalize

    def text_of(pattern):
        possible = normalize(pattern.regex.pattern.lstrip("^"))
        text, names = possible[0]
        converters = getattr(pattern, "converters", {})
        return text % {name: sample_of(converters.get(name)) for name in names}, names

    def walk(resolver, path, written, parameters):
        for entry in resolver.url_patterns:
            try:
                text, names = text_of(entry.pattern)
            except Exception:
                continue
            place = (path + text, written + str(entry.pattern), parameters or bool(names))
            if hasattr(entry, "url_patterns"):
                if entry.app_name not in TOOLS and entry.namespace not in TOOLS:
                    yield from walk(entry, *place)
            elif answers_get(entry.callback):
                yield place + (entry.callback,)

    for path, pattern, parameters, view in walk(get_resolver(), "/", "/", False):
        try:
            answered_by = resolve(path).func
        except Resolver404:
            continue
        # Else one before or after it takes what this pattern cannot: a catch-all, most likely.
        if answered_by is not view:
            continue
        yield {
            "path": path,
            "pattern": pattern,
            "view": name_of(view),
            "hasParameters": parameters,
            "source": source_of(view, "GET"),
        }

MOST_ROUTES = 400

def routes_of():
    try:
        if is_django():
            found = django_routes()
        else:
            apps = sorted(flask_apps(), key=lambda app: -len(list(app.url_map.iter_rules())))
            found = flask_routes(apps[0]) if apps else ()
        return [route for route, _ in zip(found, range(MOST_ROUTES))]
    except Exception:
        return []

# Files of the app that were loaded from this folder, the packages of its virtual environment aside.
def files_within(folder):
    if folder is None:
        return []
    folder = os.path.join(os.path.realpath(folder), "")
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return [
        file
        for file in files
        if file and os.path.realpath(file).startswith(folder) and "site-packages" not in file
    ][:3]

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
        "routes": routes_of(),
        "sources": sources_of(request["requests"]),
        "filesWithin": files_within(request["within"]),
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
