import { expect, test } from 'vitest';
import { headlineFamily } from './headlineLevel';

const headline = ['cpu_ms_per_request', 'latency_mean_ms', 'capacity_rps', 'capacity_cpu_ms_per_request'];

test('four headline metrics of one candidate are read at 98.75 %', () => {
  expect(headlineFamily({ headline, candidates: 1, hasCapacity: true }).level).toBeCloseTo(0.9875, 12);
});

test('all candidates of a comparison share its 5 %', () => {
  expect(headlineFamily({ headline, candidates: 2, hasCapacity: true }).level).toBeCloseTo(0.99375, 12);
});

test('metrics that cannot be judged take no share', () => {
  const family = headlineFamily({ headline: [...headline, 'latency_max_ms'], candidates: 1, hasCapacity: false });
  expect([...family.metrics]).toEqual(['cpu_ms_per_request', 'latency_mean_ms']);
  expect(family.level).toBeCloseTo(0.975, 12);
});
