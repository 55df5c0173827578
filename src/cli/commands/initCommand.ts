import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError } from '../../core/runEngine';
import { examine } from '../../core/runDoctor';
import { readHarBehaviour } from '../../core/project/harBehaviour';
import { projectFileName } from '../../core/project/projectFileName';
import { projectFileText } from '../../core/project/projectFileText';
import { runRequestSchema } from '../../shared/runRequest';
import { exitCodes, UserError } from '../../shared/userError';
import type { CommandContext } from '../commandContext';
import { listenForStop } from '../stopSignals';

/**
 * `init`: writes a commented project file for the apps that are detected, with those of their routes that answer, or with what a browser
 * has recorded (`--har`). An app that does not come
 * up is written without them, and that is said. Throws `UserError` where there is a project file already, or no app.
 */
export async function initCommand(
  folder: string,
  options: { readonly har?: string },
  context: CommandContext,
): Promise<number> {
  const file = path.join(path.resolve(folder), projectFileName);
  await requireNoFile(file);
  // A wrong recording is told before the app is started.
  const recorded = options.har === undefined ? null : await readHarBehaviour(options.har);
  context.stderr.write('Looking at the project, and trying its routes once …\n');
  const stop = listenForStop(() => undefined);
  try {
    const request = runRequestSchema.parse({ purpose: 'aa', folder, scenario: 'quick', targets: ['all'] });
    const examined = await examine(request, context.engine, {
      signal: stop.stop.signal,
      force: stop.force.signal,
      onEvent: (event) => {
        if (event.type === 'warning') context.stderr.write(`! ${event.warning.message}\n  ${event.warning.advice}\n`);
      },
    });
    for (const { planned, error } of examined) {
      if (error === null) continue;
      const { message, hint = '' } = describeError(error);
      context.stderr.write(
        `! ${planned.plan.target.name} did not come up, so its routes are not written: ${message}\n  ${hint}\n`,
      );
    }
    const text = projectFileText(
      examined.map(({ planned, result }, index) => {
        const plan = result?.plan ?? planned.plan;
        // A recording is one app's: the first.
        return recorded !== null && index === 0
          ? { target: planned.target, plan: { ...plan, behaviour: recorded }, hasBehaviour: true }
          : { target: planned.target, plan, hasBehaviour: result !== null && !plan.isBehaviourOpen };
      }),
    );
    // Never over what somebody has written meanwhile.
    await writeFile(file, text, { flag: 'wx' });
    context.stdout.write(`${file}\n`);
    context.stderr.write('Written. Edit it to your liking, then: insights-comparison run . quick\n');
    return exitCodes.done;
  } catch (error) {
    if (!stop.stop.signal.aborted) throw error;
    return exitCodes.stopped;
  } finally {
    stop.dispose();
  }
}

async function requireNoFile(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new UserError('usage', `There is a project file already: ${file}`, {
    hint: 'Edit it, or move it away first: nothing of yours is written over.',
  });
}
