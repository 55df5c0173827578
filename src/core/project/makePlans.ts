import { randomInt } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Plan } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { Warning } from '../../shared/record';
import { repeatableRequest } from '../../shared/repeatableRequest';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { isLoopback } from '../isLoopback';
import { behaviourFallback } from './behaviourFallback';
import { chooseTargets } from './chooseTargets';
import { codeVariants, comparesCode } from './codeVariants';
import { completeDetected } from './completeDetected';
import { findLocustFile } from './findLocustFile';
import { findPython } from './findPython';
import { findTargets, openProject, type NamedTarget } from './openProject';
import { parseEndpoint } from './parseEndpoint';
import { planCapacity } from './planCapacity';
import { planJudgement } from './planJudgement';
import { ambiguousEnvFile, guessedPython, locustFileFound, moreFirstBlocks } from './planNotes';
import { planTarget } from './planTarget';
import { outOfReach, requireFit, unreachedByWorkers } from './outOfReach';
import { requestCommand } from './requestCommand';
import { projectFileName } from './projectFileName';
import { resolveScenario } from './resolveScenario';
import { resolveLocust } from './resolveLocust';
import { resolveStack } from './resolveStack';
import { resolveVariants } from './resolveVariants';

/** A comparison to run, and what the user should know of how it was resolved. */
export interface PlannedComparison {
  readonly plan: Plan;
  /** What the plan's target was made from. */
  readonly target: NamedTarget;
  readonly notes: readonly Warning[];
  /** Where the values came from that nobody asked for on the command line. */
  readonly origins: Readonly<
    Record<'target' | 'variants' | 'scenario' | 'behaviour' | 'capacity' | 'endpoint' | 'headline' | 'budgets', string>
  >;
}

/**
 * Project file or detection, env files and the request's own words → one plan per target.
 * Throws `UserError` (usage) for whatever the user wrote wrong, before anything is started.
 */
