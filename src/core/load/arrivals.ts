import { createActionDealer, type ActionStream, type PlannedRequest } from './actionDealer';
import { arrivalSchedule } from './arrivalSchedule';
import { compileBehaviour } from './compileBehaviour';
import { createConnectionPool } from './connectionPool';
import { exchange } from './exchange';
import type { LoadBook, LoadDriver } from './loadDriver';
import type { ScenarioJob } from './loadJob';
import { createSession, type Session } from './session';

const connectionLimit = 512;
/** Users whose cookies the requests carry in turn: each does the behaviour's `onStart` once, before the first arrival. */
const sessionCount = 10;
/**
 * Node's timers know whole ms only and may fire 1 ms early or late. A request that leaves this close to its time is on time: its latency
 * counts from the sending. One that leaves later, for whatever reason, counts from the scheduled start in full.
 */
const timerToleranceMs = 2;
/** The arrival that is due with the window's start is the first of the window. */
const roundingMs = 1e-6;

interface Arrival {
  readonly planned: PlannedRequest;
  readonly session: Session;
  /** The request of the same steps that must have been answered first. */
  readonly previous: Promise<void> | null;
}

/**
 * Requests at a given rate, whatever the app does: a schedule made beforehand says when each is due, and latency counts from then
 * (no coordinated omission). One arrival is one request; bursts, repeats and steps are sent at that pace, each request at its own time.
 */
export function createArrivals(
  job: ScenarioJob,
  load: { readonly ratePerSecond: number; readonly arrivals: 'even' | 'poisson' },
  { recorder, onTimer }: LoadBook,
): LoadDriver {
  const { seed, block, requestIdPrefix } = job;
  const dealer = createActionDealer(compileBehaviour(job.behaviour, 'load'), job);
  const schedule = arrivalSchedule({ ...load, lengthSeconds: job.warmupSeconds + job.durationSeconds, seed, block });
  const firstOfWindow = schedule.findIndex((dueMs) => dueMs >= job.warmupSeconds * 1000 - roundingMs);
  const pool = createConnectionPool(
    {
      origin: job.origin,
      timeoutMs: job.timeoutSeconds * 1000,
      onReconnect: recorder.reconnected,
      onRetry: recorder.retried,
    },
    connectionLimit,
  );
  const sessions = Array.from({ length: sessionCount }, () => createSession(job.origin));
  const nextArrival = createArrivalStream(dealer.user('arrivals'), sessions);
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let startedAtMs = 0;
  let next = 0;

  const send = async (arrival: Arrival, dueAtMs: number): Promise<void> => {
    if (arrival.previous !== null) await arrival.previous;
    const connection = await pool.acquire();
    const nowMs = performance.now();
    recorder.requestLeft(dueAtMs, nowMs);
    const isOnTime = nowMs - dueAtMs <= timerToleranceMs;
    await exchange({ ...arrival, connection, recorder, requestIdPrefix, startedAtMs: isOnTime ? nowMs : dueAtMs });
    pool.release(connection);
  };
  const dueAt = (index: number): number => startedAtMs + (schedule[index] ?? Infinity);
  const onDue = (): void => {
    onTimer(performance.now() - dueAt(next));
    sendDue();
  };
  const sendDue = (): void => {
    for (; dueAt(next) <= performance.now() + 1; next += 1) {
      const dueAtMs = dueAt(next);
      if (next === firstOfWindow) dealer.openWindow();
      recorder.requestDue(dueAtMs, performance.now());
      const sending = nextArrival((arrival) => send(arrival, dueAtMs));
      underWay.add(sending);
      void sending.then(() => underWay.delete(sending));
    }
    if (next < schedule.length) timer = setTimeout(onDue, dueAt(next) - performance.now());
  };

  return {
    rampSeconds: 0,
    gaveUp: new AbortController().signal,
    start: async () => {
      await Promise.all(
        sessions.map(async (session, index) => {
          const connection = await pool.acquire();
          for (const planned of dealer.user(`session ${index}`).onStart())
            await exchange({ planned, session, connection, recorder, requestIdPrefix });
          pool.release(connection);
        }),
      );
      startedAtMs = performance.now();
      sendDue();
    },
    users: () => pool.size(),
    drain: async () => {
      // A generator that is late has some to send that were due before the end.
      sendDue();
      clearTimeout(timer);
      await Promise.all(underWay);
    },
    close: () => {
      clearTimeout(timer);
      pool.close();
      return Promise.resolve();
    },
  };
}

/** Deals the requests of one endless stream of actions out to the arrivals, the actions to the sessions in turn. */
function createArrivalStream(
  stream: ActionStream,
  sessions: readonly Session[],
): (send: (arrival: Arrival) => Promise<void>) => Promise<void> {
  let ahead: readonly PlannedRequest[] = [];
  let nextAhead = 0;
  let actions = 0;
  let session: Session | undefined;
  let previous: Promise<void> | null = null;
  return (send) => {
    if (nextAhead >= ahead.length) {
      const turn = sessions[actions % sessions.length];
      ahead = stream.nextAction();
      nextAhead = 0;
      actions += 1;
      session = ahead.some(({ needsPrevious }) => needsPrevious) ? turn?.fork() : turn;
      previous = null;
    }
    const planned = ahead[nextAhead];
    if (planned === undefined || session === undefined) throw new Error('An action without requests, or nobody to act');
    nextAhead += 1;
    previous = send({ planned, session, previous: planned.needsPrevious ? previous : null });
    return previous;
  };
}
