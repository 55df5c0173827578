import path from 'node:path';
import type { TargetSpec, VariantSpec } from '../../shared/projectFile';
import type { OutageMode } from '../../shared/outage';
import type { VariantPlan } from '../../shared/plan';
import type { RunRequest } from '../../shared/runRequest';
import { insightsSwitch, readSwitch } from '../../shared/insightsSwitch';
import { UserError } from '../../shared/userError';
import { nearestOf } from './nearestOf';
import { checkOutages, outageVariants } from './outageVariants';
import { readEnvFile } from './readEnvFile';

export interface VariantSources {
  readonly request: Pick<RunRequest, 'purpose' | 'variantFiles' | 'variantNames' | 'environment' | 'outages'>;
  readonly target: { readonly name: string; readonly spec: TargetSpec };
  readonly projectVariants: Readonly<Record<string, VariantSpec>> | undefined;
  /** What relative env file paths start from: the project file's folder for its own, the working folder for `--variant`. */
  readonly projectFolder: string;
  readonly workingFolder: string;
  readonly pythonPath: string | null;
  /** Something else than the environment is compared. */
  readonly isOneEnough?: boolean;
}

interface NamedLayers {
  readonly name: string;
  readonly files: readonly { readonly written: string; readonly absolute: string }[];
  readonly set: Readonly<Record<string, string>>;
  readonly outage?: OutageMode | undefined;
}

export interface ResolvedVariants {
  readonly variants: readonly VariantPlan[];
  /** Names that python-dotenv and dotenv read differently, per file. */
  readonly differing: readonly {
    readonly file: string;
    readonly names: readonly string[];
    readonly reader: 'python' | 'node';
  }[];
}

/**
 * The variants of one target with all their values: the target's common files, then the variant's, its `set`, then `--env`; last those that
 * meet an outage, with the values of the healthy variant and `--env` of their own.
 */
export async function resolveVariants(sources: VariantSources): Promise<ResolvedVariants> {
  const chosen = chooseVariants(sources);
  const differing: { file: string; names: readonly string[]; reader: 'python' | 'node' }[] = [];
  const read = async (file: { written: string; absolute: string }): Promise<Readonly<Record<string, string>>> => {
    const result = await readEnvFile(file.absolute, sources.pythonPath);
    if (result.differing.length > 0)
      differing.push({ file: file.written, names: result.differing, reader: result.reader });
    return result.values;
  };
  const { spec, name: targetName } = sources.target;
  const common = spec.env.map((written) => located(written, targetName, sources.projectFolder));
  const commonValues = layered(await Promise.all(common.map(read)));
  const variants: VariantPlan[] = [];
  for (const layers of chosen) {
    const values = await Promise.all(layers.files.map(read));
    const environment = layered([commonValues, spec.set, ...values, layers.set, asked(sources, layers.name)]);
    variants.push({
      name: layers.name,
      envFiles: [...common, ...layers.files].map(({ written }) => written),
      environment,
      insightsEnabled: readSwitch(environment[insightsSwitch]),
      ...(layers.outage === undefined ? {} : { outage: layers.outage }),
    });
  }
  const isAgainstItself = sources.request.purpose === 'aa';
  for (const variant of outageVariants(variants, isAgainstItself ? [] : sources.request.outages)) {
    variants.push({ ...variant, environment: layered([variant.environment, asked(sources, variant.name)]) });
  }
  checkOutages(variants);
  checkAsked(sources, variants);
  return { variants: isAgainstItself ? twice(variants[0]) : variants, differing };
}

/** What `--env` gives to one variant. */
function asked({ request }: VariantSources, variant: string): Record<string, string> {
  const own = request.environment.filter((entry) => entry.variant === variant);
  return Object.fromEntries(own.map(({ key, value }) => [key, value]));
}

function checkAsked({ request }: VariantSources, variants: readonly VariantPlan[]): void {
  for (const { variant } of request.environment) {
    if (variants.some(({ name }) => name === variant)) continue;
    throw new UserError('usage', `--env names the variant ${variant}, which is not compared`, {
      hint: `The variants of this run: ${variants.map(({ name }) => name).join(', ')}.`,
    });
  }
}

/** Later layers win. */
function layered(layers: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  return layers.reduce<Record<string, string>>((values, layer) => ({ ...values, ...layer }), {});
}

function twice(baseline: VariantPlan | undefined): VariantPlan[] {
  return baseline ? [baseline, { ...baseline, name: `${baseline.name}_again` }] : [];
}

function chooseVariants(sources: VariantSources): NamedLayers[] {
  const { request, target } = sources;
  const chosen = request.variantFiles.length > 0 ? fromOptions(sources) : fromProject(sources);
  const needed = request.purpose === 'aa' || sources.isOneEnough ? 1 : 2;
  if (chosen.length < needed) {
    throw new UserError(
      'usage',
      `${target.name} has only the variant ${chosen[0]?.name ?? '(none)'}: there is nothing to compare it with`,
      {
        hint: 'Name two: --variant without=FILE --variant with=FILE, or list them under "variants" in the project file.',
      },
    );
  }
  return chosen;
}

function fromOptions({ request, target, workingFolder }: VariantSources): NamedLayers[] {
  const names = [...new Set(request.variantFiles.map(({ name }) => name))];
  return names.map((name) => ({
    name,
    set: {},
    files: request.variantFiles.flatMap((entry) =>
      entry.name === name && entry.envFile !== null ? [located(entry.envFile, target.name, workingFolder)] : [],
    ),
  }));
}

/** Without any variant in the project, Insights is switched by the process environment alone: no file is needed or written. */
const defaultVariants: Readonly<Record<string, VariantSpec>> = {
  without_insights: { env: [], set: { [insightsSwitch]: 'false' }, default: true },
  with_insights: { env: [], set: { [insightsSwitch]: 'true' }, default: true },
};

function fromProject({ request, target, projectVariants, projectFolder }: VariantSources): NamedLayers[] {
  const all = target.spec.variants ?? projectVariants ?? defaultVariants;
  for (const name of request.variantNames) {
    if (!(name in all)) {
      throw new UserError('usage', `${target.name} has no variant ${name}`, {
        hint: nearestOf(name, Object.keys(all)),
      });
    }
  }
  const names =
    request.variantNames.length > 0
      ? request.variantNames
      : Object.keys(all).filter((name) => runsByDefault(all[name]));
  return names.flatMap((name) => {
    const spec = all[name];
    if (!spec) return [];
    const files = Array.isArray(spec) ? spec : spec.env;
    return [
      {
        name,
        set: Array.isArray(spec) ? {} : spec.set,
        outage: Array.isArray(spec) ? undefined : spec.outage,
        files: files.map((file) => located(file, target.name, projectFolder)),
      },
    ];
  });
}

function runsByDefault(spec: VariantSpec | undefined): boolean {
  return spec !== undefined && (Array.isArray(spec) || spec.default);
}

function located(written: string, targetName: string, folder: string): { written: string; absolute: string } {
  const filled = written.replaceAll('{target}', targetName);
  return { written: filled, absolute: path.resolve(folder, filled) };
}
