import { assertNever } from '../src/shared/assertNever';
import { advanceLiveRun, type LiveRun } from '../src/shared/liveRun';
import type { HostMessage, PageMessage, TrialLogText } from '../src/shared/panelProtocol';
import type { RecordHistory } from '../src/shared/trend';

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
  /** The charts stand still: only those, the rest goes on. */
  readonly isFrozen: boolean;
}

/** A record, with what the host has told of it since. */
export interface RecordState {
  readonly type: 'record';
  readonly shown: RecordMessage;
  /** Null: not asked for, or not yet there. */
  readonly history: RecordHistory | null;
  /** By the trial's place in the order of all trials. */
  readonly logs: ReadonlyMap<number, TrialLogText>;
}

/** What the panel shows. */
export type PanelState = { readonly type: 'waiting' } | LiveState | RecordState | ProblemMessage;

/** What a reader can do: most of it is asked of the host. */
export type PanelAction =
  PageMessage | { readonly type: 'toggleLog'; readonly isOpen: boolean } | { readonly type: 'toggleFreeze' };
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
        isFrozen: false,
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
    case 'freeze':
      return state.type === 'live' ? { ...state, isFrozen: !state.isFrozen } : state;
    case 'record': {
      const isSame = state.type === 'record' && state.shown.recordPath === message.recordPath;
      return isSame ? { ...state, shown: message } : { type: 'record', shown: message, history: null, logs: new Map() };
    }
    case 'history':
      return isOf(state, message) ? { ...state, history: message.history } : state;
    case 'log':
      return isOf(state, message)
        ? { ...state, logs: new Map([...state.logs, [message.log.position, message.log]]) }
        : state;
    case 'problem':
      return message;
    default:
      return assertNever(message);
  }
}

/** Answers to a page that shows another record by now are passed over. */
function isOf(state: PanelState, { recordPath }: { readonly recordPath: string }): state is RecordState {
  return state.type === 'record' && state.shown.recordPath === recordPath;
}

/** Whether it has ended without a record: then the log is what there is to read. */
function hasLeftNothing({ state, results }: LiveRun): boolean {
  return state === 'ended' && results.every(({ recordPath }) => recordPath === null);
}
