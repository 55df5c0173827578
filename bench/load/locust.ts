import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LoadLevel } from './loadLevels';
import { spawnSeconds } from './loadLevels';
import { stopProcess } from './startHelper';

const run = promisify(execFile);

/** The version that the figures in the documentation are from. */
const version = '2.47.0';

export type LocustUser = 'HttpUser' | 'FastHttpUser';

/** Path of a Locust in a virtual environment of its own, in the user's cache: made once. Needs the network that time. */
export async function installLocust(python: string, say: (line: string) => void): Promise<string> {
  const cache = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'insights-comparison');
  const folder = path.join(cache, `locust-${version}`);
  const done = path.join(folder, '.complete');
  const command = path.join(folder, 'bin', 'locust');
  if (existsSync(done) && existsSync(command)) return command;
  say(`installing Locust ${version} into ${folder}`);
  await rm(folder, { recursive: true, force: true });
  await run(python, ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--quiet', `locust==${version}`];
  await run(path.join(folder, 'bin', 'python'), pip);
  await writeFile(`${done}.new`, '');
  await rename(`${done}.new`, done);
  return command;
}

export interface RunningLocust {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts Locust without its web page and without its tables every two seconds. Its users begin at once. */
export async function startLocust(
  command: string,
  options: { readonly user: LocustUser; readonly level: LoadLevel; readonly origin: string; readonly scratch: string },
): Promise<RunningLocust> {
  const { user, level, origin, scratch } = options;
  const file = path.join(scratch, `${user}_${level.users}.py`);
  await writeFile(file, locustFile(user, level));
  const spawnRate = String(level.users / spawnSeconds);
  const words = ['--users', String(level.users), '--spawn-rate', spawnRate, '--host', origin];
  const child = spawn(
    command,
    ['--locustfile', file, '--headless', '--only-summary', '--loglevel', 'ERROR', ...words],
    {
      stdio: 'ignore',
    },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  return { pid, stop: () => stopProcess(child) };
}

/** `WebAppUser` of src/shared/builtins.ts as somebody would write it for Locust. */
function locustFile(user: LocustUser, { waitSeconds: [low, high] }: LoadLevel): string {
  return `import random

from locust import ${user}, between, task

TASK_NAMES = ["user_action", "data_processing", "report_generation", "cleanup_task", "analysis_job"]


class WebAppUser(${user}):
    wait_time = between(${low}, ${high})

    def on_start(self):
        self.client.get("/api/warmup/")

    @task(40)
    def home(self):
        self.client.get("/")

    @task(30)
    def data(self):
        self.client.get("/api/data/")

    @task(20)
    def background_task(self):
        body = {"task_name": random.choice(TASK_NAMES)}
        with self.client.post("/api/task/", json=body, catch_response=True) as response:
            if response.status_code in (200, 201, 202):
                response.success()
            else:
                response.failure(f"HTTP {response.status_code}")

    @task(10)
    def error(self):
        path = f"/api/error/?a={random.randint(0, 100)}&b={random.randint(-5, 5)}"
        with self.client.get(path, name="/api/error/", catch_response=True) as response:
            if response.status_code in (200, 500):
                response.success()
            else:
                response.failure(f"HTTP {response.status_code}")
`;
}
