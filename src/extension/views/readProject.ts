import { access } from 'node:fs/promises';
import path from 'node:path';
import { findTargets, openProject, type NamedTarget } from '../../core/project/openProject';
import { projectFileName } from '../../core/project/projectFileName';
import { resolveVariants, type VariantSources } from '../../core/project/resolveVariants';
import { builtinScenarios } from '../../shared/builtins';
import { insightsSwitch } from '../../shared/insightsSwitch';
import { isSecretName } from '../../shared/isSecretName';
import type { VariantPlan } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import type { ScenarioSpec } from '../../shared/scenario';
import { UserError } from '../../shared/userError';

/** What is wrong, and how it is mended. */
export interface Problem {
  readonly message: string;
  readonly hint: string | null;
}

/** What can be run in a folder. */
export interface ProjectOverview {
  readonly folder: string;
  /** Absolute; null: there is none, the apps were detected. */
  readonly projectFile: string | null;
  readonly targets: readonly TargetOverview[];
  readonly problem: Problem | null;
  /** Absolute paths of the files that it was read from, beside those that tell an app. */
  readonly files: readonly string[];
}

export interface TargetOverview {
  readonly name: string;
  readonly scenarios: readonly ScenarioOverview[];
  readonly variants: readonly VariantOverview[];
}

export interface ScenarioOverview {
  readonly name: string;
  readonly load: ScenarioSpec;
  readonly isOwn: boolean;
}

/** One environment, without any value but that of the switch. */
export interface VariantOverview {
  readonly name: string;
  /** Absolute, in their order; the last one wins. Empty: made in the process environment alone. */
  readonly files: readonly string[];
  /** What it says of `HONEYBADGER_INSIGHTS_ENABLED`; null: nothing. */
  readonly insightsSwitch: string | null;
  readonly variables: number;
  readonly secrets: number;
  readonly problem: Problem | null;
}

/**
 * Project file or detection, scenarios and env files of a folder, as the settings' request asks for them. Starts no process: env files are
 * read as Node reads them, which can differ from the app's reading in what a run warns of. What is wrong stands where it belongs.
 */
export async function readProject(request: RunRequest): Promise<ProjectOverview> {
  const { folder } = request;
  const file = path.join(folder, projectFileName);
  const isPresent = await access(file).then(
    () => true,
    () => false,
  );
  const projectFile = isPresent ? file : null;
  try {
    const { project } = await openProject(request);
    const targets = await Promise.all(
      (await findTargets(request, project)).map(async (target) => ({
        name: target.name,
        scenarios: scenariosOf(project),
        variants: await readVariants(request, project, target),
      })),
    );
    const files = targets.flatMap(({ variants }) => variants.flatMap((variant) => variant.files));
    return { folder, projectFile, targets, problem: null, files: [...new Set(files)] };
  } catch (error) {
    return { ...problemProject(folder, error), projectFile };
  }
}

/** A folder of which nothing can be said but what is wrong. Throws on what the user cannot mend. */
export function problemProject(folder: string, error: unknown): ProjectOverview {
  return { folder, projectFile: null, targets: [], problem: problemOf(error), files: [] };
}

/** The project's own first; it may replace a built-in one. */
function scenariosOf(project: ProjectFile): readonly ScenarioOverview[] {
  const own = Object.entries(project.scenarios).map(([name, load]) => ({ name, load, isOwn: true }));
  const builtin = Object.entries(builtinScenarios)
    .filter(([name]) => !(name in project.scenarios))
    .map(([name, load]) => ({ name, load, isOwn: false }));
  return [...own, ...builtin];
}

async function readVariants(
  request: RunRequest,
  project: ProjectFile,
  target: NamedTarget,
): Promise<readonly VariantOverview[]> {
  const sources: VariantSources = {
    request: { ...request, purpose: 'comparison', environment: [] },
    target,
    projectVariants: project.variants,
    projectFolder: request.folder,
    workingFolder: request.folder,
    pythonPath: null,
  };
  const names = variantNames(sources);
  try {
    if (names !== null) return await Promise.all(names.map(async (name) => readVariant(sources, name)));
    const { variants } = await resolveVariants(sources);
    return variants.map((variant) => overviewOf(variant, sources));
  } catch (error) {
    return [{ ...emptyVariant, name: target.name, problem: problemOf(error) }];
  }
}

/** Null: those that are made without any file. */
function variantNames({ request, target, projectVariants }: VariantSources): readonly string[] | null {
  if (request.variantFiles.length > 0) return [...new Set(request.variantFiles.map(({ name }) => name))];
  if (request.variantNames.length > 0) return request.variantNames;
  const written = target.spec.variants ?? projectVariants;
  return written === undefined ? null : Object.keys(written);
}

/** Each by itself, as the one variant of a check of the machine: a broken file takes no other row with it. */
async function readVariant(sources: VariantSources, name: string): Promise<VariantOverview> {
  const { request } = sources;
  const files = request.variantFiles.filter((entry) => entry.name === name);
  const single: VariantSources = {
    ...sources,
    request: { ...request, purpose: 'aa', variantFiles: files, variantNames: files.length > 0 ? [] : [name] },
  };
  try {
    const [variant] = (await resolveVariants(single)).variants;
    return variant ? overviewOf(variant, sources) : { ...emptyVariant, name };
  } catch (error) {
    return { ...emptyVariant, name, files: writtenFiles(sources, name), problem: problemOf(error) };
  }
}

const emptyVariant = { files: [], insightsSwitch: null, variables: 0, secrets: 0, problem: null } as const;

function overviewOf({ name, envFiles, environment }: VariantPlan, { projectFolder }: VariantSources): VariantOverview {
  const variables = Object.keys(environment);
  return {
    name,
    files: envFiles.map((file) => path.resolve(projectFolder, file)),
    insightsSwitch: environment[insightsSwitch] ?? null,
    variables: variables.length,
    secrets: variables.filter(isSecretName).length,
    problem: null,
  };
}

/** Where a broken variant is to be mended. */
function writtenFiles({ request, target, projectVariants, projectFolder }: VariantSources, name: string): string[] {
  const spec = (target.spec.variants ?? projectVariants)?.[name];
  const fromProject = spec === undefined ? [] : Array.isArray(spec) ? spec : spec.env;
  const fromSettings = request.variantFiles.flatMap((entry) =>
    entry.name === name && entry.envFile !== null ? [entry.envFile] : [],
  );
  const written = request.variantFiles.length > 0 ? fromSettings : fromProject;
  return [...target.spec.env, ...written].map((file) =>
    path.resolve(projectFolder, file.replaceAll('{target}', target.name)),
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof UserError) return { message: error.message, hint: error.hint ?? null };
  throw error;
}
