import { assertNever } from '../../shared/assertNever';
import { collectorCallSchema, type CollectorReply, type CollectorRequest } from './collectorProtocol';
import { startCollectorServer, type CollectorServer } from './collectorServer';

/**
 * The collector process, forked by `startCollector` and steered by IPC. It lives as long as the channel:
 * whatever ends the engine closes it, and with it this process.
 */
function main(): void {
  if (!process.send) throw new Error('The collector is started by the engine, not by hand');
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C and a closed terminal reach the whole group: the engine still needs the collector while it stops its trial.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

  let server: CollectorServer | null = null;
  process.on('message', (message) => {
    const { call, request } = collectorCallSchema.parse(message);
    carryOut(request).then(
      (value) => reply({ type: 'done', call, value }),
      (error: unknown) =>
        reply({ type: 'refused', call, reason: error instanceof Error ? error.message : String(error) }),
    );
  });

  async function carryOut(request: CollectorRequest): Promise<unknown> {
    if (request.type === 'start') {
      if (server) throw new Error('The collector was started already');
      server = await startCollectorServer(request.isSecure, request.place);
      const { endpoint, refusingEndpoint, certificateAuthorityPem } = server;
      return { endpoint, refusingEndpoint, certificateAuthorityPem };
    }
    if (!server) throw new Error('The collector has not been started');
    switch (request.type) {
      case 'open':
        server.open(request.apiKey, request.requestIdPrefix, request.mode);
        return undefined;
      case 'report':
        return server.report(request.apiKey);
      case 'settle':
        return server.settle(request.apiKey);
      case 'late':
        return server.late();
      case 'cpu': {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1e6;
      }
      default:
        return assertNever(request);
    }
  }
}

function reply(message: CollectorReply): void {
  // The callback swallows the error of a channel that closes just now: 'disconnect' follows.
  process.send?.(message, () => undefined);
}

main();
