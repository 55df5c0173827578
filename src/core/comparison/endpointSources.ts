import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { EndpointSource } from '../../shared/record';
import type { InspectedApp, Source } from '../inspect/inspectApp';
import { distinctRequests, plainRequest } from '../load/distinctRequests';
import { outOfCopy } from '../target/projectCopy';
import { codeOf, type TrialDeps } from '../trial/trialDeps';

/** By endpoint of the load, where the code that answers it stands, for an editor to show its effect there; code of packages is left out. */
export async function endpointSources(
  { plan, codes }: Pick<TrialDeps, 'plan' | 'codes'>,
  inspected: ReadonlyMap<string, InspectedApp>,
): Promise<readonly EndpointSource[]> {
  const folder = await realpath(plan.folder).catch(() => plan.folder);
  const found: EndpointSource[] = [];
  for (const request of distinctRequests(plan.behaviour)) {
    const asked = plainRequest(request);
    // The last first: of two commits it is the newer one whose lines the editor shows.
    const known = [...inspected].reverse().map(([variant, app]) => ({ variant, source: sourceIn(app, asked) }));
    const { variant, source } = known.find((each) => each.source !== null) ?? {};
    if (!source || variant === undefined) continue;
    const file = await outOfCopy(codeOf({ codes }, variant).project, source.file);
    const relative = path.relative(folder, await realpath(file).catch(() => file));
    if (relative.startsWith('..') || path.isAbsolute(relative) || /(?:^|[\\/])site-packages[\\/]/.test(relative))
      continue;
    found.push({
      endpoint: request.name,
      file: relative.split(path.sep).join('/'),
      line: source.line,
      name: source.name,
    });
  }
  return found;
}

function sourceIn(
  { sources, routes }: InspectedApp,
  { method, path: wanted }: { readonly method: string; readonly path: string },
): Source | null {
  const asked = sources.find((each) => each.method === method && each.path === wanted)?.source;
  return asked ?? (method === 'GET' ? (routes.find((route) => route.path === wanted)?.source ?? null) : null);
}
