import type { RunRequest } from '../../shared/runRequest';
import type { FoundApps, RunnableApp } from './findApps';
import type { Picker } from './pick';
import type { RememberedChoice } from './rememberedChoices';

export interface RunFlowOptions {
  readonly purpose: 'comparison' | 'aa';
  /** What the caller knows already: it is not asked. `folder` is a workspace folder's or the one to be run. */
  readonly preset: {
    readonly folder?: string;
    readonly target?: string;
    readonly scenario?: string;
    /** A commit whose code is compared with the files as they are now, in place of two environments. */
    readonly base?: string;
  };
}

export interface RunFlowDeps {
  readonly picker: Picker;
  readonly findApps: () => Promise<FoundApps>;
  /** The interpreter for an app; undefined: the engine looks for one itself. */
  readonly choosePython: (app: RunnableApp) => Promise<RunRequest['python']>;
  /** What the engine will be started with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly memory: { readonly read: () => unknown; readonly write: (choices: unknown) => PromiseLike<void> };
  readonly activeFile: string | null;
}

export type RunFlowAnswer = RunRequest | 'cancelled' | 'no-app';

/** What both questions know. */
export interface RunSession {
  readonly deps: RunFlowDeps;
  readonly options: RunFlowOptions;
  readonly choices: readonly RememberedChoice[];
}

/** What stands above both questions. */
export const flowTitles = { comparison: 'Run Insights comparison', aa: 'Check This Machine' } as const;
