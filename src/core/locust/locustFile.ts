import type { ActionSpec, Behaviour, RequestSpec } from '../../shared/behaviour';
import type { Load } from '../../shared/scenario';
import { pythonIdentifier, pythonTemplate, pythonText, pythonValue } from './pythonText';

export interface LocustFileOptions {
  readonly behaviourName: string;
  readonly behaviour: Behaviour;
  readonly load: Load;
  readonly durationSeconds: number;
  readonly origin: string;
}

const indent = '    ';

/**
 * A behaviour as a Locust file (Locust 2.40 or newer), to be read and edited: a user class with a method per action, the same weights, waits, repeats,
 * bursts, steps, templates, extractions and statuses that are no failure. What differs is said at its head: choices are drawn, not dealt, and arrivals at a
 * rate are users at a constant throughput. `HttpUser`, because `FastHttpUser` cannot leave redirects alone (Locust 2.43.4 fails on `allow_redirects=False`).
 */
export function locustFile(options: LocustFileOptions): string {
  const { behaviourName, behaviour } = options;
  const className = pythonIdentifier(behaviourName, 'Users');
  const names = methodNames(behaviour);
  return [
    ...header(options),
    '',
    ...helpers(behaviour),
    '',
    `class ${className}(BehaviourUser):`,
    `${indent}wait_time = ${waitTime(options)}`,
    ...startLines(behaviour),
    ...behaviour.requests.flatMap((action) => ['', ...actionLines(action, { behaviour, names })]),
    '',
  ].join('\n');
}

function header({ behaviourName, load, durationSeconds, origin }: LocustFileOptions): string[] {
  const users = usersOf(load);
  const spawn = load.type === 'users' ? load.spawnRatePerSecond : users;
  return [
    `"""${behaviourName}, as insights-comparison drives it: edit it to your liking.`,
    '',
    `locust -f THIS_FILE --headless -u ${users} -r ${spawn} -t ${durationSeconds}s --host ${origin}`,
    '',
    'Needs Locust 2.40 or newer. Actions and values are drawn at random here, where insights-comparison deals them out, so that two runs',
    'do not send the same requests.',
    ...(load.type === 'rate'
      ? [`Arrivals at a rate are ${users} users at a constant throughput: a slow answer delays the next one.`]
      : []),
    '"""',
  ];
}

function helpers(behaviour: Behaviour): string[] {
  const headers = Object.entries(behaviour.headers ?? {}).map(
    ([name, value]) => `${indent}${indent}${pythonText(name)}: ${pythonTemplate(value)},`,
  );
  return `import random
import re
import uuid
from contextlib import contextmanager
from urllib.parse import quote, urlencode

from locust import HttpUser, between, constant_throughput, task


def integer(low, high):
    return str(random.randint(low, high))


def pick(*choices):
    return random.choice(choices)


def in_path(value):
    return quote(value, safe="")


class BehaviourUser(HttpUser):
    abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.values = {}

    def value(self, name):
        return self.values.get(name, "")

    def common_headers(self):
        return {
${headers.join('\n')}${headers.length > 0 ? '\n' : ''}        }

    @contextmanager
    def own_values(self):
        """What is taken from answers in here is forgotten afterwards."""
        before = dict(self.values)
        try:
            yield
        finally:
            self.values = before

    def send(self, method, path, name, expect=None, take=None, headers=None, **body):
        sent = {"X-Request-ID": str(uuid.uuid4()), **self.common_headers(), **(headers or {})}
        options = {"name": name, "headers": sent, "catch_response": True, "allow_redirects": False}
        with self.client.request(method, path, **options, **body) as response:
            status = response.status_code
            if not (status in expect if expect else 200 <= status < 400):
                response.failure(f"HTTP {status}" if status else "no answer")
                return
            missing = [key for key, read in (take or {}).items() if not self.keep(key, read(self, response))]
            if missing:
                response.failure(f"no {', '.join(missing)} in the answer")
            else:
                response.success()

    def keep(self, key, value):
        if value is None:
            return False
        self.values[key] = value if isinstance(value, str) else repr(value)
        return True


def cookie(name):
    return lambda user, response: user.client.cookies.get(name)


def header(name):
    return lambda user, response: response.headers.get(name)


def regex(pattern):
    def read(user, response):
        found = re.search(pattern, response.text or "")
        return found.group(1) if found else None

    return read


def json_path(path):
    def read(user, response):
        try:
            value = response.json()
        except ValueError:
            return None
        for key in path.split(".") if path else []:
            if isinstance(value, list) and key.isdigit() and int(key) < len(value):
                value = value[int(key)]
            elif isinstance(value, dict) and key in value:
                value = value[key]
            else:
                return None
        return value

    return read

`.split('\n');
}

