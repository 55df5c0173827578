import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { EndpointSource } from '../../shared/record';
import type { InspectedApp, Source } from '../inspect/inspectApp';
import { distinctRequests, plainRequest } from '../load/distinctRequests';
import { outOfCopy } from '../target/projectCopy';
import type { TrialDeps } from '../trial/trialDeps';

/** By endpoint of the load, where the code that answers it stands, for an editor to show its effect there; code of packages is left out. */
export async function endpointSources(
  { plan, project }: Pick<TrialDeps, 'plan' | 'project'>,
  inspected: readonly InspectedApp[],
): Promise<readonly EndpointSource[]> {
  const folder = await realpath(plan.folder).catch(() => plan.folder);
  const found: EndpointSource[] = [];
  for (const request of distinctRequests(plan.behaviour)) {
    const asked = plainRequest(request);
    const source = inspected.map((app) => sourceIn(app, asked)).find((each) => each !== null);
    if (!source) continue;
    const file = await outOfCopy(project, source.file);
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
