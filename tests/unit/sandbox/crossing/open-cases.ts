import { REDIRECT, toAuthorizePath } from '../oauth/oauth-sandbox';
import type { Case } from './asks';
import type { Side } from './side';

const form = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields);
const secretOf = ({ clientId }: Side): string => clientId.replace('client', 'secret');
const toClient = (side: Side) => ({ client_id: side.clientId, client_secret: secretOf(side) });

/** Routes that need no token. */
export const OPEN_CASES: Readonly<Record<string, Case>> = {
  'GET /oauth/authorize': {
    isOpen: true,
    attempts: (theirs) => [
      { method: 'GET', path: toAuthorizePath({ client_id: theirs.clientId }), refusal: [400] },
    ],
    fair: () => ({ method: 'GET', path: toAuthorizePath() }),
  },
  // A good one follows a page that was shown: the tests of the consent have it.
  'POST /oauth/authorize': {
    isOpen: true,
    attempts: (theirs) => [
      {
        method: 'POST',
        path: '/oauth/authorize',
        body: form({
          request: theirs.token,
          account: String(theirs.accountId),
          decision: 'accept',
          redirect_uri: REDIRECT,
        }),
        refusal: [400],
      },
    ],
  },
  'POST /oauth/token': {
    isOpen: true,
    attempts: (theirs, mine) => [
      {
        method: 'POST',
        path: '/oauth/token',
        body: form({
          grant_type: 'client_credentials',
          client_id: theirs.clientId,
          client_secret: secretOf(mine),
        }),
        refusal: [401],
      },
    ],
    fair: (mine) => ({
      method: 'POST',
      path: '/oauth/token',
      body: form({ grant_type: 'client_credentials', ...toClient(mine) }),
    }),
  },
  'POST /oauth/revoke': {
    isOpen: true,
    attempts: (theirs, mine) => [
      {
        method: 'POST',
        path: '/oauth/revoke',
        body: form({ token: theirs.token, ...toClient(mine) }),
        refusal: [400],
      },
    ],
    fair: (mine) => ({
      method: 'POST',
      path: '/oauth/revoke',
      body: form({ token: 'of nobody', ...toClient(mine) }),
    }),
  },
};
