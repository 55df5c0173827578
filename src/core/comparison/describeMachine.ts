import os from 'node:os';
import { createHash } from 'node:crypto';
import { execa } from 'execa';
import { appServerOf } from '../../shared/appServer';
import type { Plan } from '../../shared/plan';
import type { ComparisonRecord } from '../../shared/record';
import type { VariantCode } from '../code/variantCode';
import { readSoftware } from '../project/readSoftware';

/** The machine as the record shows it. */
export function describeMachine(): ComparisonRecord['machine'] {
  return {
    host: os.hostname(),
    os: `${os.type()} ${os.release()}`,
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
  };
}

/** Before anything has been asked. */
export const unknownSoftware: ComparisonRecord['software'] = {
  python: null,
  framework: null,
  server: null,
  honeybadger: null,
  gitCommit: null,
  gitBranch: null,
  dirty: null,
};

/** Versions of what is measured (of several codes the last one's), and the commit it stands at. */
export async function describeSoftware(
  plan: Plan,
  codes: ReadonlyMap<string, VariantCode>,
): Promise<ComparisonRecord['software']> {
  // What is installed here is not what runs there.
  if (plan.target.control) return { ...unknownSoftware, ...(await readCommit(plan.target.cwd)) };
  const [{ python, packages }, commit] = await Promise.all([
    readSoftware([...codes.values()].at(-1)?.pythonPath ?? plan.target.python.path, plan.target.cwd),
    readCommit(plan.target.cwd),
  ]);
  const versioned = (name: string): string | null =>
    packages[name.toLowerCase()] === undefined ? null : `${name} ${packages[name.toLowerCase()] ?? ''}`;
  const framework =
    plan.target.framework === 'django'
      ? versioned('Django')
      : plan.target.framework === 'flask'
        ? versioned('Flask')
        : null;
  return {
    python,
    framework,
    server: serverOf(plan, versioned),
    honeybadger: packages['honeybadger'] ?? null,
    ...commit,
  };
}

function serverOf(plan: Plan, versioned: (name: string) => string | null): string | null {
  const server = appServerOf(plan.target.command);
  return server === null ? null : (versioned(server) ?? server);
}

async function readCommit(
  cwd: string,
): Promise<Pick<ComparisonRecord['software'], 'gitCommit' | 'gitBranch' | 'dirty'>> {
  const options = { cwd, reject: false, stdin: 'ignore', timeout: 10_000 } as const;
  const head = await execa('git', ['rev-parse', 'HEAD'], options);
  if (head.exitCode !== 0) return { gitCommit: null, gitBranch: null, dirty: null };
  // Without the locks it leaves the index as it is.
  const status = await execa('git', ['--no-optional-locks', 'status', '--porcelain', '--untracked-files=no'], options);
  const branch = await execa('git', ['symbolic-ref', '--short', '-q', 'HEAD'], options);
  return {
    gitCommit: head.stdout.trim(),
    gitBranch: branch.exitCode === 0 ? branch.stdout.trim() : null,
    dirty: status.exitCode === 0 ? status.stdout.trim() !== '' : null,
  };
}

/** A fingerprint of an environment that tells equal from different without telling the values. */
export function hashEnvironment(environment: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
