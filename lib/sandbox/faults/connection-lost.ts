/**
 * What `fetch` of the sandbox rejects with, and what a body ends with, when a connection is lost.
 * Shaped like the error of a real fetch: a TypeError whose cause has the system's code.
 */
export class ConnectionLost extends TypeError {
  constructor(readonly code: 'ECONNREFUSED' | 'ECONNRESET') {
    super('fetch failed', { cause: Object.assign(new Error(`connection: ${code}`), { code }) });
    this.name = 'ConnectionLost';
  }
}