export async function makePlans(
  request: RunRequest,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PlannedComparison[]> {
  const folder = path.resolve(request.folder);
  await requireFolder(folder);
  const { project, projectFolder, isPresent } = await openProject({ ...request, folder });
  const candidates = await findTargets({ ...request, folder }, project);
  const seed = request.seed ?? randomInt(0, 2 ** 31 - 1);
  const planned: PlannedComparison[] = [];
  for (const target of chooseTargets(request, candidates)) {
    planned.push(await makePlan({ request, environment, folder, project, projectFolder, isPresent, seed }, target));
  }
  return planned;
}

interface Context {
  readonly request: RunRequest;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly project: ProjectFile;
  readonly projectFolder: string;
  readonly isPresent: boolean;
  readonly seed: number;
}

async function makePlan(context: Context, named: NamedTarget): Promise<PlannedComparison> {
  const { request, folder, project, projectFolder } = context;
  const base = request.adHoc || named.entry ? folder : projectFolder;
  const cwd = path.resolve(base, named.spec.cwd);
  await requireFolder(cwd);
  const python = await findPython({
    asked: request.python ?? pythonFromEnvironment(context.environment),
    folder: cwd,
    root: folder,
    environment: context.environment,
  });
  const { target, notes: detectionNotes } = await completeDetected(named, {
    folder,
    cwd,
    pythonPath: python.path,
    environment: context.environment,
    hasVariants: request.variantFiles.length + request.variantNames.length > 0 || project.variants !== undefined,
  });
  const stack = resolveStack(request.stack, project, projectFolder);
  const locust = await resolveLocust(request, process.cwd());
  const targetPlan = await planTarget(target, {
    cwd,
    projectFolder: base,
    python,
    stack,
    acceptedHost: request.acceptedHost ?? null,
  });
  const { control = null } = targetPlan;
  if (locust?.remote && isLoopback(`http://${targetPlan.host}`)) throw unreachedByWorkers();
  if (control) requireFit(request);
  const fallback = behaviourFallback(context, locust, target);
  const resolved = resolveScenario(
    locust?.file ? { ...request, behaviour: fallback.name } : request,
    project,
    fallback,
  );
  const { variants: environments, differing } = await resolveVariants({
    request,
    target,
    projectVariants: project.variants,
    projectFolder,
    workingFolder: process.cwd(),
    pythonPath: python.path,
    isOneEnough: comparesCode(request),
  });
  const variants = comparesCode(request) ? await codeVariants(request, environments, targetPlan) : environments;
  const endpoint = parseEndpoint({ request, project, variants, control: targetPlan.control });
  const { scenario } = resolved;
  const { capacity, note: capacityNote } = planCapacity({
    isWanted: request.hasCapacity,
    ...{ project, scenario, fallback, locust, endpoint, control },
  });
  const judgement = planJudgement(request, project, { control, hasCapacity: capacity !== null });
  const notes: Warning[] = [...detectionNotes];
  if (resolved.note !== null)
    notes.push({ code: 'trial_rounded', message: resolved.note, advice: 'Ask for a multiple of 5 s.' });
  if (resolved.until && request.blocks !== undefined && request.blocks < resolved.blocks)
    notes.push(moreFirstBlocks(resolved.blocks, request.blocks));
  if (python.isGuess && !control) notes.push(guessedPython(python));
  if (control) notes.push(...outOfReach(control));
  for (const { file, names, reader } of differing) notes.push(ambiguousEnvFile(file, names, reader));
  const isNobodysChoice = scenario.behaviourName === fallback.name && !(fallback.name in project.behaviours);
  const locustFile = isNobodysChoice && !locust?.file ? await findLocustFile([folder, cwd]) : null;
  if (locustFile !== null) notes.push(locustFileFound(locustFile));
  if (capacityNote !== null) notes.push(capacityNote);
  const plan: Plan = {
    folder,
    target: targetPlan,
    variants,
    scenario,
    behaviour: resolved.behaviour,
    isBehaviourOpen: fallback.isOpen && scenario.behaviourName === fallback.name,
    capacity,
    blocks: resolved.blocks,
    until: resolved.until,
    trialSeconds: resolved.trialSeconds,
    warmupSeconds: resolved.warmupSeconds,
    seed: context.seed,
    ...judgement,
    locust,
    stack,
    endpoint,
    acceptedEvents: request.acceptedEvents ?? null,
    purpose: request.purpose,
    isPinned: request.isPinned,
    isForced: request.isForced,
    repeatCommand: requestCommand(request, {
      seed: context.seed,
      scenario: scenario.name,
      target: target.name,
    }),
    request: repeatableRequest(request, { scenario: scenario.name, target: target.name }),
  };
  return {
    plan,
    target,
    notes,
    origins: originsOf(context, target, scenario.name, scenario.behaviourName),
  };
}

function originsOf(
  { request, project, isPresent }: Context,
  target: NamedTarget,
  scenario: string,
  behaviour: string,
): PlannedComparison['origins'] {
  const file = request.configFile ?? projectFileName;
  const orDefault = (isNamed: boolean): string => (isNamed ? file : 'default');
  return {
    target: request.adHoc ? '--command' : isPresent && target.name in project.targets ? file : 'detected',
    variants: orDefault(target.spec.variants !== undefined || project.variants !== undefined),
    scenario: project.scenarios[scenario] ? file : `built-in ${scenario}`,
    behaviour: project.behaviours[behaviour] ? file : 'default',
    capacity: orDefault(project.capacity !== undefined),
    endpoint: orDefault(project.endpoint !== 'local'),
    headline: orDefault(project.headline !== undefined),
    budgets: orDefault(project.budgets.length > 0),
  };
}

function pythonFromEnvironment(environment: Context['environment']): RunRequest['python'] | null {
  const name = 'INSIGHTS_COMPARISON_PYTHON';
  const path = environment[name];
  return path ? { path, origin: name } : null;
}

async function requireFolder(folder: string): Promise<void> {
  await access(folder).catch((cause: unknown) => {
    throw new UserError('usage', `There is no folder ${folder}`, { hint: 'Name an existing folder.', cause });
  });
}
