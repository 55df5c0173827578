import { describe, expect, test } from 'vitest';
import { targetSchema } from '../../shared/projectFile';
import { planControl } from './planControl';

const whole = {
  start: ['begin'],
  stop: ['end'],
  url: 'http://shop.test:8000',
  collectorUrl: 'http://192.168.1.5:9100/',
};

describe('an app that is not ours to run', () => {
  test('is switched by its commands, and calls the collector without a slash at the end', () => {
    expect(planControl('shop', targetSchema.parse(whole))).toEqual({
      start: ['begin'],
      stop: ['end'],
      collectorUrl: 'http://192.168.1.5:9100',
    });
  });

  test('need not reach the collector', () => {
    const { collectorUrl: _collectorUrl, ...rest } = whole;
    expect(planControl('shop', targetSchema.parse(rest))).toMatchObject({ collectorUrl: null });
  });

  test('is told from one that a command starts', () => {
    expect(planControl('shop', targetSchema.parse({ command: ['serve'] }))).toBeNull();
  });

  test.each([
    [{ ...whole, command: ['serve'] }, /both "command" and "start"/],
    [{ start: ['begin'], url: whole.url }, /"start" but no "stop"/],
    [{ start: ['begin'], stop: ['end'] }, /"start" but no "url"/],
    [{ stop: ['end'], command: ['serve'] }, /"stop" but no "start"/],
    [{ collectorUrl: whole.collectorUrl, command: ['serve'] }, /"collectorUrl" but no "start"/],
    [{ ...whole, companions: [{ name: 'celery', command: ['work'] }] }, /companions, which would run on this machine/],
    [{ ...whole, reset: { sqlite: 'DB' } }, /"reset" of the kind sqlite/],
    [{ ...whole, collectorUrl: 'https://shop.test' }, /not http:\/\/HOST:PORT: https:\/\/shop.test/],
    [{ ...whole, collectorUrl: 'http://shop.test' }, /not http:\/\/HOST:PORT/],
    [{ ...whole, collectorUrl: 'http://shop.test:9100/v1' }, /not http:\/\/HOST:PORT/],
  ])('%o is refused', (spec, sentence) => {
    expect(() => planControl('shop', targetSchema.parse(spec))).toThrow(sentence);
  });
});
