import { describe, expect, test } from 'vitest';
import { readPageMessage } from './readPageMessage';

describe('a message of a page', () => {
  test.each([{ type: 'ready' }, { type: 'stop' }, { type: 'openResult', index: 1 }, { type: 'copyCli' }])(
    '%j is one of ours',
    (message) => {
      expect(readPageMessage(message)).toEqual(message);
    },
  );

  test.each([
    undefined,
    null,
    'ready',
    ['ready'],
    {},
    { type: 'run' },
    { type: 'ready', command: 'workbench.action.terminal.new' },
    { type: 'runAgain', recordPath: '/etc/passwd' },
    { type: 'openResult' },
    { type: 'openCode', endpoint: 'GET /', file: '/etc/passwd' },
    { type: 'readLog', position: -1 },
    { type: 'openResult', index: -1 },
    { type: 'openResult', index: 0.5 },
    { type: 'openResult', index: '0' },
    { type: 'copyMarkdown', text: 'mine' },
  ])('%j is not', (message) => {
    expect(readPageMessage(message)).toBeNull();
  });
});
