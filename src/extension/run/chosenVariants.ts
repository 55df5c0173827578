import path from 'node:path';
import { insightsSwitch } from '../../shared/insightsSwitch';
import type { VariantSpec } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import type { RunnableApp } from './findApps';

/** A variant as it was chosen in the list: nothing in it is secret, so it can be kept. */
export type ChosenVariant =
  /** Of the project file. */
  | { readonly type: 'project'; readonly name: string }
  /** Made by the process environment alone, where the project names no variants. */
  | { readonly type: 'switch'; readonly name: string; readonly isOn: boolean }
  /** Env files, absolute; none: the app's own environment. */
  | { readonly type: 'files'; readonly name: string; readonly files: readonly string[] };

/** The variants that a project file names for an app; null: none, Insights is switched by the process environment. */
export function projectVariants({ spec, project }: RunnableApp): Readonly<Record<string, VariantSpec>> | null {
  return spec.variants ?? project.variants ?? null;
}

/** The request with these variants, the first of them the baseline. */
export function withVariants(request: RunRequest, app: RunnableApp, chosen: readonly ChosenVariant[]): RunRequest {
  if (chosen.every(({ type }) => type !== 'files')) {
    return { ...request, variantFiles: [], variantNames: chosen.map(({ name }) => name), environment: [] };
  }
  // Files and names do not mix in a request: what the project file says of a variant is written out.
  return {
    ...request,
    variantNames: [],
    variantFiles: chosen.flatMap((variant) => {
      const files = envFilesOf(variant, app);
      return (files.length === 0 ? [null] : files).map((envFile) => ({ name: variant.name, envFile }));
    }),
    environment: chosen.flatMap((variant) =>
      Object.entries(setBy(variant, app)).map(([key, value]) => ({ variant: variant.name, key, value })),
    ),
  };
}

/** Whether a choice that was kept can still be made. */
export function canBeChosen(variant: ChosenVariant, app: RunnableApp): boolean {
  const inProject = projectVariants(app);
  if (variant.type === 'files') return true;
  return variant.type === 'switch' ? inProject === null : inProject !== null && Object.hasOwn(inProject, variant.name);
}

/** The env files of a variant, absolute, without those that are common to all. */
export function envFilesOf(variant: ChosenVariant, app: RunnableApp): readonly string[] {
  if (variant.type === 'files') return variant.files;
  const spec = projectVariants(app)?.[variant.name];
  const written = spec === undefined ? [] : 'env' in spec ? spec.env : spec;
  return written.map((file) => path.resolve(app.request.folder, file.replaceAll('{target}', app.name)));
}

function setBy(variant: ChosenVariant, app: RunnableApp): Readonly<Record<string, string>> {
  if (variant.type === 'switch') return { [insightsSwitch]: String(variant.isOn) };
  const spec = variant.type === 'project' ? projectVariants(app)?.[variant.name] : undefined;
  return spec !== undefined && 'set' in spec ? spec.set : {};
}
