import { endpointName, isCollector, type Endpoint } from '../../shared/endpoint';
import type { TargetControl, VariantPlan } from '../../shared/plan';
import type { ProjectFile } from '../../shared/projectFile';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';

export interface AskedEndpoint {
  readonly request: Pick<RunRequest, 'endpoint' | 'until'>;
  readonly project: Pick<ProjectFile, 'endpoint'>;
  readonly variants: readonly Pick<VariantPlan, 'outage'>[];
  readonly control: TargetControl | undefined;
}

/**
 * Where telemetry goes. Away from this tool it goes only when whoever starts the run says so: a project file comes with a checkout.
 * An app that is not ours to run, and that has not been told how to reach our collector, sends where it always does.
 * Throws `UserError` for what is no endpoint, and for what cannot be measured away from our collector.
 */
export function parseEndpoint({ request, project, variants, control }: AskedEndpoint): Endpoint {
  const asked = endpointOf(request.endpoint ?? project.endpoint);
  const endpoint = control && isCollector(asked) ? reachedFrom(control) : asked;
  if (variants.some(({ outage }) => outage === 'refuse') && control) {
    throw new UserError('usage', 'Refused connections cannot be measured of an app that is not ours to run', {
      hint: 'The port that refuses is one of this machine: use another --outage, such as hang.',
    });
  }
  if (isCollector(endpoint)) return endpoint;
  const name = endpointName(endpoint);
  if (request.endpoint === undefined && endpoint === asked) {
    throw new UserError(
      'usage',
      `The project file sends telemetry to ${name}, which only who starts a run can ask for`,
      {
        hint: `Take "endpoint" out of the project file, and say --endpoint ${name} where you mean it.`,
      },
    );
  }
  if (variants.some(({ outage }) => outage !== undefined)) {
    throw new UserError('usage', `An outage cannot be measured with --endpoint ${name}`, {
      hint: 'It is our own collector that plays it: leave out --endpoint, or the variants with an outage.',
    });
  }
  if (request.until !== undefined) {
    throw new UserError('usage', `--until cannot be used with --endpoint ${name}`, {
      hint: 'How many blocks it takes, and so how many events would be sent, is not known before: use --blocks N.',
    });
  }
  return endpoint;
}

/** Plain HTTP: the app's machine has no reason to trust a certificate of ours. */
function reachedFrom({ collectorUrl }: TargetControl): Endpoint {
  return collectorUrl === null ? 'real' : 'local-http';
}

function endpointOf(text: string): Endpoint {
  if (text === 'local' || text === 'local-http' || text === 'real') return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && ['http:', 'https:'].includes(url.protocol) && url.search === '' && url.username === '')
    return { url: url.href.replace(/\/+$/, '') };
  throw new UserError('usage', `--endpoint ${text} is no endpoint`, {
    hint: 'Use local (our own HTTPS collector, the default), local-http, real (where the app itself would send), or an address such as https://eu-api.honeybadger.io.',
  });
}
