import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createMonitoredDelay, createTimerDelay } from './loopDelay';

function blockMs(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

describe('delay of the event loop', () => {
  test('by the timers of the load: the 99th percentile of how late they were called in the window, less the ms that timers know', () => {
    const delay = createTimerDelay();
    delay.timerCalled(500);
    delay.start();
    for (let index = 0; index < 98; index += 1) delay.timerCalled(0.4);
    delay.timerCalled(31);
    delay.timerCalled(31);
    delay.stop();
    delay.timerCalled(500);
    expect(delay.p99Ms()).toBeCloseTo(30, 0);
  });

  test('is 0 for timers in time, early ones, and none at all', () => {
    const delay = createTimerDelay();
    expect(delay.p99Ms()).toBe(0);
    delay.start();
    delay.timerCalled(-0.3);
    delay.timerCalled(0.9);
    expect(delay.p99Ms()).toBe(0);
  });

  test('by the monitor: a loop that was blocked shows', async () => {
    const delay = createMonitoredDelay();
    expect(delay.p99Ms()).toBe(0);
    delay.start();
    await sleep(60);
    blockMs(250);
    await sleep(60);
    delay.stop();
    expect(delay.p99Ms()).toBeGreaterThan(100);
  });
});
