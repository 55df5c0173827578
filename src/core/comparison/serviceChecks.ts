import { connect } from 'node:net';
import type { TrialDeps } from '../trial/trialDeps';
import type { Check } from './check';

/** A server that an environment names. */
export interface NamedService {
  /** The variable that names it. */
  readonly variable: string;
  readonly kind: string;
  readonly host: string;
  readonly port: number;
}

const schemes: Readonly<Record<string, { readonly kind: string; readonly port: number }>> = {
  redis: { kind: 'Redis', port: 6379 },
  rediss: { kind: 'Redis', port: 6379 },
  mysql: { kind: 'MySQL', port: 3306 },
  mariadb: { kind: 'MariaDB', port: 3306 },
  postgres: { kind: 'PostgreSQL', port: 5432 },
  postgresql: { kind: 'PostgreSQL', port: 5432 },
  amqp: { kind: 'RabbitMQ', port: 5672 },
  memcached: { kind: 'memcached', port: 11_211 },
};

const answerLimitMs = 2_000;

/**
 * The servers that the variables of an app name: by URL (`CELERY_BROKER_URL=redis://…`, `mysql+pymysql://…`), or by host and port
 * (`DB_HOST` with `DB_PORT`; the port of MySQL when only that is likely).
 */
export function namedServices(environment: Readonly<Record<string, string>>): readonly NamedService[] {
  const found: NamedService[] = [];
  for (const [variable, value] of Object.entries(environment)) {
    const scheme = /^([a-z]+)(?:\+\w+)?:\/\//.exec(value)?.[1];
    const known = scheme === undefined ? undefined : schemes[scheme];
    if (known && URL.canParse(value)) {
      const { hostname, port } = new URL(value);
      if (hostname !== '') found.push({ variable, kind: known.kind, host: hostname, port: Number(port || known.port) });
      continue;
    }
    const prefix = /^(\w+)_HOST$/.exec(variable)?.[1];
    const port = prefix === undefined ? undefined : environment[`${prefix}_PORT`];
    if (prefix === undefined || port === undefined || !/^\d+$/.test(port) || value === '') continue;
    found.push({ variable, kind: kindOf(prefix, Number(port)), host: value, port: Number(port) });
  }
  return found.filter(
    (service, index) =>
      found.findIndex((other) => other.host === service.host && other.port === service.port) === index,
  );
}

function kindOf(prefix: string, port: number): string {
  const byPort = Object.values(schemes).find((each) => each.port === port)?.kind;
  return byPort ?? (/^(DB|DATABASE)$/.test(prefix) ? 'The database' : prefix);
}

/** Those that the baseline's variables name, and those of the run's own stack. */
export function servicesOf({ plan, inheritedEnvironment, stack }: ServiceSources): readonly NamedService[] {
  return namedServices({ ...inheritedEnvironment, ...plan.variants[0]?.environment, ...stack.environment });
}

export type ServiceSources = Pick<TrialDeps, 'plan' | 'inheritedEnvironment' | 'stack'>;

/** Whether each of them takes a connection. */
export async function serviceChecks(services: readonly NamedService[]): Promise<readonly Check[]> {
  return Promise.all(
    services.map(async ({ variable, kind, host, port }): Promise<Check> => {
      const name = variable.toLowerCase();
      if (await answers(host, port)) {
        return { name, code: 'service_up', state: 'ok', message: `${kind} answers at ${host}:${port} (${variable})` };
      }
      return {
        name,
        code: 'service_down',
        state: 'warning',
        message: `${kind} does not answer at ${host}:${port}, which ${variable} names`,
        advice: adviceFor(kind),
      };
    }),
  );
}

function adviceFor(kind: string): string {
  if (kind === 'Redis') return 'Start it (redis-server), or let the run bring its own: --stack mysql-redis.';
  if (/MySQL|MariaDB|database/.test(kind))
    return 'Start it (Debian: service mariadb start), or let the run bring its own: --stack mysql-redis.';
  return 'Start it, or correct the variable in the env files.';
}

async function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isUp: boolean): void => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(answerLimitMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
