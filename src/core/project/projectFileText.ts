import { insightsSwitch } from '../../shared/insightsSwitch';
import type { Plan } from '../../shared/plan';
import type { TargetSpec, VariantSpec } from '../../shared/projectFile';
import type { NamedTarget } from './openProject';

/** What is known of one app when a first project file is written for it. */
export interface WrittenTarget {
  readonly target: NamedTarget;
  readonly plan: Plan;
  /** Whether the plan's behaviour is worth writing: of routes that have answered, or of a recording. */
  readonly hasBehaviour: boolean;
}

/** A commented project file for apps that were detected: what `run` would do without it, to be edited. */
export function projectFileText(targets: readonly WrittenTarget[]): string {
  const hasOwnVariants = targets.some(({ target }) => target.spec.variants !== undefined);
  const blocks = [
    property('targets', objectOf(targets.map((each) => property(each.target.name, targetText(each))))),
    ...(hasOwnVariants
      ? []
      : [`// The first is the baseline. Env files instead: "with_insights": ["env/with.env"].\n${switchVariants}`]),
    ...behaviourBlock(targets),
  ];
  return `${head}\n${objectOf(blocks)}\n`;
}

const head = `// What Insights comparison measures here, and how: written by "insights-comparison init", yours to edit.
// Comments are allowed; the editor completes and explains every name.`;

const switchVariants = property(
  'variants',
  objectOf([
    property('without_insights', json({ set: { [insightsSwitch]: 'false' } })),
    property('with_insights', json({ set: { [insightsSwitch]: 'true' } })),
  ]),
);

function targetText({ target, plan, hasBehaviour }: WrittenTarget): string {
  const { spec, entry } = target;
  const ready = hasBehaviour ? firstPath(plan) : null;
  return objectOf([
    `// {python} is the interpreter that is found: ${plan.target.python.origin}. {port} is a free one, unless "port" names it.\n${property('command', json(spec.command))}`,
    property('cwd', json(spec.cwd)),
    `// Answers 200 to 399 when the app is ready.\n${property('ready', json(ready ?? spec.ready))}`,
    ...(spec.env.length === 0
      ? []
      : [`// What the app reads at its start, in every variant.\n${property('env', json(spec.env))}`]),
    ...(Object.keys(spec.set).length === 0 ? [] : [property('set', json(spec.set))]),
    ...resetText(spec),
    ...(entry?.celeryModules ?? []).map(celeryText),
    ...(spec.variants === undefined ? [] : [property('variants', variantsText(spec.variants))]),
  ]);
}

function resetText({ reset }: TargetSpec): string[] {
  if (reset === undefined) return [];
  return [
    `// Each trial runs in a copy of this folder, so that nothing of it changes and every trial finds the same. Better, where the app
// takes the path of its database from a variable: { "sqlite": "DB_NAME" }, or "mysql", "postgres", "redis".
${property('reset', json(reset))}`,
  ];
}

function celeryText(module: string): string {
  return `// A Celery app was found. A worker takes tasks from the broker that its environment names: give it one of its own first
// ("reset": { "redis": "CELERY_BROKER_URL" }).
// "companions": [{ "name": "celery", "command": ["{python}", "-m", "celery", "-A", ${json(module)}, "worker"], "ready": { "log": "ready\\\\." } }]`;
}

function variantsText(variants: Readonly<Record<string, VariantSpec>>): string {
  return objectOf(Object.entries(variants).map(([name, spec]) => property(name, json(spec))));
}

function behaviourBlock(targets: readonly WrittenTarget[]): string[] {
  const tried = targets.filter(({ hasBehaviour }) => hasBehaviour);
  if (tried.length === 0) return [];
  const behaviours = tried.map(({ target, plan }) => {
    const requests = plan.behaviour.requests.map((request) => json(request));
    return property(
      target.name,
      objectOf([
        `// Seconds between two requests of a user.\n${property('waitSeconds', json(plan.behaviour.waitSeconds))}`,
        property('requests', `[\n${indented(requests.join(',\n'))}\n]`),
      ]),
    );
  });
  return [
    `// What simulated users do: a behaviour that bears an app's name is that app's own. "weight" says how often; "method", "json", "form",
// "expect" and "onStart" (to log in) are there too.
${property('behaviours', objectOf(behaviours))}`,
  ];
}

/** Of the first request, without a template in it. */
function firstPath({ behaviour }: Plan): string | null {
  const [first] = behaviour.requests;
  return first && 'path' in first ? first.path : null;
}

/** As on one line, with a space behind commas and within braces. */
function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return entries.length === 0
      ? '{}'
      : `{ ${entries.map(([name, inner]) => property(name, json(inner))).join(', ')} }`;
  }
  return JSON.stringify(value);
}

function property(name: string, value: string): string {
  return `${JSON.stringify(name)}: ${value}`;
}

/** Members one below the other; one that is a comment alone takes no comma. */
function objectOf(members: readonly string[]): string {
  const isComment = (member: string): boolean => member.split('\n').every((line) => line.startsWith('//'));
  const last = members.findLastIndex((member) => !isComment(member));
  const lines = members.map((member, index) => (index < last && !isComment(member) ? `${member},` : member));
  return `{\n${indented(lines.join('\n'))}\n}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
