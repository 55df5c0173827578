import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A port of 127.0.0.1 on which nobody listens, and which nobody else is given as long as it is held. */
export interface ClosedPort {
  readonly port: number;
  release(): void;
}

const host = '127.0.0.1';

/**
 * Takes a free port and closes it: whoever connects is refused, as by a service that has gone. A port that was merely free might be
 * given to the next program that asks for one, the app under test among them; one connection to it that stays open keeps it ours.
 */
export async function holdClosedPort(): Promise<ClosedPort> {
  const listener = createServer();
  listener.listen(0, host);
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The closed port has no number');
  const { port } = address;
  const accepted = new Promise<Socket>((resolve) => listener.once('connection', resolve));
  const ours = connect(port, host);
  await once(ours, 'connect');
  const ends = [ours, await accepted];
  // An end that breaks gives the port up a little early, no more.
  for (const end of ends) end.on('error', () => undefined);
  // The listening socket is closed at once; its callback would wait for the connection that stays.
  listener.close();
  return {
    port,
    release: () => {
      for (const end of ends) end.destroy();
    },
  };
}
