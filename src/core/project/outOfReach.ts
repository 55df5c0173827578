import type { TargetControl } from '../../shared/plan';
import type { Warning } from '../../shared/record';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';

/** What a record says of an app whose processes cannot be read. */
export function outOfReach({ collectorUrl }: TargetControl): Warning[] {
  const processes: Warning = {
    code: 'processes_out_of_reach',
    message:
      'The app is started and stopped by your own commands, so that its processes cannot be read. CPU, memory, threads, descriptors, context switches and writes are not measured, and no figure is adjusted for the speed of its machine',
    advice:
      'Run it where the app is, with "command" in place of "start" and "stop", to learn what it costs in CPU and memory.',
  };
  if (collectorUrl !== null) return [processes];
  return [
    processes,
    {
      code: 'telemetry_unverified',
      message:
        'The app does not reach our collector: whether telemetry was sent, and only where Insights is on, is not verified',
      advice: 'Set "collectorUrl" of the target to how the app reaches this machine, such as http://192.168.1.5:9100.',
    },
  ];
}

/** Throws `UserError` for what needs the app on this machine. */
export function requireFit(request: RunRequest): void {
  const asked: readonly (readonly [string, boolean])[] = [
    ['--until', request.until !== undefined],
    ['--pin', request.isPinned],
    ['--base', request.base !== undefined],
    ['--head', request.head !== undefined],
    ['--set-requirement', request.setRequirements.length > 0],
    ['--stack', request.stack !== undefined],
  ];
  const [option] = asked.find(([, isAsked]) => isAsked) ?? [];
  if (option === undefined) return;
  throw new UserError('usage', `${option} cannot be used with an app that is not ours to run`, {
    hint: option === '--until' ? 'Its CPU is not measured: use --blocks N.' : 'Leave it out, or let "start" see to it.',
  });
}

export function nothingToJudge(headline: readonly string[]): UserError {
  return new UserError('usage', `None of the headline metrics can be measured here: ${headline.join(', ')}`, {
    hint: 'Set "headline": ["latency_mean_ms"] in the project file.',
  });
}

export function budgetOutOfReach(budget: string): UserError {
  return new UserError('usage', `The budget ${budget} cannot be judged: the app's processes are out of reach`, {
    hint: 'Use latency_…, error_rate or capacity_rps.',
  });
}

/** Of Locust's workers on other machines and an app on this one. */
export function unreachedByWorkers(): UserError {
  return new UserError('usage', 'Workers on other machines do not reach an app at an address of this machine alone', {
    hint: 'Leave out --remote-workers, or describe the app by "url", "start" and "stop" in the project file, at an address that they reach.',
  });
}
