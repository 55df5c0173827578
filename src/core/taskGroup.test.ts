import { describe, expect, test } from 'vitest';
import { taskGroup } from './taskGroup';

const never = new AbortController().signal;

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('aborted'));
    });
  });
}

describe('task group', () => {
  test('gives the results in the order of the tasks', async () => {
    expect(await taskGroup(never, [async () => Promise.resolve(1), async () => Promise.resolve('two')])).toEqual([
      1,
      'two',
    ]);
  });

  test('the first failure aborts the others, and is the one that is thrown after all have ended', async () => {
    const ended: string[] = [];
    const slow = async (signal: AbortSignal): Promise<never> => {
      try {
        return await untilAborted(signal);
      } finally {
        ended.push('slow');
      }
    };
    const failing = async (): Promise<never> => Promise.reject(new Error('first'));
    await expect(taskGroup(never, [slow, failing])).rejects.toThrow('first');
    expect(ended).toEqual(['slow']);
  });

  test('an outer abort reaches every task', async () => {
    const controller = new AbortController();
    const group = taskGroup(controller.signal, [untilAborted, untilAborted]);
    controller.abort();
    await expect(group).rejects.toThrow('aborted');
  });
});
