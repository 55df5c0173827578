import type { PlannedRequest } from './actionDealer';
import type { Answer, HttpConnection } from './httpConnection';
import type { LoadRecorder } from './loadRecorder';
import type { Session } from './session';

/**
 * Sends one planned request and books what becomes of it. Latency counts from `startedAtMs` (`performance.now()`), by default from
 * the sending. Resolves when the answer is complete or will not come; never rejects; stays open when the connection is closed under it.
 */
export function exchange(options: {
  readonly planned: PlannedRequest;
  readonly session: Session;
  readonly connection: HttpConnection;
  readonly recorder: LoadRecorder;
  readonly requestIdPrefix: string;
  readonly startedAtMs?: number;
}): Promise<void> {
  const { planned, session, connection, recorder } = options;
  const { request } = planned;
  const requestNumber = recorder.requestSent();
  const wire = session.fill(request, planned.random, `${options.requestIdPrefix}-${requestNumber}`);
  const startedAtMs = options.startedAtMs ?? performance.now();
  return new Promise((resolve) => {
    connection.send(wire, request.readsBody, (answer) => {
      const isAnswered = answer.failure === null;
      const learningFailure = isAnswered ? session.learn(request, wire.path, answer) : null;
      const statusFailure = request.isExpected(answer.status) ? null : `HTTP ${answer.status}`;
      recorder.requestEnded({
        requestNumber,
        isAnswered,
        endpoint: request.name,
        startedAtMs,
        endedAtMs: answer.endedAtMs,
        failure: answer.failure ?? statusFailure ?? learningFailure,
        body: locationOf(answer) || answer.body,
        bytesIn: answer.bytesIn,
        bytesOut: answer.bytesOut,
      });
      resolve();
    });
  });
}

/** Where a redirect leads stands in for its body: it is what a user must see of one that was not expected. */
function locationOf({ status, headers }: Answer): string {
  const { location } = headers;
  return status >= 300 && status < 400 && typeof location === 'string' ? `Location: ${location}` : '';
}
