import type { VariantPlan } from '../../shared/plan';

const sampleRateVariable = 'HONEYBADGER_EVENTS_SAMPLE_RATE';
/** What honeybadger 1.3.0 takes when nothing is set, in percent. */
const everything = 100;

/** Percent of the requests whose events this variant sends. */
export function sampleRateOf({ environment }: Pick<VariantPlan, 'environment'>): number {
  const rate = Number(environment[sampleRateVariable] ?? everything);
  return Number.isFinite(rate) ? rate : everything;
}

/** Whether the variant makes every event and throws all of them away: nothing can arrive that would prove that Insights is on. */
export function isSilent(variant: Pick<VariantPlan, 'environment' | 'insightsEnabled'>): boolean {
  return variant.insightsEnabled === true && sampleRateOf(variant) <= 0;
}

/** The same variant with every event sent: how a rehearsal makes a silent one show that Insights is on in it. Others stay as they are. */
export function audible(variant: VariantPlan): VariantPlan {
  if (!isSilent(variant)) return variant;
  return { ...variant, environment: { ...variant.environment, [sampleRateVariable]: String(everything) } };
}
