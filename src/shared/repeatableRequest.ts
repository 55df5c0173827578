import * as z from 'zod';
import { isSecretName } from './isSecretName';
import { runRequestSchema, type RunRequest } from './runRequest';

/**
 * A request as a record keeps it: without what belongs to one machine (folder, interpreter, place of results), without secrets, and without
 * the leave to send events that count against a quota: that was given for once.
 */
export const repeatableRequestSchema = z.object(
  runRequestSchema.omit({ folder: true, python: true, out: true, acceptedEvents: true, acceptedHost: true }).shape,
);
export type RepeatableRequest = z.infer<typeof repeatableRequestSchema>;

/** What a record keeps of a request for one of its targets. Values of variables whose names sound secret are left out. */
export function repeatableRequest(
  request: RunRequest,
  resolved: { readonly target: string; readonly scenario: string },
): RepeatableRequest {
  const {
    folder: _folder,
    python: _python,
    out: _out,
    acceptedEvents: _acceptedEvents,
    acceptedHost: _acceptedHost,
    ...rest
  } = request;
  return {
    ...rest,
    scenario: resolved.scenario,
    targets: request.adHoc ? [] : [resolved.target],
    environment: withoutSecrets(request).environment,
  };
}

/** The same request, without values of variables whose names sound secret: so it may be kept. */
export function withoutSecrets(request: RunRequest): RunRequest {
  return { ...request, environment: request.environment.filter(({ key }) => !isSecretName(key)) };
}

/** The request that asks for the same comparison again, with new random choices. */
export function requestAgain(kept: RepeatableRequest, here: Pick<RunRequest, 'folder' | 'python' | 'out'>): RunRequest {
  const { seed: _seed, ...rest } = kept;
  return { ...rest, ...here };
}
