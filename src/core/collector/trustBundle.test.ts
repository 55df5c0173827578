import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createServerIdentity } from './certificate';
import { testPython } from './testPython';
import { writeTrustBundle } from './trustBundle';

const countTrusted = 'import ssl; print(ssl.create_default_context().cert_store_stats()["x509_ca"])';

let authority: string;
let others: readonly [string, string];
let folder: string;

beforeAll(async () => {
  const identities = await Promise.all([createServerIdentity(), createServerIdentity(), createServerIdentity()]);
  authority = identities[0].certificateAuthorityPem;
  others = [identities[1].certificateAuthorityPem, identities[2].certificateAuthorityPem];
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trust-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the bundle that an app is given', () => {
  test('holds what it trusted before and ours, and Python loads all of it', async () => {
    const own = join(folder, 'own.pem');
    // No newline at the end, and a comment in Latin-1: both occur in real bundles.
    const bytes = Buffer.concat([Buffer.from([0x23, 0xe9, 0x0a]), Buffer.from(others.join('').trimEnd())]);
    await writeFile(own, bytes);
    const environment = { SSL_CERT_FILE: own };
    const trust = await write(environment);
    expect(Object.keys(trust)).toEqual(['SSL_CERT_FILE']);
    const bundle = await readFile(trust['SSL_CERT_FILE'] ?? '');
    expect(bundle.subarray(0, bytes.length)).toEqual(bytes);
    expect(bundle.subarray(bytes.length).toString()).toBe(`\n${authority}`);
    expect(await trustedBy({ ...environment, ...trust })).toBe(3);
    expect(await readFile(own)).toEqual(bytes);
  });

  test('is ours alone where the app has only a directory, which stays as it is', async () => {
    const directory = join(folder, 'certs');
    await mkdir(directory);
    const environment = { SSL_CERT_FILE: join(folder, 'missing.pem'), SSL_CERT_DIR: directory };
    const trust = await write(environment);
    expect(Object.keys(trust)).toEqual(['SSL_CERT_FILE']);
    expect(await readFile(trust['SSL_CERT_FILE'] ?? '', 'utf8')).toBe(authority);
    expect(await trustedBy({ ...environment, ...trust })).toBe(1);
  });

  test('leaves the bundle of requests and certifi alone', async () => {
    const trust = await write({ REQUESTS_CA_BUNDLE: join(folder, 'requests.pem') });
    expect(trust).not.toHaveProperty('REQUESTS_CA_BUNDLE');
  });
});

describe('an interpreter', () => {
  test('that prints things of its own is understood all the same', async () => {
    await writeFile(join(folder, 'sitecustomize.py'), 'print("insights? welcome!")');
    const trust = await write({ PYTHONPATH: folder, SSL_CERT_FILE: join(folder, 'missing.pem') });
    expect(await readFile(trust['SSL_CERT_FILE'] ?? '', 'utf8')).toBe(authority);
  });

  test('without TLS is reported with its own words and a way out', async () => {
    await mkdir(join(folder, 'broken'));
    await writeFile(join(folder, 'broken', 'ssl.py'), 'raise ImportError("no OpenSSL in here")');
    await expect(write({ PYTHONPATH: join(folder, 'broken') })).rejects.toMatchObject({
      name: 'UserError',
      code: 'target',
      message: expect.stringContaining('no OpenSSL in here'),
      hint: expect.stringContaining('--endpoint local-http'),
    });
  });

  test('that is none is reported as such', async () => {
    const notPython = join(folder, 'python');
    await writeFile(notPython, '#!/bin/sh\necho hello\n');
    await chmod(notPython, 0o755);
    await expect(write({}, notPython)).rejects.toMatchObject({ name: 'UserError', code: 'target' });
    await expect(write({}, join(folder, 'nothing'))).rejects.toMatchObject({
      message: expect.stringContaining('ENOENT'),
    });
  });
});

function write(environment: Readonly<Record<string, string>>, pythonPath = testPython()) {
  return writeTrustBundle({
    pythonPath,
    certificateAuthorityPem: authority,
    folder: join(folder, 'trust'),
    environment,
  });
}

async function trustedBy(environment: Record<string, string>): Promise<number> {
  const { stdout } = await promisify(execFile)(testPython(), ['-c', countTrusted], { env: environment });
  return Number(stdout);
}
