import { makePlans } from '../../core/project/makePlans';
import { locustFile } from '../../core/locust/locustFile';
import { exitCodes, UserError } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import type { RunOptionValues } from '../runOptions';
import { toRunRequest } from '../toRunRequest';

/** `locustfile`: what the users of a scenario do, as a Locust file on stdout. Throws `UserError` for several targets, or routes that are not known yet. */
export async function locustfileCommand(
  words: readonly string[],
  options: RunOptionValues,
  context: CommandContext,
): Promise<number> {
  const request = toRunRequest('comparison', words, options, context.environment);
  const [planned, ...others] = await makePlans(request, context.environment);
  if (!planned) throw new UserError('usage', 'There is no app here to write a Locust file for');
  if (others.length > 0) {
    throw new UserError('usage', 'A Locust file is of one target', {
      hint: `Name one: ${[planned, ...others].map(({ plan }) => plan.target.name).join(', ')}.`,
    });
  }
  const { plan } = planned;
  if (plan.isBehaviourOpen) {
    throw new UserError('usage', `What users do in ${plan.target.name} is only known once its routes were tried`, {
      hint: 'Write them down with: insights-comparison init. Or name a built-in behaviour: --behaviour WebAppUser.',
    });
  }
  const { host, port } = plan.target;
  context.stdout.write(
    locustFile({
      behaviourName: plan.scenario.behaviourName,
      behaviour: plan.behaviour,
      load: plan.scenario.load,
      durationSeconds: plan.scenario.durationSeconds,
      origin: `http://${host}:${port === 0 ? 8000 : port}`,
    }),
  );
  return exitCodes.done;
}
