import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ladderRecord } from '../../../../test/fixtures/ladderRecord';
import { syntheticSeries } from '../../../../test/fixtures/syntheticSeries';
import { syntheticRecord } from '../../../../test/fixtures/syntheticTrials';
import { picturesOf } from './pictures';
import { textWidth } from './letters';

const record = syntheticRecord();

/** Size, and how many colours the first rows of the picture have; read by the letter of the format. */
function readPng(png: Buffer): { readonly width: number; readonly height: number; readonly values: number } {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(data));
  expect(rows.length).toBe(height * (width * 3 + 1));
  return { width, height, values: new Set(rows).size };
}

describe('the pictures of a record', () => {
  test('are one per chart, 1,600 pixels wide, each with something in it', () => {
    const pictures = [...picturesOf(record, syntheticSeries(record))];
    expect(pictures.map(({ name }) => name)).toEqual([
      'chart-effects.png',
      ...record.headline.map((metric) => `chart-blocks-${metric}.png`),
      'chart-latency.png',
      ...['throughput', 'latency-p50', 'latency-p95', 'cpu', 'memory-rss', 'threads'].map(
        (name) => `chart-time-${name}.png`,
      ),
    ]);
    for (const { png } of pictures) {
      const { width, height, values } = readPng(png);
      expect(width).toBe(1600);
      expect(height).toBeGreaterThan(300);
      expect(values).toBeGreaterThan(50);
      expect(png.length).toBeLessThan(300_000);
    }
  });

  test('without the trial files have no seconds; without trials nothing', () => {
    expect([...picturesOf(record, [])].map(({ name }) => name)).not.toContain('chart-time-cpu.png');
    expect([...picturesOf({ ...record, trials: [], capacity: [], effects: [] }, [])]).toEqual([]);
  });

  test('of four variants, of names that no font has', () => {
    const ladder = ladderRecord();
    const strange = { ...ladder, plan: { ...ladder.plan, target: '日本語 🦡\n<svg>' } };
    expect([...picturesOf(strange, [])].length).toBeGreaterThan(3);
  });
});

test('letters have widths', () => {
  expect(textWidth('iiii', 12)).toBeLessThan(textWidth('WWWW', 12));
  expect(textWidth('', 12)).toBe(0);
  expect(textWidth('日', 12)).toBeGreaterThan(5);
});
