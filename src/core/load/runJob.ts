import { setTimeout as sleep } from 'node:timers/promises';
import { createArrivals } from './arrivals';
import type { LoadDriver } from './loadDriver';
import type { GeneratorReply, LoadJob, LoadResult } from './loadJob';
import { createLoadRecorder, type LoadRecorder } from './loadRecorder';
import { createMonitoredDelay, createTimerDelay, type LoopDelay } from './loopDelay';
import { createVirtualUsers } from './virtualUsers';

/** A first second shorter than this goes with the next one. */
const shortestSeconds = 0.25;

/**
 * Runs one job in this process: ramp and warm-up, the window, then what is still on its way (for at most `timeoutSeconds`).
 * The window starts `warmupSeconds` after the last user, or the first arrival. Aborting ends it at once, with what there is. Throws a
 * UserError for a behaviour that does not compile.
 */
export async function runJob(
  job: LoadJob,
  options: { signal: AbortSignal; onReply: (reply: GeneratorReply) => void },
): Promise<LoadResult> {
  const recorder = createLoadRecorder();
  const delay = job.kind === 'capacity' ? createMonitoredDelay() : createTimerDelay();
  const driver = await createDriver(job, recorder, delay);
  const signal = AbortSignal.any([options.signal, driver.gaveUp]);
  const instrument = createInstrument(delay);
  options.onReply({ type: 'warming' });
  try {
    const loadStartMs = performance.now();
    await untilAborted(driver.start(), signal);
    await measure({ job, driver, recorder, instrument, signal, loadStartMs, onReply: options.onReply });
    if (!signal.aborted)
      await untilAborted(driver.drain(), AbortSignal.any([signal, AbortSignal.timeout(job.timeoutSeconds * 1000)]));
  } finally {
    await driver.close();
  }
  return { ...recorder.result(), ...instrument.reading() };
}

async function createDriver(job: LoadJob, recorder: LoadRecorder, delay: LoopDelay): Promise<LoadDriver> {
  if (job.kind === 'capacity') {
    // autocannon is large; a scenario does without.
    const { createCapacityLoad } = await import('./capacity');
    return createCapacityLoad(job, recorder);
  }
  const book = { recorder, onTimer: (lateMs: number) => delay.timerCalled(lateMs) };
  return job.load.type === 'users' ? createVirtualUsers(job, job.load, book) : createArrivals(job, job.load, book);
}

interface Measurement {
  readonly job: LoadJob;
  readonly driver: LoadDriver;
  readonly recorder: LoadRecorder;
  readonly instrument: Instrument;
  readonly signal: AbortSignal;
  readonly loadStartMs: number;
  readonly onReply: (reply: GeneratorReply) => void;
}

/** Seconds are counted from the window's start in both directions, so that all seconds of the window are whole; the very first may be short. */
async function measure({
  job,
  driver,
  recorder,
  instrument,
  signal,
  loadStartMs,
  onReply,
}: Measurement): Promise<void> {
  const windowStartMs = performance.now() + (driver.rampSeconds + job.warmupSeconds) * 1000;
  const endSecond = (isMeasured: boolean): void => {
    const atSeconds = (performance.now() - loadStartMs) / 1000;
    onReply({ type: 'second', second: recorder.takeSecond(atSeconds, isMeasured, driver.users()) });
  };
  const leadSeconds = (windowStartMs - performance.now()) / 1000;
  for (let left = Math.ceil(leadSeconds - shortestSeconds) - 1; left > 0 && !signal.aborted; left -= 1) {
    await sleepUntil(windowStartMs - left * 1000, signal);
    endSecond(false);
  }
  await sleepUntil(windowStartMs, signal);
  if (leadSeconds > 0) endSecond(false);
  if (signal.aborted) return;
  instrument.start();
  const openedAtMs = performance.now();
  recorder.openWindow(openedAtMs);
  onReply({ type: 'window', edge: 'start' });
  for (let second = 1; second < job.durationSeconds + 1 && !signal.aborted; second += 1) {
    await sleepUntil(openedAtMs + Math.min(second, job.durationSeconds) * 1000, signal);
    if (second < job.durationSeconds) endSecond(true);
  }
  recorder.closeWindow(performance.now());
  instrument.stop();
  onReply({ type: 'window', edge: 'end' });
  endSecond(true);
}

interface Instrument {
  start(): void;
  stop(): void;
  reading(): Pick<LoadResult, 'cpuSeconds' | 'loopDelayP99Ms'>;
}

/** This process's own CPU and the 99th percentile of its event loop's delay inside the window. */
function createInstrument(delay: LoopDelay): Instrument {
  let before = process.cpuUsage();
  let reading = { cpuSeconds: 0, loopDelayP99Ms: 0 };
  return {
    start: () => {
      delay.start();
      before = process.cpuUsage();
    },
    stop: () => {
      const used = process.cpuUsage(before);
      delay.stop();
      reading = { cpuSeconds: (used.user + used.system) / 1e6, loopDelayP99Ms: delay.p99Ms() };
    },
    reading: () => reading,
  };
}

/** Resolves at that time of `performance.now()`, or when aborted. */
async function sleepUntil(atMs: number, signal: AbortSignal): Promise<void> {
  await untilAborted(sleep(Math.max(0, atMs - performance.now()), undefined, { signal }), signal);
}

/** The promise, or undefined as soon as the signal aborts; an abortion is no error here. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) {
    work.catch(() => undefined);
    return;
  }
  let onAbort = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    onAbort = resolve;
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
