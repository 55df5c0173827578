import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLatencyHistogram, latencyPercentileMs, recordLatencyMs } from '../../shared/latencyHistogram';

/** How long this process's event loop keeps what is due waiting, inside a window. */
export interface LoopDelay {
  start(): void;
  stop(): void;
  /** A timer of the load was called this late, ms. */
  timerCalled(lateMs: number): void;
  /** 99th percentile, ms; 0 when nothing was due. */
  p99Ms(): number;
}

/** Node's timers know whole ms only: one that is called within this was not kept waiting. */
const timerResolutionMs = 1;

/**
 * By the timers that the load has anyway, at the moments when a delay would do harm. Node's monitor has a timer of its own, and at the rates of
 * a scenario waking up is what costs: at 50 ms it took 13 % of the CPU of 25 requests/s.
 */
export function createTimerDelay(): LoopDelay {
  const late = createLatencyHistogram();
  let isOpen = false;
  return {
    start: () => {
      isOpen = true;
    },
    stop: () => {
      isOpen = false;
    },
    timerCalled: (lateMs) => {
      if (isOpen) recordLatencyMs(late, lateMs);
    },
    p99Ms: () => Math.max(0, (latencyPercentileMs(late, 99) ?? 0) - timerResolutionMs),
  };
}

const monitorResolutionMs = 50;

/** By Node's monitor, for a load without timers: one that never pauses. */
export function createMonitoredDelay(): LoopDelay {
  const delay = monitorEventLoopDelay({ resolution: monitorResolutionMs });
  return {
    start: () => {
      delay.enable();
    },
    stop: () => {
      delay.disable();
    },
    timerCalled: () => undefined,
    p99Ms: () => (delay.count === 0 ? 0 : Math.max(0, delay.percentile(99) / 1e6 - monitorResolutionMs)),
  };
}
