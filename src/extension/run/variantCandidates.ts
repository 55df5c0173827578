import path from 'node:path';
import { findEnvFiles } from '../../core/project/findEnvFiles';
import { readEnvFile } from '../../core/project/readEnvFile';
import { resolveVariants } from '../../core/project/resolveVariants';
import { variantName } from '../../core/project/variantName';
import type { VariantPlan } from '../../shared/plan';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { envFilesOf, projectVariants, type ChosenVariant } from './chosenVariants';
import type { ShownEnvironment } from './environmentWords';
import type { RunnableApp } from './findApps';

/** A variant that can be chosen. */
export interface VariantCandidate {
  readonly variant: ChosenVariant;
  /** Its values, for the row's words; a sentence when they cannot be read. */
  readonly shown: ShownEnvironment | string;
}

/** Tells variants apart. */
export function variantKey(variant: ChosenVariant): string {
  return [variant.type, variant.name, ...(variant.type === 'files' ? variant.files : [])].join('\n');
}

/**
 * All variants that an app can be compared in: those that are chosen now, those of its project file (`"default": false` as well) or
 * the two that differ in Insights' switch alone, and the env files that lie about.
 */
export async function variantCandidates(
  app: RunnableApp,
  current: readonly ChosenVariant[],
): Promise<readonly VariantCandidate[]> {
  const own = await ownCandidates(app);
  const chosenFiles = current.filter((variant) => variant.type === 'files');
  const known = [...(await Promise.all(chosenFiles.map(fileCandidate))), ...own];
  const lying = await Promise.all(
    lyingAbout(await findEnvFiles([app.request.folder, app.cwd]), known, app).map(fileCandidate),
  );
  const all = [...known, ...lying];
  const isCurrent = (candidate: VariantCandidate): number => {
    const position = current.findIndex((variant) => variantKey(variant) === variantKey(candidate.variant));
    return position === -1 ? current.length : position;
  };
  return all.sort((a, b) => isCurrent(a) - isCurrent(b));
}

/**
 * What a run compares when nothing else is chosen: what the settings name, else the project file's, else the two env files that differ in
 * Insights, else Insights off and on.
 */
export function usualVariants(request: RunRequest, app: RunnableApp, planned: readonly VariantPlan[]): ChosenVariant[] {
  if (request.variantFiles.length > 0) {
    const names = [...new Set(request.variantFiles.map(({ name }) => name))];
    return names.map((name) => ({
      type: 'files',
      name,
      files: request.variantFiles.flatMap((entry) =>
        entry.name === name && entry.envFile !== null ? [entry.envFile] : [],
      ),
    }));
  }
  const isProject = projectVariants(app) !== null;
  const names = request.purpose === 'aa' ? planned.slice(0, 1) : planned;
  return names.map(({ name, insightsEnabled, envFiles }) => {
    const files = envFiles.slice(app.spec.env.length).map((file) => path.resolve(app.request.folder, file));
    if (isProject) return { type: 'project', name };
    return files.length > 0 ? { type: 'files', name, files } : { type: 'switch', name, isOn: insightsEnabled === true };
  });
}

async function ownCandidates(app: RunnableApp): Promise<VariantCandidate[]> {
  const inProject = projectVariants(app);
  if (inProject === null) {
    const plans = await resolve(app, []);
    return plans.map((plan) => ({
      variant: { type: 'switch', name: plan.name, isOn: plan.insightsEnabled === true },
      shown: shownOf(plan, app),
    }));
  }
  return Promise.all(
    Object.keys(inProject).map(async (name) => {
      const variant = { type: 'project', name } as const;
      return { variant, shown: await orSentence(async () => shownOf((await resolve(app, [name]))[0], app)) };
    }),
  );
}

/** One name alone can only be resolved as the baseline of an A/A. */
async function resolve(app: RunnableApp, variantNames: string[]): Promise<readonly VariantPlan[]> {
  const { folder } = app.request;
  const purpose = variantNames.length === 1 ? 'aa' : 'comparison';
  const { variants } = await resolveVariants({
    request: { purpose, variantNames, variantFiles: [], environment: [], outages: [] },
    target: { name: app.name, spec: app.spec },
    projectVariants: app.project.variants,
    projectFolder: folder,
    workingFolder: folder,
    pythonPath: null,
  });
  return variants;
}

function shownOf(plan: VariantPlan | undefined, app: RunnableApp): ShownEnvironment {
  if (!plan) throw new Error('A resolved variant has a plan');
  return { name: plan.name, files: plan.envFiles.slice(app.spec.env.length), values: plan.environment };
}

async function fileCandidate(variant: ChosenVariant & { readonly type: 'files' }): Promise<VariantCandidate> {
  const { name, files } = variant;
  const shown = await orSentence(async () => {
    const layers = await Promise.all(files.map((file) => readEnvFile(file, null)));
    return { name, files, values: Object.fromEntries(layers.flatMap(({ values }) => Object.entries(values))) };
  });
  return { variant, shown };
}

async function orSentence(read: () => Promise<ShownEnvironment>): Promise<ShownEnvironment | string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Env files that no candidate uses yet, each as a variant of a name that is still free. */
function lyingAbout(
  files: readonly string[],
  known: readonly VariantCandidate[],
  app: RunnableApp,
): (ChosenVariant & { readonly type: 'files' })[] {
  const common = app.spec.env.map((file) => path.resolve(app.request.folder, file.replaceAll('{target}', app.name)));
  const used = new Set([...known.flatMap(({ variant }) => envFilesOf(variant, app)), ...common]);
  const names = new Set(known.map(({ variant }) => variant.name));
  return files
    .filter((file) => !used.has(file))
    .map((file) => {
      const name = freeName(variantName(file, app.name), names);
      names.add(name);
      return { type: 'files', name, files: [file] };
    });
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    if (!taken.has(name)) return name;
  }
}
