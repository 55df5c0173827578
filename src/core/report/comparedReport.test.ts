import { expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { compareRecords } from '../../shared/comparing/compareRecords';
import { comparedReport } from './comparedReport';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

test('two runs stand side by side, with what differs and how weak that is; no name becomes markup', () => {
  const later = {
    ...base,
    id: 'later',
    software: { ...base.software, honeybadger: '9.9.9 <img src=x>' },
    machine: { ...base.machine, host: 'b|c' },
  };
  const text = comparedReport(compareRecords(base, later), [base, later]);
  expect(text).toContain(`- First: \`${base.id}\``);
  expect(text).toMatch(/^Very weak evidence: other conditions \(machine\)/m);
  const rows = text.split('\n').filter((line) => line.startsWith('| CPU per request, '));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatch(/ 0\.0 % \(95 % CI [^|]*cannot be told apart \|$/);
  expect(text).toContain('| honeybadger | ');
  expect(text).not.toContain('<img');
  expect(text).not.toContain('b|c');
});
