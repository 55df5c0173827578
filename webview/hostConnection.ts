import type { HostMessage, PageMessage, PageState } from '../src/shared/panelProtocol';

/** The way to the extension host and back. */
export interface HostConnection {
  post(message: PageMessage): void;
  /** What the page is given again after the window was reloaded. */
  keep(state: PageState): void;
}

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; setState(state: unknown): void };

/** Listens for the host's messages from now on; whatever else is posted to the page is passed over. Once per page. */
export function connectToHost(onMessage: (message: HostMessage) => void): HostConnection {
  const editor = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isHostMessage(data)) onMessage(data);
  });
  return {
    post: (message) => editor.postMessage(message),
    keep: (state) => editor.setState(state),
  };
}

const hostMessageTypes: Readonly<Record<HostMessage['type'], true>> = {
  live: true,
  events: true,
  record: true,
  problem: true,
};

/** The outline is enough: the host is the same build, and nothing of a message is ever run. */
function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null || !('type' in data) || typeof data.type !== 'string') return false;
  return Object.hasOwn(hostMessageTypes, data.type);
}
