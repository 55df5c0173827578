import { isCoreAwake, loadText } from '../methodFacts';
import type { ComparisonRecord } from '../record';
import { formatSpan } from '../words/formatNumber';

/** Something in which two runs differ. */
export interface Unlike {
  readonly what: string;
  readonly first: string;
  readonly second: string;
  /**
   * `work`: they did not measure the same thing, so that a change means nothing; `conditions`: it was measured under other conditions, which
   * an effect may follow; `cause`: what a change may come from.
   */
  readonly kind: 'work' | 'conditions' | 'cause';
}

/** A day's machine is not the next day's: other programs, another temperature, another host below a virtual machine. */
const longApartSeconds = 24 * 3600;

/** In what two runs differ, the gravest first. Empty: the same work, on the same machine, of the same code, within a day. */
export function unlikeRuns(first: ComparisonRecord, second: ComparisonRecord): readonly Unlike[] {
  const both = (what: string, kind: Unlike['kind'], text: (record: ComparisonRecord) => string): Unlike[] => {
    const [one, other] = [text(first), text(second)];
    return one === other ? [] : [{ what, kind, first: one, second: other }];
  };
  const apartSeconds = Math.abs(Date.parse(second.createdAt) - Date.parse(first.createdAt)) / 1000;
  return [
    ...both('target', 'work', ({ plan }) => plan.target),
    ...both('load', 'work', loadText),
    ...both('baseline', 'work', ({ variants }) => variants[0]?.name ?? 'none'),
    ...both('outcome', 'work', ({ status }) => status),
    ...both('machine', 'conditions', ({ machine }) => `${machine.host}, ${machine.cpu}, ${machine.cores} cores`),
    ...both('generator', 'conditions', ({ plan }) =>
      plan.locust === undefined ? 'our own' : `Locust ${plan.locust.version} (${plan.locust.userClasses.join(', ')})`,
    ),
    ...both('trial', 'conditions', ({ plan }) => `${plan.trialSeconds} s after ${plan.warmupSeconds} s of warm-up`),
    ...both('capacity', 'conditions', ({ plan }) =>
      plan.capacity === null ? 'not measured' : `${plan.capacity.connections} connections`,
    ),
    ...both('telemetry', 'conditions', ({ plan }) => plan.endpoint),
    ...both('state', 'conditions', ({ plan }) => plan.resets.join(', ') || 'kept between trials'),
    ...both('companions', 'conditions', ({ plan }) => plan.companions.join(', ') || 'none'),
    ...both('cores', 'conditions', coresText),
    ...(apartSeconds > longApartSeconds
      ? [{ what: 'time', kind: 'conditions' as const, first: first.createdAt, second: second.createdAt }]
      : []),
    ...both('commit', 'cause', ({ software }) => commitText(software)),
    ...both('Python', 'cause', ({ software }) => software.python ?? 'unknown'),
    ...both('framework', 'cause', ({ software }) => software.framework ?? 'unknown'),
    ...both('server', 'cause', ({ software }) => software.server ?? 'unknown'),
    ...both('honeybadger', 'cause', ({ software }) => software.honeybadger ?? 'none'),
    ...both('env files', 'cause', ({ variants }) =>
      variants.map(({ name, envHash }) => `${name} ${envHash}`).join(', '),
    ),
    ...both('this tool', 'cause', ({ tool }) => tool.version),
  ];
}

/** How far a comparison of two runs can be trusted, in a sentence. */
export function weaknessOf(first: ComparisonRecord, second: ComparisonRecord, unlike: readonly Unlike[]): string {
  const named = (kind: Unlike['kind']): string =>
    unlike
      .filter((each) => each.kind === kind)
      .map(({ what }) => what)
      .join(', ');
  if (named('work') !== '')
    return `They did not measure the same thing (${named('work')}): a change between them means nothing.`;
  const apart = formatSpan(Math.abs(Date.parse(second.createdAt) - Date.parse(first.createdAt)) / 1000);
  const often = 'of the effects of two runs that do the same, one in twenty is called changed';
  return named('conditions') === ''
    ? `Weak evidence: two runs, ${apart} apart, each against its own baseline; ${often}.`
    : `Very weak evidence: other conditions (${named('conditions')}); ${often} even under the same.`;
}

function coresText({ plan, capacity }: ComparisonRecord): string {
  if (!plan.pinned) return 'not pinned';
  return `one for the app alone${capacity.some(isCoreAwake) ? ", the generator's kept awake" : ''}`;
}

function commitText({ gitCommit, gitBranch, dirty }: ComparisonRecord['software']): string {
  if (gitCommit === null) return 'not under git';
  const branch = gitBranch === null ? '' : `${gitBranch}@`;
  return `${branch}${gitCommit.slice(0, 10)}${dirty ? ' with changes' : ''}`;
}
