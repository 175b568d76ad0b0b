/** The words of RFC 6749 (4.1.2.1 and 5.2) that this server uses. */
export type OauthErrorCode =
  | 'access_denied'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type';

/** A refusal in the form of RFC 6749; thrown anywhere below the token endpoint. */
export class OauthError extends Error {
  constructor(
    readonly code: OauthErrorCode,
    message: string,
    /** A client that tried the header is told which scheme to use. */
    readonly isByHeader: boolean = false,
  ) {
    super(message);
    this.name = 'OauthError';
  }
}

export const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** `{"error":…,"error_description":…}`: 401 for the client's own credentials, 400 otherwise. */
export function toOauthAnswer({ code, message, isByHeader }: OauthError): Response {
  return Response.json(
    { error: code, error_description: message },
    {
      status: code === 'invalid_client' ? 401 : 400,
      headers: {
        ...NO_STORE,
        ...(isByHeader ? { 'www-authenticate': 'Basic realm="oauth"' } : {}),
      },
    },
  );
}
