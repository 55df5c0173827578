import { beforeEach, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../shared/events';
import { emptyLiveRun } from '../../shared/liveRun';
import type { HostMessage } from '../../shared/panelProtocol';
import { createPageFeed, type PageFeed } from './pageFeed';

const live: HostMessage = { type: 'live', run: emptyLiveRun };
const problem: HostMessage = { type: 'problem', message: 'damaged', hint: null };
const event: RunEvent = { atMs: 1, type: 'log', source: 'app', line: 'hello' };

let posted: HostMessage[];
let errors: unknown[];
let isVisible: boolean;
let content: HostMessage | Promise<HostMessage>;
let feed: PageFeed;

beforeEach(() => {
  posted = [];
  errors = [];
  isVisible = true;
  content = live;
  feed = createPageFeed(
    { isVisible: () => isVisible, post: (message) => posted.push(message), content: () => content },
    (error) => errors.push(error),
  );
});

const types = (): string[] => posted.map(({ type }) => type);

describe('the feed of a page', () => {
  test('sends nothing before the page says that it is ready', () => {
    feed.forward([event]);
    feed.renew();
    expect(posted).toEqual([]);
  });

  test('sends the snapshot first, then events', () => {
    feed.ready();
    feed.forward([event]);
    expect(posted).toEqual([live, { type: 'events', events: [event] }]);
  });

  test('sends nothing to a hidden page, and everything anew when it is shown again', () => {
    feed.ready();
    isVisible = false;
    feed.forward([event]);
    feed.hidden();
    feed.renew();
    isVisible = true;
    feed.forward([event]);
    expect(types()).toEqual(['live']);
    feed.ready();
    feed.forward([event]);
    expect(types()).toEqual(['live', 'live', 'events']);
  });

  test('forwards no events to a page that shows something else', () => {
    content = problem;
    feed.ready();
    feed.forward([event]);
    expect(posted).toEqual([problem]);
  });

  test('holds events back while a record is being read', async () => {
    feed.ready();
    const reading = Promise.resolve(problem);
    content = reading;
    feed.renew();
    feed.forward([event]);
    await reading;
    expect(types()).toEqual(['live', 'problem']);
  });

  test('drops a record that was overtaken by a new run', async () => {
    const reading = Promise.resolve(problem);
    content = reading;
    feed.ready();
    content = live;
    feed.renew();
    await reading;
    expect(types()).toEqual(['live']);
  });

  test('drops a record that was read for a page hidden since', async () => {
    const reading = Promise.resolve(problem);
    content = reading;
    feed.ready();
    feed.hidden();
    await reading;
    expect(posted).toEqual([]);
  });

  test('hands over what goes wrong', async () => {
    const failing = Promise.reject<HostMessage>(new Error('no'));
    content = failing;
    feed.ready();
    await expect(failing).rejects.toThrow('no');
    await Promise.resolve();
    expect(errors).toHaveLength(1);
  });
});
