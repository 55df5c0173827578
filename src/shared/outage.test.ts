import { expect, test } from 'vitest';
import { healthyName, outageModes, outageVariantName, outageWords } from './outage';

test.each(outageModes)('the name of the variant that meets %s leads back to the healthy one', (mode) => {
  const name = outageVariantName('with_insights', mode);
  expect(name).toBe(`with_insights_outage_${mode}`);
  expect(healthyName(name, mode)).toBe('with_insights');
});

test('a name of the user’s own stays', () => {
  expect(healthyName('gone', 'refuse')).toBe('gone');
  expect(healthyName('_outage_refuse', 'refuse')).toBe('_outage_refuse');
});

test('outages are said in words', () => {
  expect(outageModes.map(outageWords)).toEqual([
    'Honeybadger answers after 2 s',
    'Honeybadger answers 429',
    'Honeybadger answers 500',
    'Honeybadger answers 413',
    'Honeybadger never answers',
    'Honeybadger refuses connections',
  ]);
});
