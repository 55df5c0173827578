import path from 'node:path';
import type { CodePlan, TargetPlan, VariantPlan } from '../../shared/plan';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { findRepository, hasChanges, resolveRevision } from './repository';

export type CodeRequest = Pick<
  RunRequest,
  'base' | 'head' | 'setRequirements' | 'variantNames' | 'variantFiles' | 'outages' | 'purpose'
>;

interface NamedCode {
  readonly name: string;
  readonly code: CodePlan;
}

/** Whether two codes are to be compared instead of two environments. */
export function comparesCode({
  base,
  head,
  setRequirements,
}: Pick<CodeRequest, 'base' | 'head' | 'setRequirements'>): boolean {
  return base !== undefined || head !== undefined || setRequirements.length > 0;
}

/**
 * The same environment twice, with the code of two commits or two releases of packages. Which environment: the one that the request names, else
 * the last in which Insights is on, for that is what runs in production. Throws `UserError` ('usage') for what cannot be compared that way.
 */
export async function codeVariants(
  request: CodeRequest,
  variants: readonly VariantPlan[],
  { cwd, command, companions }: Pick<TargetPlan, 'cwd' | 'command' | 'companions'>,
): Promise<readonly VariantPlan[]> {
  refuseMixed(request);
  for (const words of [command, ...companions.map((companion) => companion.command)]) refuseOwnInterpreter(words);
  const environment = chooseEnvironment(request, variants);
  const pair =
    request.setRequirements.length > 0 ? requirementPair(request.setRequirements) : await revisionPair(request, cwd);
  return pair.map(({ name, code }) => ({ ...environment, name, code }));
}

function refuseMixed({ base, head, setRequirements, outages, purpose }: CodeRequest): void {
  const asked = setRequirements.length > 0 ? '--set-requirement' : '--base';
  if (purpose === 'aa') {
    throw new UserError('usage', `${asked} has no place in a comparison of the baseline with itself`, {
      hint: 'Use it with run.',
    });
  }
  if (outages.length > 0) {
    throw new UserError('usage', `${asked} and --outage are two questions`, { hint: 'Ask one after the other.' });
  }
  if (setRequirements.length > 0 && (base !== undefined || head !== undefined)) {
    throw new UserError('usage', '--set-requirement and --base are two questions', {
      hint: 'Ask one after the other: else nobody could tell what a difference comes from.',
    });
  }
  if (setRequirements.length === 0 && base === undefined) {
    throw new UserError('usage', '--base is missing: there is nothing to compare --head with', {
      hint: `For example --base main --head ${head ?? 'HEAD'}.`,
    });
  }
}

/** A program of the user's own environment would run that environment's packages, whatever was installed for the variant. */
function refuseOwnInterpreter(command: readonly string[]): void {
  if (command.some((word) => word.includes('{python}'))) return;
  const [program = ''] = command;
  throw new UserError('usage', `The command "${command.join(' ')}" does not run the variant's own Python`, {
    hint: `Begin it with {python}: "{python} -m ${path.basename(program)} …".`,
  });
}

function chooseEnvironment({ variantNames, variantFiles }: CodeRequest, variants: readonly VariantPlan[]): VariantPlan {
  const isNamed = variantNames.length > 0 || variantFiles.length > 0;
  if (isNamed && variants.length > 1) {
    throw new UserError('usage', 'Two codes are compared under one environment, and several variants are named', {
      hint: `Name one: --variants ${variants.at(-1)?.name ?? 'with_insights'}.`,
    });
  }
  const healthy = variants.filter(({ outage }) => outage === undefined);
  const chosen = healthy.findLast(({ insightsEnabled }) => insightsEnabled === true) ?? healthy.at(-1);
  if (!chosen) throw new UserError('usage', 'There is no variant whose environment could be used');
  return chosen;
}

async function revisionPair({ base = '', head }: CodeRequest, folder: string): Promise<readonly NamedCode[]> {
  const repository = await findRepository(folder);
  const before = await resolveRevision(repository, base);
  const after = await resolveRevision(repository, head ?? 'HEAD');
  const isWorkTree = head === undefined;
  if (before.commit === after.commit && !(isWorkTree && (await hasChanges(repository)))) {
    throw new UserError(
      'usage',
      isWorkTree
        ? `Nothing has changed since ${base}: there is nothing to compare`
        : `${base} and ${head} are the same commit: there is nothing to compare`,
      { hint: 'Name another commit; what this machine\'s noise is, "aa" tells.' },
    );
  }
  const names = [variantNameOf(base), isWorkTree ? 'work_tree' : variantNameOf(head)];
  const [first = 'base', second = 'head'] = names[0] === names[1] ? ['base', 'head'] : names;
  return [
    { name: first, code: { revision: { ...before, isWorkTree: false }, requirements: [] } },
    { name: second, code: { revision: { ...after, isWorkTree }, requirements: [] } },
  ];
}

/** A revision's name as a variant's, which is a part of file names: `feature/x` is `feature-x`. */
function variantNameOf(revision: string): string {
  return revision.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[.-]+|-+$/g, '') || 'base';
}

/** Each package once: what is installed against that release. A package twice: the first release against the second. */
function requirementPair(specs: readonly string[]): readonly NamedCode[] {
  const byPackage = new Map<string, string[]>();
  for (const spec of specs) {
    const name = packageOf(spec);
    byPackage.set(name, [...(byPackage.get(name) ?? []), spec]);
  }
  const releases = [...byPackage.values()];
  const tooMany = [...byPackage].find(([, each]) => each.length > 2);
  if (tooMany) {
    throw new UserError('usage', `--set-requirement names ${tooMany[0]} ${tooMany[1].length} times`, {
      hint: 'Name it once (against what is installed) or twice (the first with the second).',
    });
  }
  const before = releases.flatMap((each) => (each.length === 2 ? each.slice(0, 1) : []));
  const after = releases.flatMap((each) => each.slice(-1));
  const [first, second] = [before, after].map((each) => each.map(variantNameOf).join('_'));
  return [
    { name: first || 'installed', code: { revision: null, requirements: before } },
    { name: second || 'head', code: { revision: null, requirements: after } },
  ];
}

/** The name that a requirement specifier begins with, as PyPI compares names. Throws `UserError` ('usage') for one without a release. */
function packageOf(spec: string): string {
  const [, name] =
    /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:[=<>!~]=?=?|@)\s*\S/.exec(spec) ?? [];
  if (name === undefined) {
    throw new UserError('usage', `--set-requirement ${spec} names no release of a package`, {
      hint: 'For example --set-requirement honeybadger==1.2.4.',
    });
  }
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}
