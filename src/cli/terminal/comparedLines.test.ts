import { expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { compareRecords } from '../../shared/comparing/compareRecords';
import { createColours } from './colours';
import { comparedLines } from './comparedLines';
import { displayWidth } from './displayWidth';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

test('two runs in a terminal fit its width, and carry no control characters', () => {
  const later = { ...base, id: 'later', machine: { ...base.machine, host: '\u001b[2Jelsewhere' } };
  const lines = comparedLines(compareRecords(base, later), [base, later], {
    colours: createColours(false),
    columns: 80,
  });
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
  const text = lines.join('\n');
  expect(text).not.toContain('\u001b');
  expect(text).toContain('What differs');
  expect(text).toContain('  change: 0.0 % (95 % CI ');
  expect(text.replaceAll(/\s+/g, ' ')).toContain('cannot be told apart');
});
