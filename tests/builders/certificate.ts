import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A private authority made on the spot, as a company has one, and what it vouches for. */
export function createAuthority(): Certificate & { issue(hostname: string): Certificate } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = 'Private test authority';
  const own = certify({
    name,
    issuer: name,
    publicKey,
    signer: privateKey,
    extensions: [AUTHORITY],
  });
  return {
    ...toPem(own, privateKey),
    issue(hostname) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const cert = certify({
        name: hostname,
        issuer: name,
        publicKey: pair.publicKey,
        signer: privateKey,
        extensions: [alternativeName(hostname)],
      });
      return toPem(cert, pair.privateKey);
    },
  };
}

/** One value of DER: its tag, its length, its content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const utcTime = (value: string): Buffer => der(0x17, Buffer.from(value));
const octets = (content: Buffer): Buffer => der(0x04, content);

const ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const TRUE = der(0x01, Buffer.from([0xff]));
/** basicConstraints, critical: cA. */
const AUTHORITY = sequence(oid(0x55, 0x1d, 0x13), TRUE, octets(sequence(TRUE)));
/** subjectAltName: one DNS name. */
const alternativeName = (hostname: string): Buffer =>
  sequence(oid(0x55, 0x1d, 0x11), octets(sequence(der(0x82, Buffer.from(hostname)))));
/** A name of one part: commonName. */
const toName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), text(name))));

interface ToCertify {
  readonly name: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** X.509 v3, valid from 2020 to 2049 (RFC 5280, 4.1). */
function certify({ name, issuer, publicKey, signer, extensions }: ToCertify): Buffer {
  const version3 = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const content = sequence(
    version3,
    serial,
    ECDSA_WITH_SHA256,
    toName(issuer),
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    toName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, signer));
  return sequence(content, ECDSA_WITH_SHA256, signature);
}

const toPem = (cert: Buffer, key: KeyObject): Certificate => ({
  cert: `-----BEGIN CERTIFICATE-----\n${cert
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
  key: String(key.export({ type: 'pkcs8', format: 'pem' })),
});
