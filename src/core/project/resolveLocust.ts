import { access } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import path from 'node:path';
import type { LocustPlan, RemoteWorkers } from '../../shared/plan';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';

type Asked = Pick<RunRequest, 'engine' | 'workers' | 'remoteWorkers' | 'masterBind' | 'locustFile' | 'userClasses'>;

/** Locust's own. */
const masterPort = 5557;

/** Null for our own generator. Throws `UserError` ('usage') for options of Locust without it, and for a file that is not there. */
export async function resolveLocust(request: Asked, workingFolder: string): Promise<LocustPlan | null> {
  const { engine, workers, locustFile, userClasses } = request;
  if (engine !== 'locust') {
    const option = locustOption(request);
    if (option === undefined) return null;
    throw new UserError('usage', `${option} is an option of Locust, and the load comes from our own generator`, {
      hint: 'Add --engine locust.',
    });
  }
  const file = locustFile === undefined ? null : path.resolve(workingFolder, locustFile);
  if (file !== null) {
    await access(file).catch((cause: unknown) => {
      throw new UserError('usage', `There is no Locust file ${file}`, { hint: 'Name an existing one.', cause });
    });
  }
  if (file === null && userClasses.length > 0) {
    throw new UserError('usage', '--user-class chooses among the user classes of a Locust file, and none is named', {
      hint: 'Add --locustfile FILE.',
    });
  }
  const remote = remoteWorkers(request);
  return { workers: workers ?? (remote === null ? 1 : 0), remote, file, userClasses };
}

function locustOption({ workers, remoteWorkers, masterBind, locustFile, userClasses }: Asked): string | undefined {
  const options = { '--workers': workers, '--remote-workers': remoteWorkers, '--master-bind': masterBind };
  const ofFile = { '--locustfile': locustFile, '--user-class': userClasses[0] };
  return Object.entries({ ...options, ...ofFile }).find(([, value]) => value !== undefined)?.[0];
}

function remoteWorkers({ remoteWorkers: count, masterBind }: Asked): RemoteWorkers | null {
  if (count === undefined && masterBind === undefined) return null;
  if (count === undefined || masterBind === undefined) {
    throw new UserError('usage', '--remote-workers and --master-bind belong together', {
      hint: 'For example --remote-workers 2 --master-bind 192.168.1.5: how many you start on other machines, and the address of this one that they reach.',
    });
  }
  const [, host = '', digits] = /^([^:]+)(?::(\d+))?$/.exec(masterBind) ?? [];
  const port = digits === undefined ? masterPort : Number(digits);
  if (isIPv4(host) && port > 0 && port < 65_536) return { count, host, port };
  throw new UserError(
    'usage',
    `--master-bind takes an IPv4 address of this machine, perhaps with a port, not ${masterBind}`,
    {
      hint: 'For example 192.168.1.5 or 192.168.1.5:5557.',
    },
  );
}
