import { assertNever } from '../src/shared/assertNever';
import { advanceLiveRun, type LiveRun } from '../src/shared/liveRun';
import type { HostMessage, PageMessage } from '../src/shared/panelProtocol';

export type RecordMessage = Extract<HostMessage, { readonly type: 'record' }>;
export type ProblemMessage = Extract<HostMessage, { readonly type: 'problem' }>;

/** A run that is on, or one that has left nothing to open. */
export interface LiveState {
  readonly type: 'live';
  readonly run: LiveRun;
  /** When the page got to know the run's progress, on the page's own monotonic clock. */
  readonly progressSeenAtMs: number;
  /** *Stop* was pressed here: said at once, before the host confirms it. */
  readonly isStopAsked: boolean;
  readonly isLogOpen: boolean;
}

/** What the panel shows. */
export type PanelState = { readonly type: 'waiting' } | LiveState | RecordMessage | ProblemMessage;

/** What a reader can do: most of it is asked of the host. */
export type PanelAction = PageMessage | { readonly type: 'toggleLog'; readonly isOpen: boolean };
export type Act = (action: PanelAction) => void;

/** The state after a message of the host. Events without a snapshot before them are dropped: they would make half a run. */
export function advancePanel(state: PanelState, message: HostMessage, nowMs: number): PanelState {
  switch (message.type) {
    case 'live':
      return {
        type: 'live',
        run: message.run,
        progressSeenAtMs: nowMs,
        isStopAsked: false,
        isLogOpen: (state.type === 'live' && state.isLogOpen) || hasLeftNothing(message.run),
      };
    case 'events': {
      if (state.type !== 'live') return state;
      const run = message.events.reduce(advanceLiveRun, state.run);
      const isNews = run.progress !== state.run.progress;
      const hasFailed = hasLeftNothing(run) && !hasLeftNothing(state.run);
      return {
        ...state,
        run,
        progressSeenAtMs: isNews ? nowMs : state.progressSeenAtMs,
        isLogOpen: state.isLogOpen || hasFailed,
      };
    }
    case 'record':
    case 'problem':
      return message;
    default:
      return assertNever(message);
  }
}

/** Whether it has ended without a record: then the log is what there is to read. */
function hasLeftNothing({ state, results }: LiveRun): boolean {
  return state === 'ended' && results.every(({ recordPath }) => recordPath === null);
}
