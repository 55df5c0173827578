import { randomInt } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { BehaviourInput } from '../../shared/behaviour';
import { builtinBehaviours } from '../../shared/builtins';
import { parseBudget } from '../../shared/effects/parseBudget';
import { isCollector } from '../../shared/endpoint';
import { processMetrics } from '../../shared/metrics';
import type { CapacityPlan, Plan } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { Warning } from '../../shared/record';
import { repeatableRequest } from '../../shared/repeatableRequest';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { isLoopback } from '../isLoopback';
import { capacityRequests } from './capacityRequests';
import { capacityTimes } from './capacityTimes';
import { codeVariants, comparesCode } from './codeVariants';
import { completeDetected } from './completeDetected';
import { findLocustFile } from './findLocustFile';
import { findPython } from './findPython';
import { nearestOf } from './nearestOf';
import { findTargets, openProject, type NamedTarget } from './openProject';
import {
  ambiguousEnvFile,
  guessedPython,
  locustFileFound,
  moreFirstBlocks,
  noCapacityAway,
  noCapacityOfLocust,
  noCapacityRequests,
} from './planNotes';
import { parseEndpoint } from './parseEndpoint';
import { planTarget } from './planTarget';
import { budgetOutOfReach, nothingToJudge, outOfReach, requireFit, unreachedByWorkers } from './outOfReach';
import { requestCommand } from './requestCommand';
import { projectFileName } from './projectFileName';
import { resolveBehaviour, resolveScenario, type BehaviourFallback } from './resolveScenario';
import { routesBehaviourName } from './routesBehaviour';
import { resolveLocust } from './resolveLocust';
import { resolveStack } from './resolveStack';
import { resolveVariants } from './resolveVariants';
import { parseSmallestEffects } from './smallestEffects';

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

