import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServerIdentity, type ServerIdentity } from './certificate';
import { testPython } from './testPython';

// What Python 3.13 checks by default, asked for explicitly so that every version checks it. Host names are checked by default.
const strictGet = `
import ssl, sys, urllib.request
context = ssl.create_default_context()
context.verify_flags |= ssl.VERIFY_X509_STRICT | getattr(ssl, 'VERIFY_X509_PARTIAL_CHAIN', 0)
print(urllib.request.urlopen(sys.argv[1], context=context).read().decode())
`;

let folder: string;
let identity: ServerIdentity;
let port: number;
let stop: () => void;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-test-'));
  identity = await createServerIdentity();
  const options = { key: identity.privateKeyPem, cert: identity.certificatePem };
  const server = createServer(options, (_request, response) => response.end('trusted'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  stop = () => server.close();
});

afterAll(async () => {
  stop?.();
  await rm(folder, { recursive: true, force: true });
});

describe("Python's strict checks, host name included", () => {
  test.each(['127.0.0.1', 'localhost'])('accept the certificate for %s', async (host) => {
    expect(await get(host, identity.certificateAuthorityPem)).toBe('trusted\n');
  });

  test('refuse it under the authority of another run', async () => {
    const other = await createServerIdentity();
    await expect(get('127.0.0.1', other.certificateAuthorityPem)).rejects.toThrow('CERTIFICATE_VERIFY_FAILED');
  });
});

test('the certificate is for the loopback names, signed by an authority with a name of its own per run', async () => {
  const authority = new X509Certificate(identity.certificateAuthorityPem);
  const certificate = new X509Certificate(identity.certificatePem);
  expect(certificate.subjectAltName).toBe('IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:localhost');
  expect(certificate.ca).toBe(false);
  expect(authority.ca).toBe(true);
  expect(certificate.checkIssued(authority)).toBe(true);
  expect(certificate.verify(authority.publicKey)).toBe(true);
  const other = new X509Certificate((await createServerIdentity()).certificateAuthorityPem);
  expect(other.subject).not.toBe(authority.subject);
});

test('it is valid from a day before to a week after, for clocks that differ', async () => {
  const dated = await createServerIdentity(new Date('2026-03-10T12:00:00Z'));
  for (const pem of [dated.certificateAuthorityPem, dated.certificatePem]) {
    const certificate = new X509Certificate(pem);
    expect(new Date(certificate.validFrom).toISOString()).toBe('2026-03-09T12:00:00.000Z');
    expect(new Date(certificate.validTo).toISOString()).toBe('2026-03-17T12:00:00.000Z');
  }
});

async function get(host: string, trusted: string): Promise<string> {
  const bundle = join(folder, 'trusted.pem');
  await writeFile(bundle, trusted);
  const { stdout } = await promisify(execFile)(testPython(), ['-c', strictGet, `https://${host}:${port}/`], {
    env: { SSL_CERT_FILE: bundle },
  });
  return stdout;
}
