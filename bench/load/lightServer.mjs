// A server that costs next to nothing: one fixed answer for each path, HTTP/1.1 with keep-alive, on a port of its own. Started by
// fork(): tells its port, then answers each message with the number of requests so far.
import { createServer } from 'node:net';

const json = (status, body) =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\nServer: light\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: keep-alive\r\n\r\n${body}`,
  );
const error = json('500 Internal Server Error', '{"error": "division by zero"}');
const accepted = json('202 Accepted', '{"task_id": "0b4f4e5c-2b3c-4c57-8f0a-6d0c9f5b8a11", "status": "queued"}');
const page = json(
  '200 OK',
  `{"message": "Hello", "items": [${Array.from({ length: 20 }, (_, id) => `{"id": ${id}}`).join(', ')}]}`,
);

let requests = 0;

/** The bytes of one request, or 0 while it is not complete. */
function requestLength(text) {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return 0;
  const [, bodyLength = '0'] = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd + 2)) ?? [];
  const length = headEnd + 4 + Number(bodyLength);
  return text.length >= length ? length : 0;
}

const server = createServer((socket) => {
  let text = '';
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (let length = requestLength(text); length > 0; length = requestLength(text)) {
      requests += 1;
      const isPost = text.startsWith('POST ');
      socket.write(isPost ? accepted : text.startsWith('GET /api/error/') ? error : page);
      text = text.slice(length);
    }
  });
});

process.on('disconnect', () => process.exit());
process.on('message', () => process.send({ requests }));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