const defaultHeadline = ['cpu_ms_per_request', 'latency_mean_ms', 'capacity_rps', 'capacity_cpu_ms_per_request'];

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
  const { control } = targetPlan;
  if (locust?.remote && isLoopback(`http://${targetPlan.host}`)) throw unreachedByWorkers();
  if (control) requireFit(request);
  const fallback = locust?.file
    ? { name: path.basename(locust.file), behaviour: readyPage(target), isOpen: false }
    : behaviourFallback(context, target);
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
  const endpoint = parseEndpoint({ request, project, variants, control });
  // A closed loop would send as many events as the app can make.
  // What a Locust file of the user's asks for, only Locust knows.
  const knowsRequests = !locust?.file || project.capacity?.behaviour !== undefined;
  const hasCapacity = request.hasCapacity && isCollector(endpoint) && knowsRequests;
  const capacity = hasCapacity
    ? planCapacity(resolved.scenario.name, resolved.scenario.behaviourName, project, fallback)
    : null;
  const headline = (project.headline ?? defaultHeadline).filter(
    (name) => (capacity !== null || !name.startsWith('capacity_')) && !(control && processMetrics.has(name)),
  );
  if (headline.length === 0) throw nothingToJudge(project.headline ?? defaultHeadline);
  const budgets = request.budgets.length > 0 ? request.budgets : project.budgets;
  // A wrong budget is told before the run, not after it.
  for (const budget of budgets) {
    const { metric } = parseBudget(budget);
    if (control && processMetrics.has(metric)) throw budgetOutOfReach(budget);
  }
  const notes: Warning[] = [...detectionNotes];
  if (resolved.note !== null)
    notes.push({ code: 'trial_rounded', message: resolved.note, advice: 'Ask for a multiple of 5 s.' });
  if (resolved.until && request.blocks !== undefined && request.blocks < resolved.blocks)
    notes.push(moreFirstBlocks(resolved.blocks, request.blocks));
  if (python.isGuess && !control) notes.push(guessedPython(python));
  if (control) notes.push(...outOfReach(control));
  for (const { file, names, reader } of differing) notes.push(ambiguousEnvFile(file, names, reader));
  const isNobodysChoice = resolved.scenario.behaviourName === fallback.name && !(fallback.name in project.behaviours);
  const locustFile = isNobodysChoice && !locust?.file ? await findLocustFile([folder, cwd]) : null;
  if (locustFile !== null) notes.push(locustFileFound(locustFile));
  if (hasCapacity && capacity === null) notes.push(noCapacityRequests);
  if (request.hasCapacity && !hasCapacity)
    notes.push(knowsRequests ? noCapacityAway(control?.collectorUrl === null) : noCapacityOfLocust);
  const plan: Plan = {
    folder,
    target: targetPlan,
    variants,
    scenario: resolved.scenario,
    behaviour: resolved.behaviour,
    isBehaviourOpen: fallback.isOpen && resolved.scenario.behaviourName === fallback.name,
    capacity,
    blocks: resolved.blocks,
    until: resolved.until,
    trialSeconds: resolved.trialSeconds,
    warmupSeconds: resolved.warmupSeconds,
    seed: context.seed,
    headline,
    smallestEffects: parseSmallestEffects(project.smallestEffects),
    budgets,
    locust,
    stack,
    endpoint,
    acceptedEvents: request.acceptedEvents ?? null,
    purpose: request.purpose,
    isPinned: request.isPinned,
    isForced: request.isForced,
    repeatCommand: requestCommand(request, {
      seed: context.seed,
      scenario: resolved.scenario.name,
      target: target.name,
    }),
    request: repeatableRequest(request, { scenario: resolved.scenario.name, target: target.name }),
  };
  return {
    plan,
    target,
    notes,
    origins: originsOf(context, target, resolved.scenario.name, resolved.scenario.behaviourName),
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

function chooseTargets(request: RunRequest, candidates: readonly NamedTarget[]): readonly NamedTarget[] {
  const names = candidates.map(({ name }) => name);
  if (candidates.length === 0) {
    throw new UserError('usage', `No Django or Flask app was found in ${request.folder}`, {
      hint: `Write ${projectFileName}, or name the app: --command "…" --url http://127.0.0.1:8000.`,
    });
  }
  if (request.targets.includes('all') || request.targets.includes('both')) return candidates;
  if (request.targets.length === 0) return candidates.slice(0, 1);
  return request.targets.map((name) => {
    const found = candidates.find((candidate) => candidate.name === name);
    if (!found)
      throw new UserError('usage', `There is no target ${name}`, { hint: nearestOf(name, [...names, 'all']) });
    return found;
  });
}

/**
 * A behaviour that bears the target's name is its own. The built-in users know the sample's endpoints only: a detected app is asked for its
 * own routes, once they are known, and any other one without a project file for the page that proves it ready.
 */
function behaviourFallback(context: Context, target: NamedTarget): BehaviourFallback & { readonly isOpen: boolean } {
  const own = context.project.behaviours[target.name];
  if (own && !context.request.adHoc) return { name: target.name, behaviour: own, isOpen: false };
  if (target.entry) return { name: routesBehaviourName, behaviour: readyPage(target), isOpen: true };
  const webAppUser = builtinBehaviours['WebAppUser'];
  if (context.isPresent && !context.request.adHoc && webAppUser)
    return { name: 'WebAppUser', behaviour: webAppUser, isOpen: false };
  return { name: `GET ${target.spec.ready}`, behaviour: readyPage(target), isOpen: false };
}

function readyPage(target: NamedTarget): BehaviourInput {
  return { waitSeconds: [1, 3], requests: [{ name: `GET ${target.spec.ready}`, path: target.spec.ready }] };
}

function planCapacity(
  scenarioName: string,
  behaviourName: string,
  project: ProjectFile,
  fallback: BehaviourFallback,
): CapacityPlan | null {
  const name = project.capacity?.behaviour ?? behaviourName;
  const requests = capacityRequests(resolveBehaviour(name, project, fallback), project.capacity?.methods ?? ['GET']);
  if (requests.length === 0) return null;
  return {
    connections: project.capacity?.connections ?? 16,
    ...capacityTimes(scenarioName),
    behaviourName: name,
    requests,
  };
}
