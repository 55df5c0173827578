import { describe, expect, test } from 'vitest';
import { behaviourSchema } from '../../shared/behaviour';
import { builtinBehaviours } from '../../shared/builtins';
import { capacityRequests } from './capacityRequests';

function counts(name: string, methods = ['GET']): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { name: endpoint } of capacityRequests(behaviourSchema.parse(builtinBehaviours[name]), methods)) {
    result[endpoint] = (result[endpoint] ?? 0) + 1;
  }
  return result;
}

describe('requests of the closed loop', () => {
  test('are the GET requests of the behaviour that expect no error, as often as their weights say', () => {
    expect(counts('WebAppUser')).toEqual({ 'GET /': 4, 'GET /api/data/': 3 });
  });

  test('include other methods only when told', () => {
    expect(Object.keys(counts('DatabaseHeavyUser', ['GET', 'POST']))).toEqual(['GET /api/data/', 'POST /api/task/']);
  });

  test('are equally many where all weights are 0', () => {
    expect(counts('BurstUser')).toEqual({ 'GET /': 1, 'GET /api/data/': 1 });
  });
});
