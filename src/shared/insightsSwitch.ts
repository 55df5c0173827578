/** The environment variable that switches Insights on in the honeybadger package. */
export const insightsSwitch = 'HONEYBADGER_INSIGHTS_ENABLED';

/** How Honeybadger reads its switch: true, 1 or yes in any case; null when it is not set. */
export function readSwitch(value: string | undefined): boolean | null {
  return value === undefined ? null : ['true', '1', 'yes'].includes(value.toLowerCase());
}