function startLines({ onStart = [] }: Behaviour): string[] {
  if (onStart.length === 0) return [];
  const requests = onStart.flatMap((spec) =>
    sendLines({ ...spec, name: spec.name ?? `${spec.method} ${spec.path}` }, indent.repeat(2)),
  );
  return ['', `${indent}def on_start(self):`, ...requests];
}

interface Naming {
  readonly behaviour: Behaviour;
  /** Of its method, by an action's name. */
  readonly names: ReadonlyMap<string, string>;
}

function actionLines(action: ActionSpec, naming: Naming): string[] {
  const weight = wholeWeight(action, naming.behaviour);
  const method = naming.names.get(action.name) ?? 'action';
  return [
    ...(weight > 0 ? [`${indent}@task(${weight})`] : []),
    `${indent}def ${method}(self):`,
    ...bodyLines(action, naming, indent.repeat(2)),
  ];
}

function bodyLines(action: ActionSpec, { names }: Naming, at: string): string[] {
  const call = (name: string): string => `self.${names.get(name) ?? 'action'}`;
  if ('pick' in action) {
    return [
      `${at}for _ in range(random.randint(${action.pick[0]}, ${action.pick[1]})):`,
      `${at}${indent}random.choice([${action.from.map(call).join(', ')}])()`,
    ];
  }
  if ('steps' in action) {
    const deeper = `${at}${indent}`;
    const steps = action.steps.flatMap((step) =>
      typeof step === 'string' ? [`${deeper}${call(step)}()`] : sendLines(step, deeper),
    );
    return [`${at}with self.own_values():`, ...steps];
  }
  const [low, high] = action.repeat ?? [1, 1];
  if (high === 1) return sendLines(action, at);
  const times = low === high ? String(low) : `random.randint(${low}, ${high})`;
  return [`${at}for _ in range(${times}):`, ...sendLines(action, `${at}${indent}`)];
}

/** One request as a call, a line per argument. */
function sendLines(spec: Omit<RequestSpec, 'weight'>, at: string): string[] {
  const headers = { ...spec.headers };
  const options: string[] = [
    pythonText(spec.method),
    pythonTemplate(spec.path, 'in_path'),
    `name=${pythonText(spec.name)}`,
  ];
  if (spec.json !== undefined) options.push(`json=${pythonValue(spec.json)}`);
  if (spec.form !== undefined) {
    options.push(`data=urlencode(${pythonValue(spec.form)})`);
    headers['Content-Type'] ??= 'application/x-www-form-urlencoded';
  }
  if (spec.body !== undefined) options.push(`data=${pythonText(spec.body)}`);
  if (Object.keys(headers).length > 0) options.push(`headers=${pythonValue(headers)}`);
  if (spec.expect !== undefined) options.push(`expect=(${spec.expect.join(', ')},)`);
  const takes = Object.entries(spec.extract ?? {}).map(([name, from]) => `${pythonText(name)}: ${reader(from)}`);
  if (takes.length > 0) options.push(`take={${takes.join(', ')}}`);
  return [`${at}self.send(`, ...options.map((option) => `${at}${indent}${option},`), `${at})`];
}

type Extraction = NonNullable<RequestSpec['extract']>[string];

function reader(from: Extraction): string {
  if ('cookie' in from) return `cookie(${pythonText(from.cookie)})`;
  if ('header' in from) return `header(${pythonText(from.header)})`;
  if ('json' in from) return `json_path(${pythonText(from.json)})`;
  return `regex(${pythonText(from.regex)})`;
}

function methodNames({ requests }: Behaviour): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { name } of requests) {
    const wanted = pythonIdentifier(name, 'action').toLowerCase();
    let free = wanted;
    for (let number = 2; taken.has(free); number += 1) free = `${wanted}_${number}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

/** Locust takes whole weights alone: all of them are multiplied by the smallest power of ten that makes them so, a thousand at most. */
function wholeWeight({ weight }: ActionSpec, { requests }: Behaviour): number {
  const factor = [1, 10, 100].find((by) => requests.every((each) => Number.isInteger(each.weight * by))) ?? 1000;
  return weight === 0 ? 0 : Math.max(1, Math.round(weight * factor));
}

function usersOf(load: Load): number {
  return load.type === 'users' ? load.users : Math.max(1, Math.ceil(load.ratePerSecond));
}

function waitTime({ behaviour, load }: LocustFileOptions): string {
  if (load.type === 'rate') return `constant_throughput(${load.ratePerSecond / usersOf(load)})`;
  return `between(${behaviour.waitSeconds.join(', ')})`;
}
