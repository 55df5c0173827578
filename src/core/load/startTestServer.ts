import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';

/** A real server on a port of its own, for tests. */
export interface TestServer {
  readonly origin: string;
  readonly port: number;
  /** Connections accepted so far. */
  connections(): number;
  /** Resolves when no connection is open any more. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

/** An HTTP server; the request's body has been read when `answer` is called. */
export async function startTestServer(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  configure: (server: Server) => void = () => undefined,
): Promise<TestServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => answer(request, response, body));
  });
  configure(server);
  return listen(server);
}

/** A TCP server that is told of each chunk that looks like the start of a request. */
export function startRawServer(
  onRequest: (socket: Socket, head: string, numberOnSocket: number) => void,
): Promise<TestServer> {
  const server = createTcpServer((socket) => {
    let number = 0;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      number += 1;
      onRequest(socket, chunk.toString('latin1'), number);
    });
  });
  return listen(server);
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = await startRawServer(() => undefined);
  await server.close();
  return server.port;
}

async function listen(server: TcpServer): Promise<TestServer> {
  const open = new Set<Socket>();
  let connections = 0;
  const onceEmpty: (() => void)[] = [];
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => {
      open.delete(socket);
      if (open.size === 0) for (const resolve of onceEmpty.splice(0)) resolve();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port');
  const { port } = address;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    allClosed: () =>
      new Promise((resolve) => {
        if (open.size === 0) resolve();
        else onceEmpty.push(resolve);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
