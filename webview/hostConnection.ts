import type { HostMessage, PageMessage, PageState } from '../src/shared/panelProtocol';

/** The way to the extension host and back. */
export interface HostConnection {
  post(message: PageMessage): void;
  /** What the page is given again after the window was reloaded. */
  keep(state: PageState): void;
  /** What was kept before the page was loaded anew; null: nothing. */
  kept(): PageState | null;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
  getState(): unknown;
};

/** Listens for the host's messages from now on; whatever else is posted to the page is passed over. Once per page. */
export function connectToHost(onMessage: (message: HostMessage) => void): HostConnection {
  const editor = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isHostMessage(data)) onMessage(data);
  });
  return {
    post: (message) => editor.postMessage(message),
    keep: (state) => editor.setState(state),
    kept: () => {
      const state = editor.getState();
      return isPageState(state) ? state : null;
    },
  };
}

/** By hand: a schema would bring its library into the page. */
function isPageState(state: unknown): state is PageState {
  if (typeof state !== 'object' || state === null || !('recordPath' in state)) return false;
  const { recordPath } = state;
  if (recordPath !== null && typeof recordPath !== 'string') return false;
  return !('tab' in state) || typeof state.tab === 'string';
}

const hostMessageTypes: Readonly<Record<HostMessage['type'], true>> = {
  live: true,
  events: true,
  record: true,
  history: true,
  log: true,
  freeze: true,
  problem: true,
};

/** The outline is enough: the host is the same build, and nothing of a message is ever run. */
function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null || !('type' in data) || typeof data.type !== 'string') return false;
  return Object.hasOwn(hostMessageTypes, data.type);
}
