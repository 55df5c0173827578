import { createActionDealer, type PlannedRequest } from './actionDealer';
import { compileBehaviour } from './compileBehaviour';
import { exchange } from './exchange';
import { HttpConnection } from './httpConnection';
import type { LoadBook, LoadDriver } from './loadDriver';
import type { ScenarioJob } from './loadJob';
import { createSession } from './session';
import { createSleeper } from './sleeper';

/**
 * Simulated users with think time: user k starts k / spawn rate seconds after the start, sends what its behaviour has for the start,
 * then acts and thinks in turn. Each has a connection, cookies and think times of its own.
 */
export function createVirtualUsers(
  job: ScenarioJob,
  load: { readonly users: number; readonly spawnRatePerSecond: number },
  { recorder, onTimer }: LoadBook,
): LoadDriver {
  const dealer = createActionDealer(compileBehaviour(job.behaviour, 'load'), job);
  const sleeper = createSleeper(onTimer);
  const rampSeconds = (load.users - 1) / load.spawnRatePerSecond;
  let windowAtMs = Infinity;
  const connections: HttpConnection[] = [];
  let lives: Promise<void>[] = [];
  let activeUsers = 0;

  const live = async (user: number, startAtMs: number): Promise<void> => {
    let dueAtMs = startAtMs;
    await sleeper.sleepUntil(dueAtMs);
    if (sleeper.isStopped()) return;
    activeUsers += 1;
    const connection = new HttpConnection({
      origin: job.origin,
      timeoutMs: job.timeoutSeconds * 1000,
      onReconnect: recorder.reconnected,
      onRetry: recorder.retried,
    });
    connections.push(connection);
    const session = createSession(job.origin);
    const stream = dealer.user(user);
    const send = async (requests: readonly PlannedRequest[]): Promise<void> => {
      for (const planned of requests) {
        if (sleeper.isStopped()) return;
        const nowMs = performance.now();
        recorder.requestDue(dueAtMs, nowMs);
        recorder.requestLeft(dueAtMs, nowMs);
        await exchange({ planned, session, connection, recorder, requestIdPrefix: job.requestIdPrefix });
        dueAtMs = performance.now();
      }
    };
    await send(stream.onStart());
    while (!sleeper.isStopped()) {
      if (dueAtMs >= windowAtMs) dealer.openWindow();
      await send(stream.nextAction());
      // In whole ms, as timers are, so that no user is called late for a fraction of one.
      dueAtMs = performance.now() + Math.floor(stream.nextWaitMs());
      await sleeper.sleepUntil(dueAtMs);
    }
  };

  return {
    rampSeconds,
    gaveUp: new AbortController().signal,
    start: () => {
      const nowMs = performance.now();
      windowAtMs = nowMs + (rampSeconds + job.warmupSeconds) * 1000;
      lives = Array.from({ length: load.users }, (_, user) =>
        live(user, nowMs + (user / load.spawnRatePerSecond) * 1000),
      );
      return Promise.resolve();
    },
    users: () => activeUsers,
    drain: async () => {
      sleeper.stop();
      await Promise.all(lives);
    },
    close: () => {
      sleeper.stop();
      for (const connection of connections) connection.close();
      return Promise.resolve();
    },
  };
}
