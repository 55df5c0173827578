import { appServerOf } from '../../shared/appServer';
import { isCollector } from '../../shared/endpoint';
import { isSecretName } from '../../shared/isSecretName';
import type { Plan, VariantPlan } from '../../shared/plan';
import { insightsSwitch } from '../../shared/insightsSwitch';
import { outageScale } from '../../shared/outageScale';
import { runTagVariable } from '../target/processes';
import { codeOf, type TrialDeps } from './trialDeps';

/** The key under which the collector books one trial: it is not the user's, so nothing can be billed, and a late flush never counts for the next trial. */
export function trialApiKey(runKey: string, position: number): string {
  return `hbp_${runKey}${String(position).padStart(4, '0')}`;
}

/**
 * What a variant gets from us, nearly the same in each. Insights' switch is set in each of them when any variant names it: an unset one would let a stray
 * `.env` or the app's settings decide.
 */
export function injectedEnvironment(
  deps: TrialDeps,
  variant: VariantPlan,
  position: number,
  hashSeed: number,
): Record<string, string> {
  return {
    ...commonInjected(deps, variant),
    ...insightsInjected(deps.plan, variant),
    ...outageInjected(deps, variant),
    ...(isCollector(deps.endpoint) ? { HONEYBADGER_API_KEY: trialApiKey(deps.runKey, position) } : {}),
    PYTHONHASHSEED: String(hashSeed),
  };
}

/** What the record shows of it: names and values that do not change from trial to trial, secrets masked. */
export function shownInjected(deps: TrialDeps, variant: VariantPlan): Record<string, string> {
  const shown = {
    ...commonInjected(deps, variant),
    ...insightsInjected(deps.plan, variant),
    ...outageInjected(deps, variant),
    ...(isCollector(deps.endpoint) ? { HONEYBADGER_API_KEY: 'a placeholder of this trial' } : {}),
    PYTHONHASHSEED: 'one per block',
  };
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [
      name,
      isSecretName(name) && name !== 'HONEYBADGER_API_KEY' ? '•••' : value,
    ]),
  );
}

function commonInjected(deps: TrialDeps, variant: VariantPlan): Record<string, string> {
  const anywhere = { ...whereTo(deps), HONEYBADGER_FORCE_REPORT_DATA: 'true', FLASK_SKIP_DOTENV: '1' };
  // Folders of this machine mean nothing to an app elsewhere; what it leaves running is not ours to end, so that it has no tag.
  if (deps.plan.target.control) return anywhere;
  return {
    ...anywhere,
    ...withoutProxy(deps),
    // Bytecode goes to our cache, not into the user's folders; an inherited ban on writing it would have every start compile everything.
    PYTHONPYCACHEPREFIX: codeOf(deps, variant.name).bytecodeFolder,
    PYTHONDONTWRITEBYTECODE: '',
    // setproctitle (gunicorn, Celery) would overwrite the environment in /proc, and with it the run's tag.
    SPT_NOENV: '1',
    ...controlSocketElsewhere(deps),
    [runTagVariable]: deps.guard.tag,
  };
}

/**
 * From 25.1 on gunicorn listens for commands at a socket in this folder, else in the user's home: there it would take the place of that of a
 * gunicorn that runs already. A script whose server is not known may start one.
 */
function controlSocketElsewhere({ plan, workFolder }: TrialDeps): Record<string, string> {
  const server = appServerOf(plan.target.command);
  return server === 'gunicorn' || server === null ? { XDG_RUNTIME_DIR: workFolder } : {};
}

/** Our collector, which the app is made to trust; elsewhere it has its own key and its own trust. */
function whereTo({ endpoint, trustEnvironment, collector }: TrialDeps): Record<string, string> {
  if (isCollector(endpoint)) return { ...trustEnvironment, HONEYBADGER_ENDPOINT: collector.endpoint };
  return endpoint === 'real' ? {} : { HONEYBADGER_ENDPOINT: endpoint.url };
}

/** The collector must be reached directly; the user's own exceptions stay. */
function withoutProxy({ plan, inheritedEnvironment }: TrialDeps): Record<string, string> {
  const own = { ...inheritedEnvironment, ...plan.variants[0]?.environment };
  const value = [...new Set([...(own['NO_PROXY'] ?? own['no_proxy'] ?? '').split(','), '127.0.0.1', 'localhost'])]
    .filter((host) => host !== '')
    .join(',');
  return { NO_PROXY: value, no_proxy: value };
}

function insightsInjected(plan: Plan, variant: VariantPlan): Record<string, string> {
  if (!isAboutInsights(plan)) return {};
  return { [insightsSwitch]: variant.insightsEnabled === true ? 'true' : 'false' };
}

/** An outage's own address, and the settings by which a trial shows it. */
function outageInjected(deps: TrialDeps, variant: VariantPlan): Record<string, string> {
  const own = { ...deps.inheritedEnvironment, ...variant.environment };
  return {
    ...outageScale(deps.plan, variant, own),
    ...(variant.outage === 'refuse' ? { HONEYBADGER_ENDPOINT: deps.collector.refusingEndpoint } : {}),
  };
}

/** Whether any variant says whether Insights is on: only then is there something to verify. */
export function isAboutInsights(plan: Plan): boolean {
  return plan.variants.some((variant) => variant.insightsEnabled !== null);
}
