import type { SmallestEffect } from '../../shared/plan';
import { isMetricName, metricNamed, metrics } from '../../shared/metrics';
import type { ProjectFile } from '../../shared/projectFile';
import { UserError } from '../../shared/userError';
import { nearestOf } from './nearestOf';

/**
 * `{"latency_mean_ms": ["5%", "0.5ms"]}` → the larger of 5 % of the baseline and 0.5 ms.
 * Throws `UserError` for an unknown metric or a size that is neither `N%` nor a number in the metric's unit.
 */
export function parseSmallestEffects(
  written: ProjectFile['smallestEffects'],
): Readonly<Record<string, SmallestEffect>> {
  return Object.fromEntries(
    Object.entries(written).map(([name, size]) => [name, parseSize(name, Array.isArray(size) ? size : [size])]),
  );
}

function parseSize(name: string, parts: readonly (string | number)[]): SmallestEffect {
  if (!isMetricName(name)) {
    throw new UserError('usage', `smallestEffects names ${name}, which is no metric`, {
      hint: nearestOf(
        name,
        metrics.map((metric) => metric.name),
      ),
    });
  }
  const result: { relative?: number; absolute?: number } = {};
  for (const part of parts) {
    const match = /^\s*(\d+(?:\.\d+)?)\s*(%|[a-zA-Z/]*)\s*$/.exec(String(part));
    if (!match) {
      throw new UserError('usage', `smallestEffects.${name}: ${String(part)} is no size`, {
        hint: `Write 2% (of the baseline) or a number of ${metricNamed(name).unit}.`,
      });
    }
    if (match[2] === '%') result.relative = Number(match[1]) / 100;
    else result.absolute = Number(match[1]);
  }
  return result;
}
