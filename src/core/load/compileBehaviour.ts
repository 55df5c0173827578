import type { ActionSpec, Behaviour, RequestSpec } from '../../shared/behaviour';
import { UserError } from '../../shared/userError';
import { compileRequest, type CompiledRequest } from './compileRequest';

/** What a user may do, checked and with its references resolved. */
export type CompiledAction =
  | { readonly type: 'request'; readonly request: CompiledRequest; readonly repeat: Range }
  | { readonly type: 'pick'; readonly count: Range; readonly from: readonly CompiledAction[] }
  | { readonly type: 'steps'; readonly steps: readonly CompiledAction[] };

type Range = readonly [low: number, high: number];

export interface CompiledBehaviour {
  readonly waitSeconds: Range;
  readonly onStart: readonly CompiledRequest[];
  /** Actions with a weight above 0. */
  readonly choices: readonly { readonly action: CompiledAction; readonly weight: number }[];
  readonly totalWeight: number;
}

type RequestAction = Extract<ActionSpec, { path: string }>;

const once: Range = [1, 1];

/**
 * Checks a behaviour as a whole and compiles it: templates, references, weights, ranges. A name in `from` or `steps` stands for
 * that action with its repeats, be it a request, a burst or steps; loops are refused. Throws a UserError ('usage') that names the
 * behaviour (`name`), the action and the allowed form.
 */
export function compileBehaviour(behaviour: Behaviour, name: string): CompiledBehaviour {
  const where = `Behaviour "${name}"`;
  checkRange(behaviour.waitSeconds, `${where}, waitSeconds`);
  const compiler = createCompiler(behaviour, where);
  const onStart = (behaviour.onStart ?? []).map((spec, index) => {
    const named = { ...spec, name: spec.name ?? `${spec.method} ${spec.path}` };
    return compiler.request(named, `${where}, onStart request ${index + 1}`);
  });
  const choices: { action: CompiledAction; weight: number }[] = [];
  let totalWeight = 0;
  for (const spec of behaviour.requests) {
    const action = compiler.action(spec, []);
    if (spec.weight === 0) continue;
    totalWeight += spec.weight;
    choices.push({ action, weight: spec.weight });
  }
  if (choices.length === 0) {
    throw new UserError('usage', `${where}: every action has weight 0, so there is nothing to do.`, {
      hint: 'Give at least one action a weight above 0.',
    });
  }
  compiler.checkValues();
  return { waitSeconds: behaviour.waitSeconds, onStart, choices, totalWeight };
}

interface Compiler {
  request(spec: RequestSpec, where: string): CompiledRequest;
  /** `path` are the names of the actions that lead here. */
  action(spec: ActionSpec, path: readonly string[]): CompiledAction;
  /** Throws when a template asks for a value that no request extracts. */
  checkValues(): void;
}

function createCompiler(behaviour: Behaviour, where: string): Compiler {
  const specs = actionsByName(behaviour, where);
  const compiled = new Map<ActionSpec, CompiledAction>();
  const requests: { readonly request: CompiledRequest; readonly where: string }[] = [];

  const request = (spec: RequestSpec, place: string): CompiledRequest => {
    const result = compileRequest(spec, behaviour.headers ?? {}, place);
    requests.push({ request: result, where: place });
    return result;
  };
  const reference = (name: string, from: string, path: readonly string[]): CompiledAction => {
    const spec = specs.get(name);
    if (spec === undefined) {
      throw new UserError('usage', `${from}: there is no action called "${name}".`, {
        hint: `Actions are: ${[...specs.keys()].join(', ')}.`,
      });
    }
    return action(spec, path);
  };
  const build = (spec: ActionSpec, path: readonly string[]): CompiledAction => {
    const place = `${where}, action "${spec.name}"`;
    if ('pick' in spec) {
      checkRange(spec.pick, `${place}, pick`);
      return { type: 'pick', count: spec.pick, from: spec.from.map((name) => reference(name, `${place}, from`, path)) };
    }
    if ('steps' in spec)
      return { type: 'steps', steps: spec.steps.map((step) => compileStep(step, `${place}, steps`, path)) };
    checkRange(spec.repeat ?? once, `${place}, repeat`);
    return { type: 'request', request: request(requestOf(spec), place), repeat: spec.repeat ?? once };
  };
  const compileStep = (step: string | RequestSpec, place: string, path: readonly string[]): CompiledAction =>
    typeof step === 'string'
      ? reference(step, place, path)
      : { type: 'request', request: request(step, `${place}, request "${step.name}"`), repeat: once };
  const action = (spec: ActionSpec, path: readonly string[]): CompiledAction => {
    if (path.includes(spec.name)) {
      throw new UserError('usage', `${where}: actions lead back to themselves: ${[...path, spec.name].join(' → ')}.`, {
        hint: 'A burst or steps may name other actions, never itself.',
      });
    }
    const known = compiled.get(spec);
    if (known !== undefined) return known;
    const result = build(spec, [...path, spec.name]);
    compiled.set(spec, result);
    return result;
  };
  return { request, action, checkValues: () => checkValues(requests) };
}

function requestOf({ weight: _weight, repeat: _repeat, ...spec }: RequestAction): RequestSpec {
  return spec;
}

function actionsByName(behaviour: Behaviour, where: string): ReadonlyMap<string, ActionSpec> {
  const specs = new Map<string, ActionSpec>();
  for (const spec of behaviour.requests) {
    if (specs.has(spec.name)) {
      throw new UserError('usage', `${where}: two actions are called "${spec.name}".`, {
        hint: 'Give each action a name of its own.',
      });
    }
    specs.set(spec.name, spec);
  }
  return specs;
}

function checkRange([low, high]: Range, where: string): void {
  if (low > high) {
    throw new UserError('usage', `${where}: [${low}, ${high}] has its ends the wrong way round.`, {
      hint: `Write [${high}, ${low}].`,
    });
  }
}

function checkValues(requests: readonly { readonly request: CompiledRequest; readonly where: string }[]): void {
  const extracted = new Set(requests.flatMap(({ request }) => request.extractions.map(({ name }) => name)));
  for (const { request, where } of requests) {
    const missing = request.names.find((name) => !extracted.has(name));
    if (missing === undefined) continue;
    const known =
      extracted.size === 0 ? 'Nothing is extracted here' : `Extracted values are: ${[...extracted].join(', ')}`;
    throw new UserError('usage', `${where}: no request extracts {{${missing}}}.`, {
      hint: `${known}. Other templates are {{int LOW HIGH}} and {{pick A B C}}.`,
    });
  }
}
