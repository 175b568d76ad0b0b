import 'server-only';

/** The system's code (`ECONNREFUSED`), never a message: messages may hold addresses with their query. */
export function faultOf(error: unknown): string {
  const code = systemCode(error);
  return code === null ? 'the connection failed' : `no connection (${code})`;
}

function systemCode(error: unknown): string | null {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : null;
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : null;
}

/** Codes of a connection that never came about. A reset is none: it may come after the request was read. */
const NO_CONNECTION =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|PROXY_ANSWERED_\d+|.*CERT.*)$/;

/** Whether nobody can have read what was sent. */
export const isNoConnection = (error: unknown): boolean =>
  NO_CONNECTION.test(systemCode(error) ?? '');
