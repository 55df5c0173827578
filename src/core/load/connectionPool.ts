import { HttpConnection, type ConnectionOptions } from './httpConnection';

/** Connections for requests that come whenever they are due. */
export interface ConnectionPool {
  /** Yields a free connection, at once if there is one or may be one more; else in the order of asking. */
  acquire(): Promise<HttpConnection>;
  release(connection: HttpConnection): void;
  size(): number;
  close(): void;
}

/** Grows to `limit` connections. The one used last is used next, so that no more are kept warm than the load needs. */
export function createConnectionPool(options: ConnectionOptions, limit: number): ConnectionPool {
  const all: HttpConnection[] = [];
  const free: HttpConnection[] = [];
  const waiting: ((connection: HttpConnection) => void)[] = [];
  return {
    acquire: () => {
      const idle = free.pop();
      if (idle !== undefined) return Promise.resolve(idle);
      if (all.length < limit) {
        const added = new HttpConnection(options);
        all.push(added);
        return Promise.resolve(added);
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    release: (connection) => {
      const next = waiting.shift();
      if (next === undefined) free.push(connection);
      else next(connection);
    },
    size: () => all.length,
    close: () => {
      for (const connection of all) connection.close();
    },
  };
}
