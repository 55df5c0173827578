import { assertNever } from '../../shared/assertNever';
import type { ScenarioPlan } from '../../shared/plan';

/** What a scenario does to the app, in the width of a row: `10 users`, `up to 40 requests/s`. */
export function loadWords({ load, isRateAdaptive }: Pick<ScenarioPlan, 'load' | 'isRateAdaptive'>): string {
  switch (load.type) {
    case 'users':
      return load.users === 1 ? '1 user' : `${load.users} users`;
    case 'rate':
      return `${isRateAdaptive ? 'up to ' : ''}${load.ratePerSecond} requests/s`;
    default:
      return assertNever(load);
  }
}
