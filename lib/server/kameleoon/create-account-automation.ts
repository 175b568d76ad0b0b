import 'server-only';

import type { Automation } from '@/lib/server/kameleoon/create-automation';
import { createAutomation } from '@/lib/server/kameleoon/create-automation';
import type { ConnectionOptions } from '@/lib/server/kameleoon/create-connection';
import type { AccountTokens, TokenStore } from '@/lib/server/kameleoon/tokens/account-tokens';
import { createAccountTokens } from '@/lib/server/kameleoon/tokens/account-tokens';

export interface AccountAutomation extends Automation {
  /** Signing in and out; until somebody has, every call fails with `connection-ended`. */
  readonly account: Pick<AccountTokens, 'signIn' | 'signOut'>;
}

/** The API with the rights of an account that somebody authorised; client id and secret are the partner's. */
export function createAccountAutomation({
  store,
  ...options
}: Omit<ConnectionOptions, 'tokens'> & { readonly store: TokenStore }): AccountAutomation {
  let account: AccountTokens | undefined;
  const automation = createAutomation({
    ...options,
    tokens: (context) => (account = createAccountTokens(context, store)),
  });
  if (!account) throw new Error('a connection did not take its source of tokens');
  return { ...automation, account };
}
