import { execa } from 'execa';
import * as z from 'zod';
import type { Reset } from '../../shared/projectFile';
import { UserError } from '../../shared/userError';
import { databaseProgram } from './databaseProgram';

/** Environment variables by name. */
type Variables = Readonly<Record<string, string>>;

/** Databases on servers, one of each kind for each trial: never the user's own, which at most is copied. */
export interface ServerState {
  /** Empty ones, for `prepare` to fill; trials then get copies of them. Returns the variables that name them. */
  openTemplate(label: string, variables: Variables): Promise<Variables>;
  /** A trial's own: copies of the template of that label where it was opened, else of the database that the variable names. */
  open(label: string, variables: Variables, template?: string): Promise<Variables>;
  close(label: string): Promise<void>;
  /** How many messages wait in each queue of a trial's own broker; null: it has none. */
  backlog(label: string): Promise<Readonly<Record<string, number>> | null>;
  /** By table, how many rows a trial's own database holds more than at its start; null: it has none that keeps tables. */
  rowsAdded(label: string): Promise<Readonly<Record<string, number>> | null>;
  /** Drops what runs have left behind of which nothing is alive any more. */
  sweep(variables: Variables, isAlive: (runKey: string) => boolean): Promise<void>;
  /** Drops whatever is left of this run. */
  closeAll(): Promise<void>;
}

export interface ServerStateOptions {
  readonly reset: Reset;
  /** The app's own: its driver is used. */
  readonly pythonPath: string;
  /** Of this run alone: eight hexadecimal digits. */
  readonly runKey: string;
  /** For the helper process; with the run's tag. */
  readonly environment: Variables;
}

const kinds = ['mysql', 'postgres', 'redis'] as const;
type Kind = (typeof kinds)[number];
/** What every database of ours is called first. */
const namePrefix = 'insights_comparison_';
const timeoutMs = 300_000;

const answerSchema = z.object({
  value: z.string().optional(),
  names: z.array(z.string()).optional(),
  lists: z.record(z.string(), z.int()).optional(),
  rows: z.record(z.string(), z.int()).optional(),
  error: z.string().optional(),
  hint: z.string().optional(),
});

interface Opened {
  readonly variables: Variables;
  /** By table, as the trial found them. */
  readonly rowsAtStart: Readonly<Record<string, number>>;
}

interface Used {
  readonly kind: Kind;
  /** The variable. */
  readonly name: string;
}

/** Null when `reset` names no server's database. */
export function createServerState(options: ServerStateOptions): ServerState | null {
  const used: Used[] = kinds.flatMap((kind) => {
    const name = options.reset[kind];
    return name === undefined ? [] : [{ kind, name }];
  });
  if (used.length === 0) return null;
  const opened = new Map<string, Opened>();

  const databaseOf = (label: string): string => `${namePrefix}${options.runKey}_${label}`;
  const make = async (
    action: 'create' | 'empty',
    label: string,
    variables: Variables,
    template: string | null = null,
  ): Promise<Variables> => {
    // At once: what fails half-way is dropped too.
    opened.set(label, { variables, rowsAtStart: {} });
    const database = databaseOf(label);
    const made = await Promise.all(
      used.map(async ({ kind, name }) => {
        const { value = database, rows = {} } = await ask(
          { action, kind, name, variables, database, template },
          options,
        );
        return { name, value, rows };
      }),
    );
    opened.set(label, { variables, rowsAtStart: Object.fromEntries(made.flatMap(({ rows }) => Object.entries(rows))) });
    return Object.fromEntries(made.map(({ name, value }) => [name, value]));
  };
  const close = async (label: string): Promise<void> => {
    const variables = opened.get(label)?.variables;
    if (!variables) return;
    opened.delete(label);
    const database = databaseOf(label);
    await Promise.all(
      used.map(async ({ kind, name }) => ask({ action: 'drop', kind, name, variables, database }, options)),
    );
  };
  return {
    openTemplate: async (label, variables) => make('empty', label, variables),
    open: async (label, variables, template) =>
      make('create', label, variables, template !== undefined && opened.has(template) ? databaseOf(template) : null),
    async backlog(label) {
      const variables = opened.get(label)?.variables;
      const broker = used.find(({ kind }) => kind === 'redis');
      if (!broker || !variables) return null;
      const question = {
        ...broker,
        action: 'backlog',
        variables,
        database: databaseOf(label),
      } as const;
      return (await ask(question, options)).lists ?? {};
    },
    async rowsAdded(label) {
      const trial = opened.get(label);
      const database = used.find(({ kind }) => kind !== 'redis');
      if (!database || !trial) return null;
      const { variables, rowsAtStart } = trial;
      const question = { ...database, action: 'rows', variables, database: databaseOf(label) } as const;
      const { rows = {} } = await ask(question, options);
      return Object.fromEntries(
        Object.entries(rows).map(([table, count]) => [table, count - (rowsAtStart[table] ?? 0)]),
      );
    },
    close,
    async sweep(variables, isAlive) {
      for (const { kind, name } of used) {
        const base = { kind, name, variables };
        const { names = [] } = await ask({ ...base, action: 'list', database: namePrefix }, options);
        for (const database of names) {
          const key = /^([0-9a-f]{8})_/.exec(database.slice(namePrefix.length))?.[1];
          if (key !== undefined && !isAlive(key)) await ask({ ...base, action: 'drop', database }, options);
        }
      }
    },
    async closeAll() {
      for (const label of opened.keys()) await close(label);
    },
  };
}

interface Question extends Used {
  readonly action: 'create' | 'empty' | 'drop' | 'list' | 'backlog' | 'rows';
  readonly variables: Variables;
  readonly database: string;
  /** Of `create`: what the new one is a copy of; null: of the one that the variable names. */
  readonly template?: string | null;
}

/** Throws `UserError('target')` with what the server or its driver said. */
async function ask(
  question: Question,
  { pythonPath, environment }: ServerStateOptions,
): Promise<z.infer<typeof answerSchema>> {
  const result = await execa(pythonPath, ['-c', databaseProgram], {
    input: JSON.stringify(question),
    env: environment,
    extendEnv: false,
    reject: false,
    timeout: timeoutMs,
  });
  const said = parse(result.stdout);
  if (said.error !== undefined)
    throw new UserError('target', `${said.error}.`, said.hint === undefined ? {} : { hint: said.hint });
  return said;
}

function parse(stdout: string | undefined): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse((stdout ?? '').trim().split('\n').at(-1) ?? ''));
  } catch {
    throw new UserError('target', 'The database of a trial could not be made: the helper gave no answer.', {
      hint: 'Does the Python of the app run, and does its server answer within five minutes?',
    });
  }
}
