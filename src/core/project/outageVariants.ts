import { insightsSwitch } from '../../shared/insightsSwitch';
import { outageVariantName, type OutageMode } from '../../shared/outage';
import type { VariantPlan } from '../../shared/plan';
import { UserError } from '../../shared/userError';

const sampleRateVariable = 'HONEYBADGER_EVENTS_SAMPLE_RATE';

/**
 * For each outage a variant beside the healthy one: the last that sends events, under the same environment. Throws `UserError` ('usage')
 * when no variant sends any.
 */
export function outageVariants(variants: readonly VariantPlan[], outages: readonly OutageMode[]): VariantPlan[] {
  const modes = [...new Set(outages)];
  if (modes.length === 0) return [];
  const healthy = variants.findLast((variant) => variant.outage === undefined && sendsEvents(variant));
  if (!healthy) {
    throw new UserError('usage', 'An outage needs a variant that sends events, and Insights is on in none', {
      hint: `Set ${insightsSwitch}=true in one of: ${variants.map(({ name }) => name).join(', ')}.`,
    });
  }
  return modes.map((outage) => {
    const name = outageVariantName(healthy.name, outage);
    if (variants.some((variant) => variant.name === name)) {
      throw new UserError('usage', `There is a variant ${name} already`, {
        hint: `Leave out --outage ${outage}, or give that variant another name.`,
      });
    }
    return { ...healthy, name, outage };
  });
}

/** Throws `UserError` ('usage') for an outage of the project file that nobody would meet, or that everything would be compared with. */
export function checkOutages(variants: readonly VariantPlan[]): void {
  const [baseline, ...candidates] = variants;
  // One alone is looked at, or run against itself.
  if (baseline?.outage !== undefined && candidates.length > 0) {
    throw new UserError('usage', `The baseline ${baseline.name} has an outage`, {
      hint: 'Put a healthy variant first: it is what all others are compared with.',
    });
  }
  const silent = variants.find((variant) => variant.outage !== undefined && !sendsEvents(variant));
  if (!silent) return;
  throw new UserError(
    'usage',
    `${silent.name} has the outage ${silent.outage} but sends no events that could meet it`,
    {
      hint: `Set ${insightsSwitch}=true and a ${sampleRateVariable} above 0 in it.`,
    },
  );
}

function sendsEvents({ insightsEnabled, environment }: VariantPlan): boolean {
  return insightsEnabled === true && Number(environment[sampleRateVariable] ?? 100) !== 0;
}
