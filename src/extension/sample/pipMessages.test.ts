import { describe, expect, test } from 'vitest';
import { describePipLine, explainPipFailure } from './pipMessages';

describe('what pip is at', () => {
  test.each([
    ['Collecting flask==3.1.3 (from -r flask/requirements.txt (line 4))', 'getting flask==3.1.3'],
    ['Collecting blinker>=1.9.0 (from flask==3.1.3->-r flask/requirements.txt (line 4))', 'getting blinker>=1.9.0'],
    ['Installing collected packages: pytz, flask', 'installing the packages'],
    ['  Using cached flask-3.1.3-py3-none-any.whl (102 kB)', null],
  ])('%s: %s', (line, words) => {
    expect(describePipLine(line)).toBe(words);
  });
});

describe('why an installation failed', () => {
  test.each([
    ['OSError: [Errno 28] No space left on device', 'the disk is full'],
    [
      'ERROR: Could not find a version that satisfies the requirement flask (from versions: none)',
      'could not be reached',
    ],
    ['ERROR: No matching distribution found for flask==3.1.3', 'no version for this Python'],
    ['SSLError(SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED]"))', 'certificate'],
    ["ERROR: [Errno 13] Permission denied: '/x'", 'may not be written to'],
  ])('%s: %s', (line, cause) => {
    expect(explainPipFailure(['…', line]).cause).toContain(cause);
  });

  test('is the last line when it is none of the known ones', () => {
    expect(explainPipFailure(['first', 'ERROR: the moon is full', '']).cause).toBe('the moon is full');
    expect(explainPipFailure([]).cause).toBe('it did not say why');
  });
});
