import type { ComparisonRecord } from '../../shared/record';
import { insightsSwitch } from '../../shared/insightsSwitch';
import { checkPort, portTakenError } from '../target/checkPort';
import type { TrialDeps } from '../trial/trialDeps';
import type { Check } from './check';
import { instructionCheck } from './instructionCheck';
import { machineChecks, machineFacts } from './machineChecks';
import { serviceChecks, servicesOf, type ServiceSources } from './serviceChecks';

/** What can be told before the app is started: its interpreter and packages, its port, the servers that it needs, the machine. */
export async function surroundingChecks(
  deps: ServiceSources & Pick<TrialDeps, 'instructions'>,
  software: ComparisonRecord['software'],
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { plan } = deps;
  // An app that is not ours to run has its interpreter, its port and its servers where it is.
  if (plan.target.control) return machineChecks(await machineFacts(signal));
  return [
    interpreterCheck(plan.target.python, software.python),
    packageCheck(
      software,
      plan.variants.some((variant) => variant.environment[insightsSwitch] !== undefined),
    ),
    ...(await portChecks(plan.target)),
    ...(await serviceChecks(servicesOf(deps))),
    ...(await machineChecks(await machineFacts(signal))),
    instructionCheck(deps.instructions),
  ];
}

const oldestPython = [3, 9] as const;

function interpreterCheck(python: TrialDeps['plan']['target']['python'], version: string | null): Check {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const isOld = version !== null && (major < oldestPython[0] || (major === oldestPython[0] && minor < oldestPython[1]));
  const shown = `Python ${version ?? 'of unknown version'} (${python.origin})`;
  return isOld
    ? {
        name: 'interpreter',
        code: 'old_python',
        state: 'warning',
        message: `${shown} is older than honeybadger supports (${oldestPython.join('.')})`,
        advice: 'Make the virtual environment with a newer Python.',
      }
    : { name: 'interpreter', code: 'python', state: 'ok', message: shown };
}

function packageCheck(
  { honeybadger, framework, server }: ComparisonRecord['software'],
  isAboutInsights: boolean,
): Check {
  const parts = [framework, server, honeybadger === null ? null : `honeybadger ${honeybadger}`];
  const shown = parts.filter((part) => part !== null).join(', ');
  if (honeybadger !== null || !isAboutInsights)
    return { name: 'packages', code: 'packages', state: 'ok', message: shown === '' ? 'No package is known' : shown };
  return {
    name: 'packages',
    code: 'honeybadger_missing',
    state: 'warning',
    message: 'The package honeybadger is not installed in the interpreter of the app',
    advice:
      'pip install honeybadger, and wire it in: DjangoHoneybadgerMiddleware first in MIDDLEWARE, or FlaskHoneybadger(app).',
  };
}

/** A taken port ends the run where it is needed; here it is named among the rest. Nothing is ended. */
async function portChecks({ port, host }: TrialDeps['plan']['target']): Promise<readonly Check[]> {
  if (port === 0)
    return [{ name: 'port', code: 'port_free', state: 'ok', message: 'Each trial takes a port that is free' }];
  const found = await checkPort(port, host);
  if (found.state === 'free')
    return [{ name: 'port', code: 'port_free', state: 'ok', message: `Port ${port} is free` }];
  const { message, hint } = portTakenError(port, found);
  return [
    { name: 'port', code: 'port_taken', state: 'failed', message, ...(hint === undefined ? {} : { advice: hint }) },
  ];
}
