import { insightsSwitch } from '../../shared/insightsSwitch';
import { isHealthy } from '../../shared/outage';
import type { Plan } from '../../shared/plan';
import type { Warning } from '../../shared/record';
import { hasSameValues } from './hasSameValues';

/** What shows from the plan alone that a comparison would mean nothing, each with its fix. */
export function planProblems(plan: Plan): Warning[] {
  if (plan.purpose === 'aa') return [];
  return [sameVariants(plan), insightsOffByMistake(plan)].filter((problem) => problem !== null).slice(0, 1);
}

function insightsOffByMistake({ variants }: Plan): Warning | null {
  if (variants.some(({ insightsEnabled }) => insightsEnabled !== false)) return null;
  const meant = variants.find(
    ({ name }) => /(^|[^a-z])(with|on)[_-]?(insights)?$/i.test(name) || /(^|[^a-z])with[_-]insights/i.test(name),
  );
  if (!meant) return null;
  return {
    code: 'insights_off',
    message: `Insights is off in every variant, ${meant.name} too: there is nothing to compare`,
    advice: `Set ${insightsSwitch}=true in ${meant.envFiles.at(-1) ?? meant.name}.`,
  };
}

/** Variants whose values are the same are one variant measured twice: that is what `aa` is for. An outage and other code differ without any value. */
function sameVariants({ variants }: Plan): Warning | null {
  const healthy = variants.filter((variant) => isHealthy(variant) && variant.code === undefined);
  const [pair] = healthy.flatMap((same, index) =>
    healthy
      .slice(0, index)
      .flatMap((other) => (hasSameValues(same.environment, other.environment) ? [{ same, other }] : [])),
  );
  if (!pair) return null;
  const { same, other } = pair;
  const isOff = other.insightsEnabled === false ? ', and Insights is off in both variants' : '';
  return {
    code: 'same_variants',
    message: `${same.name} has the very same values as ${other.name}${isOff}: there is nothing to compare`,
    advice: `Correct ${same.envFiles.at(-1) ?? same.name} (${insightsSwitch}=true), or measure the noise of this machine with "aa".`,
  };
}
