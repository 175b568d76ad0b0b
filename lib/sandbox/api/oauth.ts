import { ApiError } from './api-error';
import type { Exchange } from './exchange';
import type { RateLimiter } from './rate-limiter';
import { TOKEN_LIFE_MS, type Tokens } from './tokens';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface OauthWorld {
  readonly credentials: Credentials;
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
}

/** `POST /oauth/token` with client credentials in a form; failures as in RFC 6749, section 5.2. */
export async function answerTokenRequest(
  request: Request,
  { credentials, tokens, limiter }: OauthWorld,
  exchange: Exchange,
): Promise<Response> {
  const { nowMs } = exchange;
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    return toFailure(400, 'invalid_request', 'The body must be a URL-encoded form.');
  }
  const form = new URLSearchParams(await request.text());
  const grant = form.get('grant_type');
  if (grant === null) return toFailure(400, 'invalid_request', 'Missing grant type.');
  if (grant !== 'client_credentials') {
    return toFailure(400, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
  }
  const clientId = form.get('client_id');
  if (clientId === credentials.clientId) {
    exchange.credential = clientId;
    if (!limiter.admit(clientId, nowMs)) throw new ApiError(429, 'Too many requests.');
  }
  if (clientId !== credentials.clientId || form.get('client_secret') !== credentials.clientSecret) {
    return toFailure(401, 'invalid_client', 'Bad client credentials.');
  }
  return Response.json({
    access_token: tokens.issue(clientId, nowMs),
    token_type: 'bearer',
    expires_in: TOKEN_LIFE_MS / 1000,
  });
}

function toFailure(status: number, error: string, description: string): Response {
  return Response.json({ error, error_description: description }, { status });
}
