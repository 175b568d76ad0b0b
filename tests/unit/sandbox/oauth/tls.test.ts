import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as askPlain, type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrigin, saveOrigin } from '@/lib/sandbox/origin-file';
import { startSandbox, type RunningSandbox } from '@/lib/sandbox/start';

let dataDir = '';
let sandbox: RunningSandbox;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-tls-'));
  saveOrigin(dataDir, createOrigin(Date.UTC(2026, 4, 21), 1, 5));
  sandbox = await startSandbox({ port: 0, dataDir, tls: true });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The status, or the code of the failure. */
const ask = (host: string, ca?: string): Promise<number | string | undefined> =>
  new Promise((resolve) => {
    const { port } = new URL(sandbox.url);
    const options = { host, port, path: '/sites', ...(ca === undefined ? {} : { ca }) };
    request(options, (answer: IncomingMessage) => resolve(answer.resume().statusCode))
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      .end();
  });

describe('the sandbox over TLS', () => {
  it('says so in its address, and where its certificate lies', () => {
    expect(sandbox.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.certificateFile).toBe(join(dataDir, 'certificate.pem'));
  });

  it('is trusted by whoever trusts that file, under both names, and by nobody else', async () => {
    const ca = readFileSync(sandbox.certificateFile!, 'utf8');
    expect(await ask('127.0.0.1', ca)).toBe(401);
    expect(await ask('localhost', ca)).toBe(401);
    expect(await ask('127.0.0.1')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('breaks plain HTTP', async () => {
    const plain = new Promise((resolve, reject) => {
      askPlain(`${sandbox.url.replace('https', 'http')}/sites`, resolve)
        .on('error', reject)
        .end();
    });
    await expect(plain).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(sandbox.requests().byPath['/sites']).toBe(2);
  });

  it('gives nobody the power to vouch for others, and keeps its key to itself', () => {
    const text = readFileSync(sandbox.certificateFile!, 'utf8');
    expect(new X509Certificate(text).ca).toBe(false);
    expect(text).not.toContain('PRIVATE KEY');
  });
});
