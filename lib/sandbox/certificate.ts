import { generate } from 'selfsigned';
import { DAY_MS } from './clock';

/** PEM, both. Whoever trusts `cert` trusts this server and nothing else. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * A self-signed certificate for this machine's own names, made anew at each start. It vouches for itself alone, so that
 * trusting it gives nobody the power to issue others.
 */
export async function createCertificate(nowMs: number): Promise<ServerCertificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A client's clock may be a little behind.
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs + 365 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}
