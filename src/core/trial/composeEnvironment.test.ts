import { describe, expect, test } from 'vitest';
import {
  composeEnvironment,
  environmentBytes,
  inheritableEnvironment,
  paddedEnvironmentBytes,
  secretValues,
} from './composeEnvironment';

const placeholders = { python: '/venv/bin/python', port: '5000', state: '/tmp/s', target: 'flask' };

describe("a trial's environment", () => {
  test('lets later layers win: inherited, variant, state, injected', () => {
    const environment = composeEnvironment({
      inherited: { A: 'inherited', B: 'inherited', C: 'inherited', D: 'inherited' },
      variant: { B: 'variant', C: 'variant', D: 'variant' },
      state: { C: 'state', D: 'state' },
      injected: { D: 'injected' },
      placeholders,
      paddedBytes: 0,
    });
    expect(environment).toMatchObject({ A: 'inherited', B: 'variant', C: 'state', D: 'injected' });
  });

  test('fills placeholders in the variant, and leaves other braces alone', () => {
    const environment = composeEnvironment({
      inherited: {},
      variant: { URL: 'http://127.0.0.1:{port}/{target}', TEMPLATE: '{name} ${HOME}' },
      state: {},
      injected: {},
      placeholders,
      paddedBytes: 0,
    });
    expect(environment).toMatchObject({ URL: 'http://127.0.0.1:5000/flask', TEMPLATE: '{name} ${HOME}' });
  });

  test('has the same size whatever the variant holds', () => {
    const variants = [{ SHORT: '1' }, { MUCH_LONGER: 'ä'.repeat(700) }];
    const paddedBytes = paddedEnvironmentBytes(variants);
    const sizes = variants.map((variant) =>
      environmentBytes(
        composeEnvironment({
          inherited: { PATH: '/bin' },
          variant,
          state: {},
          injected: {},
          placeholders,
          paddedBytes,
        }),
      ),
    );
    expect(new Set(sizes).size).toBe(1);
  });

  test('inherits nothing of npm, the editor or ourselves', () => {
    const inherited = inheritableEnvironment({
      PATH: '/bin',
      npm_config_cache: 'x',
      NODE_OPTIONS: '--inspect',
      ELECTRON_RUN_AS_NODE: '1',
      INSIGHTS_COMPARISON_BLOCKS: '3',
      EMPTY: '',
    });
    expect(inherited).toEqual({ PATH: '/bin', EMPTY: '' });
  });

  test('secrets are found by name, and passwords inside addresses', () => {
    expect(
      secretValues({ SECRET_KEY: 'abcd1234', DEBUG: 'true', BROKER: 'redis://user:hunter22@db/0', API_TOKEN: 'x' }),
    ).toEqual(['abcd1234', 'hunter22']);
  });
});
