import { sampleRateVariable } from '../../shared/outageScale';
import type { VariantPlan } from '../../shared/plan';
import type { InspectedApp } from '../inspect/inspectApp';

/** What honeybadger 1.3.0 takes when nothing is set, in percent. */
const everything = 100;

/** Percent of the requests whose events this variant sends: what it is given, or else what the loaded app itself asks for. */
export function sampleRateOf(
  { environment }: Pick<VariantPlan, 'environment'>,
  effective?: Pick<InspectedApp, 'config'>,
): number {
  const rate = Number(environment[sampleRateVariable] ?? effective?.config['events_sample_rate'] ?? everything);
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

/** What an app is given, with the sample rate that its variant asks for where `audible` raised it. */
export function withOwnRate(
  given: Readonly<Record<string, string>>,
  { environment }: Pick<VariantPlan, 'environment'>,
): Readonly<Record<string, string>> {
  const own = environment[sampleRateVariable];
  return own === undefined ? given : { ...given, [sampleRateVariable]: own };
}
