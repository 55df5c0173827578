import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509';

/** What a TLS server and its clients need, as PEM. */
export interface ServerIdentity {
  /** What clients must trust. */
  readonly certificateAuthorityPem: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const dayMs = 24 * 3600 * 1000;
/** Longer than any run; a bundle that is left lying about is worthless soon after. */
const validDays = 7;
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * A throw-away certificate authority and one certificate of it for this machine's loopback names.
 * The authority's private key cannot be exported and is dropped on return: nothing else can ever be signed with it.
 * Satisfies the strict checks of OpenSSL 3 (RFC 5280: critical basic constraints, key usage, subject and authority key
 * identifiers), which Python 3.13 switches on by default. Valid from a day before `now`, for clocks that differ (containers).
 */
export async function createServerIdentity(now: Date = new Date()): Promise<ServerIdentity> {
  const authorityKeys = await webcrypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']);
  const serverKeys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const validity = {
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(now.getTime() + validDays * dayMs),
  };
  const authority = await createAuthority(authorityKeys, validity);
  const server = await X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=Insights comparison collector',
    issuer: authority.subjectName,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: ecdsa,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
        { type: 'dns', value: 'localhost' },
      ]),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  return {
    certificateAuthorityPem: `${authority.toString('pem')}\n`,
    certificatePem: `${server.toString('pem')}\n`,
    privateKeyPem: KeyObject.from(serverKeys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

async function createAuthority(
  keys: webcrypto.CryptoKeyPair,
  validity: { readonly notBefore: Date; readonly notAfter: Date },
): Promise<X509Certificate> {
  // A name of its own per run: an authority of an earlier run that is still trusted somewhere must never be taken for this one.
  const run = Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex');
  return X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: `CN=Insights comparison throw-away authority ${run}`,
    keys,
    signingAlgorithm: ecdsa,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}
