import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CodePlan, Plan } from '../../shared/plan';
import type { Warning } from '../../shared/record';
import { isInside } from '../isInside';
import { isTooLarge, snapshotProject, type ProjectCopy } from '../target/projectCopy';
import { checkOutCommit, checkOutWorkTree } from './checkOut';
import { installInto, layPython, packagesOf } from './layPython';
import { differingLocks, requirementWords } from './requirements';
import type { VariantCode } from './variantCode';

export interface CodeGround {
  /** Of the run, removed at its end. */
  readonly workFolder: string;
  /** Python's bytecode of code that stays where it is. */
  readonly bytecodeFolder: string;
  /** For our helpers; with the run's tag. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Told before what may take long. */
  readonly onStep: (message: string) => void;
}

/** The code of every variant, by name; variants that do not differ in it share one. */
export interface OpenCode {
  readonly codes: ReadonlyMap<string, VariantCode>;
  /** Packages that are not the same in every variant, by variant: name and version. Empty where code is shared. */
  readonly packages: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly warnings: readonly Warning[];
}

/** Copies, checks out and installs whatever the variants are to run. Throws `UserError` ('target') with git's or pip's own words. */
export async function openCode(plan: Plan, ground: CodeGround): Promise<OpenCode> {
  const { target, variants } = plan;
  if (variants.every(({ code }) => code === undefined)) {
    const project =
      target.projectFolder === null
        ? null
        : await snapshotProject(target.projectFolder, path.join(ground.workFolder, 'copy'), ground.signal);
    const code: VariantCode = {
      pythonPath: target.python.path,
      project,
      templateFolder: path.join(ground.workFolder, 'template'),
      // Bytecode of files that will be gone is no use to the next run.
      bytecodeFolder: project === null ? ground.bytecodeFolder : path.join(ground.workFolder, 'bytecode'),
      label: 'template',
    };
    return { codes: new Map(variants.map(({ name }) => [name, code])), packages: new Map(), warnings: [] };
  }
  const codes = new Map<string, VariantCode>();
  const listed = new Map<string, Readonly<Record<string, string>>>();
  for (const [index, { name, code: wanted }] of variants.entries()) {
    ground.onStep(`Getting the code and the packages of ${name}`);
    const code = await openOne(plan, wanted ?? { revision: null, requirements: [] }, index, ground);
    codes.set(name, code);
    listed.set(name, await packagesOf(code.pythonPath, ground));
  }
  const opened = [...codes.values()];
  const warnings = [...(await lockWarnings(plan, opened)), ...submoduleWarnings(opened)];
  return { codes, packages: differing(listed), warnings };
}

/** One variant's. Its paths differ from those of the others in one digit: lengths of paths shift timings. */
async function openOne(plan: Plan, wanted: CodePlan, index: number, ground: CodeGround): Promise<VariantCode> {
  const { target } = plan;
  const { signal, environment } = ground;
  const folder = path.join(ground.workFolder, `code-${index}`);
  await mkdir(folder, { recursive: true });
  const project = await projectOf(plan, wanted, folder, signal);
  const moved = project === null ? null : { from: project.original, to: project.live };
  const pythonPath = await layPython({
    pythonPath: target.python.path,
    folder: path.join(folder, 'python'),
    moved,
    environment,
    signal,
  });
  const asked =
    wanted.revision === null || project === null
      ? []
      : await requirementWords(foldersIn(plan, project, project.snapshot), pythonPath, { environment, signal });
  const cwd = project?.snapshot ?? target.cwd;
  await installInto(pythonPath, asked, { environment, signal, cwd });
  await installInto(pythonPath, wanted.requirements, { environment, signal, cwd });
  return {
    pythonPath,
    project,
    templateFolder: path.join(folder, 'template'),
    bytecodeFolder: path.join(folder, 'bytecode'),
    label: `template${index}`,
  };
}

/** Where its project lies: a commit's files, or a copy of the folder as the plan wants it. */
async function projectOf(
  { target }: Plan,
  { revision }: CodePlan,
  folder: string,
  signal: AbortSignal,
): Promise<ProjectCopy | null> {
  if (revision === null) {
    if (target.projectFolder === null) return null;
    return snapshotProject(target.projectFolder, path.join(folder, 'copy'), signal);
  }
  const snapshot = path.join(folder, 'snapshot');
  await (revision.isWorkTree ? checkOutWorkTree : checkOutCommit)(revision, snapshot, signal);
  const isCopied = target.projectFolder !== null && !(await isTooLarge(snapshot, signal));
  return { original: revision.repository, snapshot, live: isCopied ? path.join(folder, 'project') : snapshot };
}

/** Where requirements are looked for, the nearest to the app first. */
function foldersIn({ folder, target }: Plan, { original }: ProjectCopy, inside: string): string[] {
  const near = [target.cwd, folder, original].filter((each) => each === original || isInside(each, original));
  return [...new Set(near)].map((each) => path.join(inside, path.relative(original, each)));
}

async function lockWarnings(plan: Plan, [first, ...others]: readonly VariantCode[]): Promise<Warning[]> {
  const found = await Promise.all(
    others.map(async (other) =>
      first?.project && other.project
        ? differingLocks(
            foldersIn(plan, first.project, first.project.snapshot),
            foldersIn(plan, other.project, other.project.snapshot),
          )
        : [],
    ),
  );
  const names = [...new Set(found.flat())];
  if (names.length === 0) return [];
  return [
    {
      code: 'lock_not_installed',
      message: `${names.join(' and ')} differs between the two, and was not installed: packages are those of your interpreter, but for what requirements.txt or pyproject.toml asks for`,
      advice:
        'Write the versions that differ into a requirements.txt, or name them: --set-requirement "package==version".',
    },
  ];
}

function submoduleWarnings(codes: readonly VariantCode[]): Warning[] {
  if (!codes.some(({ project }) => project !== null && existsSync(path.join(project.snapshot, '.gitmodules'))))
    return [];
  return [
    {
      code: 'submodules_left_out',
      message: 'The repository has submodules, whose files are not in the code that is compared',
      advice: 'If the app needs them, let "prepare" put them in place.',
    },
  ];
}

/** Of each variant, the packages whose version another one does not have. */
function differing(
  listed: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Map<string, Readonly<Record<string, string>>> {
  const all = [...listed.values()];
  const names = [...new Set(all.flatMap((packages) => Object.keys(packages)))].filter((name) =>
    all.some((packages) => packages[name] !== all[0]?.[name]),
  );
  return new Map(
    [...listed].map(([variant, packages]) => [
      variant,
      Object.fromEntries(names.flatMap((name) => (packages[name] === undefined ? [] : [[name, packages[name]]]))),
    ]),
  );
}
