import type { RunEvent } from '../../shared/events';
import type { HostMessage } from '../../shared/panelProtocol';

/** The page as its feed sees it. */
export interface PagePort {
  isVisible(): boolean;
  post(message: HostMessage): void;
  /** All that the page should show now. Given at once for a live run, so that no event gets between it and the snapshot. */
  content(): HostMessage | Promise<HostMessage>;
}

/** Keeps one page in step with the host's truth; messages to a hidden page would be lost, so none is sent. */
export interface PageFeed {
  /** The page was (re)loaded: it gets everything anew. */
  ready(): void;
  /** The page was hidden, and with it unloaded: it will say `ready` when it is shown again. */
  hidden(): void;
  /** What the page should show has changed as a whole. */
  renew(): void;
  /** What the page has asked for, when there is something to say. */
  answer(message: HostMessage | null): void;
  /** Events of the run that is shown. Those before the snapshot are in it, so they are dropped. */
  forward(events: readonly RunEvent[]): void;
}

/** A feed for one page; `onError` gets what goes wrong while content is made. */
export function createPageFeed(port: PagePort, onError: (error: unknown) => void): PageFeed {
  let isReady = false;
  let isLive = false;
  let turn = 0;

  const tell = (message: HostMessage, mine: number): void => {
    if (mine !== turn || !isReady) return;
    isLive = message.type === 'live';
    port.post(message);
  };
  const renew = (): void => {
    if (!isReady) return;
    turn += 1;
    const mine = turn;
    isLive = false;
    const content = port.content();
    if (content instanceof Promise) content.then((message) => tell(message, mine)).catch(onError);
    else tell(content, mine);
  };

  return {
    ready: () => {
      isReady = true;
      renew();
    },
    hidden: () => {
      isReady = false;
      isLive = false;
      turn += 1;
    },
    renew,
    answer: (message) => {
      if (isReady && message !== null) port.post(message);
    },
    forward: (events) => {
      if (isReady && isLive && port.isVisible()) port.post({ type: 'events', events });
    },
  };
}
