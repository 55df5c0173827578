import type { Command } from 'commander';
import type { PlannedComparison } from '../core/project/makePlans';
import { endpointName } from '../shared/endpoint';
import { healthyName, outageWords } from '../shared/outage';
import type { VariantPlan } from '../shared/plan';
import type { RunRequest } from '../shared/runRequest';
import { formatPercent } from '../shared/words/formatNumber';
import { originOf } from './runOptions';

/** Every value of the plans with its origin, as aligned text: what `run` would do. Values of variables are never printed. */
export function printConfig(planned: readonly PlannedComparison[], request: RunRequest, command: Command): string {
  return planned.map((each) => section(each, request, command)).join('\n');
}

function section({ plan, origins }: PlannedComparison, request: RunRequest, command: Command): string {
  const { load } = plan.scenario;
  const from = (attribute: string, otherwise: string): string => originOf(command, attribute) ?? otherwise;
  const loadText =
    load.type === 'users'
      ? `${load.users} users, ${load.spawnRatePerSecond} per second`
      : `${load.ratePerSecond} per second, ${load.arrivals}`;
  const rows: (readonly [name: string, value: string, origin: string])[] = [
    ['target', plan.target.name, origins.target],
    ['command', plan.target.command.join(' '), origins.target],
    ['folder', plan.target.cwd, origins.target],
    ['python', plan.target.python.path, plan.target.python.origin],
    ...plan.variants.map((variant): [string, string, string] => [
      `variant ${variant.name}`,
      variantText(variant),
      variantOrigin(variant, request, origins.variants),
    ]),
    ['scenario', plan.scenario.name, request.scenario === undefined ? 'default' : 'command line'],
    ['load', loadText, originOf(command, 'users') ?? originOf(command, 'rate') ?? origins.scenario],
    ['behaviour', plan.scenario.behaviourName, from('behaviour', origins.behaviour)],
    ['duration', `${plan.scenario.durationSeconds} s per variant`, from('duration', 'blocks × trial')],
    ['blocks', String(plan.blocks), from('blocks', origins.scenario)],
    ...(plan.until
      ? [['until', `±${formatPercent(plan.until.halfWidth)} of CPU per request`, from('until', 'request')] as const]
      : []),
    ['trial', `${plan.trialSeconds} s`, from('trial', origins.scenario)],
    ['warmup', `${plan.warmupSeconds} s`, from('warmup', origins.scenario)],
    [
      'capacity',
      plan.capacity ? `${plan.capacity.connections} connections, ${plan.capacity.durationSeconds} s` : 'left out',
      from('capacity', origins.capacity),
    ],
    ['seed', String(plan.seed), from('seed', 'drawn')],
    ['endpoint', endpointName(plan.endpoint), from('endpoint', origins.endpoint)],
    ['headline', plan.headline.join(', '), origins.headline],
    ['budgets', plan.budgets.join('; ') || 'none', from('budget', origins.budgets)],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(([name, value, origin]) => `${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  (${origin})\n`)
    .join('');
}

function variantText({ envFiles, environment, outage, code }: VariantPlan): string {
  const ill = outage === undefined ? '' : `, while ${outageWords(outage)}`;
  return `${envFiles.join(' + ') || 'process environment'} (${Object.keys(environment).length} variables)${ill}${codeText(code)}`;
}

function codeText(code: VariantPlan['code']): string {
  if (code === undefined) return '';
  const { revision, requirements } = code;
  const files =
    revision === null ? '' : `, commit ${revision.commit.slice(0, 10)}${revision.isWorkTree ? ' with changes' : ''}`;
  return `${files}${requirements.length === 0 ? '' : `, with ${requirements.join(' ')}`}`;
}

function variantOrigin({ name, outage }: VariantPlan, request: RunRequest, otherwise: string): string {
  const isAdded = outage !== undefined && request.outages.includes(outage) && healthyName(name, outage) !== name;
  if (isAdded) return '--outage';
  return request.variantFiles.length > 0 ? '--variant' : otherwise;
}
