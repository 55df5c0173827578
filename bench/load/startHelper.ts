import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

/** A server of the bench in a process of its own. */
export interface Helper {
  readonly origin: string;
  stop(): Promise<void>;
}

export interface LightServer extends Helper {
  /** Requests answered so far, by all clients. */
  requests(): Promise<number>;
}

/** Answers at once, with next to no CPU of its own. */
export async function startLightServer(root: string): Promise<LightServer> {
  const child = fork(path.join(root, 'bench', 'load', 'lightServer.mjs'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [first] = await once(child, 'message');
  const { port } = z.object({ port: z.int() }).parse(first);
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: async () => {
      const answer = once(child, 'message');
      child.send('count');
      return z.object({ requests: z.int() }).parse((await answer)[0]).requests;
    },
    stop: () => stopProcess(child),
  };
}

/** Answers each request after exactly this long: a thread for each connection, which the kernel's own timer wakes. */
export async function startDelayServer(root: string, python: string, delayMs: number): Promise<Helper> {
  const child = spawn(python, [path.join(root, 'bench', 'load', 'delayServer.py'), String(delayMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(createInterface(child.stdout), 'line');
  return { origin: `http://127.0.0.1:${String(port)}`, stop: () => stopProcess(child) };
}

/** Ends a process that this bench started, and waits for that. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(killer);
}
