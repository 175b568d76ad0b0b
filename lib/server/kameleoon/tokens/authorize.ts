import 'server-only';

import { createHash } from 'node:crypto';

/** What one sign-in must remember until its code comes back. `state` and `verifier` are secret, and used once. */
export interface SignInProof {
  readonly state: string;
  readonly verifier: string;
  /** S256 of the verifier (RFC 7636). */
  readonly challenge: string;
}

/** `randomBytes` as node:crypto has it. */
export function createSignInProof(randomBytes: (size: number) => Uint8Array): SignInProof {
  const draw = (): string => Buffer.from(randomBytes(32)).toString('base64url');
  const verifier = draw();
  return {
    state: draw(),
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
  };
}

/** Where the browser of whoever signs in is sent. `baseUrl` as `apiAddress` gave it. */
export function toAuthorizeAddress(options: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly proof: Pick<SignInProof, 'state' | 'challenge'>;
}): string {
  const query = new URLSearchParams({
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    response_type: 'code',
    state: options.proof.state,
    code_challenge: options.proof.challenge,
    code_challenge_method: 'S256',
  });
  return `${options.baseUrl}/oauth/authorize?${query}`;
}
