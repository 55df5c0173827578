import type { TrialDeps } from '../trial/trialDeps';
import type { Check } from './check';

const messages = {
  counted: 'CPU instructions are counted beside CPU time: they do not depend on the speed of the machine',
  no_counters:
    'CPU instructions are not counted: this machine shows no counters of its CPU, as most virtual ones do not. CPU time is measured all the same',
  not_permitted:
    'CPU instructions are not counted: the kernel keeps this user from it (sudo sysctl kernel.perf_event_paranoid=2 lets it; in a container its seccomp profile must as well). CPU time is measured all the same',
} as const;

/** Whether there is a figure that the machine's speed is not in. Nothing is wrong without one. */
export function instructionCheck(instructions: TrialDeps['instructions']): Check {
  const message = messages[typeof instructions === 'string' ? instructions : 'counted'];
  return { name: 'instructions', code: 'instructions', state: 'ok', message };
}
