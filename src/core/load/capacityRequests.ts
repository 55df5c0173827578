import { randomStream } from '../../shared/random';
import { UserError } from '../../shared/userError';
import { compileRequest, type CompiledRequest } from './compileRequest';
import type { CapacityJob } from './loadJob';
import { createSession } from './session';
import { noDraws } from './noDraws';
import { requestHead, type WireRequest } from './wireRequest';

export interface CapacityRequest {
  readonly request: CompiledRequest;
  /** All of it, as it goes over the wire. */
  readonly bytes: Buffer;
}

/**
 * The requests of a capacity job: number n is the n-th of the list, over and over, counted over all connections, so that each has its exact
 * share and the connections do not ask for the same in step. Templates are filled in from hash(seed, block, n). There are no
 * simulated users here: a request that needs an extracted value is refused with a UserError.
 */
export function createCapacityRequests(job: CapacityJob): (requestNumber: number) => CapacityRequest {
  const compiled = job.requests.map((spec) => {
    const where = `Capacity, request "${spec.name}"`;
    const request = compileRequest(spec, job.headers, where);
    const [needed] = request.names;
    if (needed !== undefined) {
      throw new UserError('usage', `${where} needs {{${needed}}}, but capacity requests stand alone.`, {
        hint: 'Leave the request out of "capacity", or give it a fixed value.',
      });
    }
    return request;
  });
  const session = createSession(job.origin);
  const { host } = new URL(job.origin);
  return (requestNumber) => {
    const request = compiled[requestNumber % compiled.length];
    if (request === undefined)
      throw new UserError('usage', 'Capacity has no requests.', {
        hint: 'Name a behaviour with at least one GET request.',
      });
    const random = request.hasDraws ? randomStream(job.seed, job.block, 'capacity', 'values', requestNumber) : noDraws;
    return {
      request,
      bytes: serialise(session.fill(request, random, `${job.requestIdPrefix}-${requestNumber}`), host),
    };
  };
}

function serialise(request: WireRequest, host: string): Buffer {
  const head = Buffer.from(requestHead(request, host), 'latin1');
  return request.body === null ? head : Buffer.concat([head, request.body]);
}
