import { describe, expect, test } from 'vitest';
import { variantEnvText } from './variantEnvText';

describe('a variant of an env file', () => {
  test('has Insights the other way round, and everything else to the letter', () => {
    const source = '# mine\nKEY="a b"\nHONEYBADGER_INSIGHTS_ENABLED=true # yes\nLAST=1\n';
    expect(variantEnvText(source)).toEqual({
      text: '# mine\nKEY="a b"\nHONEYBADGER_INSIGHTS_ENABLED=false\nLAST=1\n',
      isOn: false,
      name: '.env.without_insights',
    });
  });

  test.each([
    ['HONEYBADGER_INSIGHTS_ENABLED=false', 'HONEYBADGER_INSIGHTS_ENABLED=true'],
    ['export HONEYBADGER_INSIGHTS_ENABLED = "no"\r\nA=1\r\n', 'export HONEYBADGER_INSIGHTS_ENABLED = true\r\nA=1\r\n'],
    ['A=1', 'A=1\nHONEYBADGER_INSIGHTS_ENABLED=true\n'],
    ['', 'HONEYBADGER_INSIGHTS_ENABLED=true\n'],
    ['#HONEYBADGER_INSIGHTS_ENABLED=true\n', '#HONEYBADGER_INSIGHTS_ENABLED=true\nHONEYBADGER_INSIGHTS_ENABLED=true\n'],
  ])('%j becomes one with Insights', (source, text) => {
    expect(variantEnvText(source)).toEqual({ text, isOn: true, name: '.env.with_insights' });
  });

  test('changes the assignment that decides: the last', () => {
    const source = 'HONEYBADGER_INSIGHTS_ENABLED=true\nHONEYBADGER_INSIGHTS_ENABLED=false\n';
    expect(variantEnvText(source).text).toBe('HONEYBADGER_INSIGHTS_ENABLED=true\nHONEYBADGER_INSIGHTS_ENABLED=true\n');
  });
});
