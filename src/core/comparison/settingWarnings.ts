import type { Warning } from '../../shared/record';
import type { VariantCode } from '../code/variantCode';
import type { InspectedApp } from '../inspect/inspectApp';
import { flushSecondsOf, losesQueueAtExit } from '../trial/exitHooks';
import type { TrialDeps } from '../trial/trialDeps';
import { servicesOf, type NamedService, type ServiceSources } from './serviceChecks';

type Sources = ServiceSources & Pick<TrialDeps, 'codes'>;
/** What is in force, by variant. */
type Effective = ReadonlyMap<string, InspectedApp>;

/** Settings that do not break the comparison, but that change what it is a comparison of. */
export function settingWarnings(deps: Sources, effective: Effective = new Map()): Warning[] {
  return [
    debugOn(deps, effective),
    reloaderOn(effective),
    queueLostAtExit(deps, effective),
    copyBypassed(deps, effective),
    projectTooLarge(deps),
    databaseShared(deps),
    withoutReset(deps),
    plainHttp(deps),
  ].filter((warning) => warning !== null);
}

const truthy = /^(1|true|yes|on)$/i;

function debugOn({ plan }: Sources, effective: Effective): Warning | null {
  const isDebug = plan.variants.some(
    ({ name, environment }) =>
      effective.get(name)?.isDebug ??
      ['DEBUG', 'FLASK_DEBUG', 'DJANGO_DEBUG'].some((variable) => truthy.test(environment[variable] ?? '')),
  );
  if (!isDebug) return null;
  return {
    code: 'debug_on',
    message:
      'DEBUG is on: the app is slower than in production, and Honeybadger would send nothing had we not set HONEYBADGER_FORCE_REPORT_DATA',
    advice:
      'Set DEBUG to false in the env files. (Django then wants 127.0.0.1 in ALLOWED_HOSTS, and may redirect to https: SECURE_SSL_REDIRECT.)',
  };
}

function reloaderOn(effective: Effective): Warning | null {
  if (![...effective.values()].some(({ isReloading }) => isReloading)) return null;
  return {
    code: 'reloader_on',
    message:
      'The server runs with its reloader: a parent process watches the files and uses CPU of its own in every variant, and ends the app without letting it send what it has queued',
    advice: 'Start it without (Django: --noreload; Flask: --no-reload), best with gunicorn.',
  };
}

function queueLostAtExit({ plan }: Sources, effective: Effective): Warning | null {
  const sender = plan.variants.find(({ insightsEnabled }) => insightsEnabled === true);
  if (!sender || !losesQueueAtExit(plan.target)) return null;
  const seconds = flushSecondsOf(sender, effective.get(sender.name));
  return {
    code: 'queue_lost_at_exit',
    message: `uvicorn ends without Python's exit hooks: whenever it is told to end (a deployment), the events of up to ${seconds} s that Honeybadger has queued are lost. Here each trial waits for them before it stops the app`,
    advice: 'To lose none in production: gunicorn with -k uvicorn_worker.UvicornWorker.',
  };
}

/** Of a commit's code it is a problem: the comparison would be of the wrong code. */
function copyBypassed({ plan }: Sources, effective: Effective): Warning | null {
  const outside = plan.variants
    .filter(({ code }) => code?.revision == null)
    .flatMap(({ name }) => effective.get(name)?.filesWithin ?? [])[0];
  if (outside === undefined) return null;
  return {
    code: 'copy_bypassed',
    message: `The app loads its code from the project's own folder instead of the copy that each trial runs in (${outside}): what it writes beside its code lands in your project, and the next trial finds it`,
    advice:
      'It is installed with "pip install -e", it seems: start it from a folder in which its code lies, or give the target a "reset" of its own in the project file.',
  };
}

function projectTooLarge({ plan, codes }: Sources): Warning | null {
  if (plan.target.projectFolder === null || ![...codes.values()].some(isInPlace)) return null;
  return {
    code: 'project_too_large',
    message:
      'The project is too large to run each trial in a copy of it: the app runs in its own folder, so what it writes there stays, and what one trial writes, the next one finds',
    advice:
      'Run it from a folder that holds the app alone, or give the target a "reset" of its own in the project file.',
  };
}

/** Whether each trial finds what the one before it left beside the code. */
function isInPlace({ project }: VariantCode): boolean {
  return project === null || project.live === project.snapshot;
}

function databaseShared(deps: Sources): Warning | null {
  const shared = sharedDatabase(deps);
  if (shared === null) return null;
  return {
    code: 'shared_database',
    message: `The app's database is on a server (${shared.variable}: ${shared.host}:${shared.port}) and the same for every trial: what one trial writes, the next one finds, and it stays`,
    advice: `Give each trial one of its own: "reset": { "mysql" or "postgres": the variable that holds its name or URL } in the project file.`,
  };
}

const databases = /^(?:MySQL|MariaDB|PostgreSQL|The database)$/;

/** The database server that the app's variables name, where nothing gives each trial a database of its own. */
function sharedDatabase(deps: ServiceSources): NamedService | null {
  const { plan } = deps;
  const { reset } = plan.target;
  if (plan.stack !== null || (reset && (reset.mysql ?? reset.postgres ?? reset.command) !== undefined)) return null;
  return servicesOf(deps).find(({ kind }) => databases.test(kind)) ?? null;
}

function withoutReset({ plan }: Sources): Warning | null {
  if (plan.target.reset !== null) return null;
  return {
    code: 'no_reset',
    message: 'No "reset" is set: if the app keeps a database, what one trial writes, the next one finds',
    advice: 'Add "reset" (and "prepare") to the target in the project file.',
  };
}

function plainHttp({ plan }: Sources): Warning | null {
  if (plan.endpoint !== 'local-http') return null;
  return {
    code: 'plain_http',
    message:
      'The collector speaks plain HTTP: what TLS costs per batch and notice is left out, so the result is an underestimate',
    advice: plan.target.control
      ? 'An app elsewhere has no reason to trust a certificate of ours: take the cost for a lower bound.'
      : 'Leave out --endpoint local-http.',
  };
}
