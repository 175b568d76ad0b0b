import { PEOPLE, toEmail, toFullName, type Person } from '@/lib/sandbox/state/people';
import { RIGHTS, type Right } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';
import { markup, type Markup } from './markup';
import { toPage } from './page';
import type { AuthorizationRequest } from './pending-requests';

const WORDS: Readonly<Record<Right, string>> = {
  read: 'see',
  write: 'create and change',
  launch: 'launch and stop',
};

export interface Consentable {
  /** The one-time id of the request. */
  readonly id: string;
  readonly request: AuthorizationRequest;
  readonly sites: readonly Row[];
  /** True when it was accepted without an account. */
  readonly isUnchosen?: boolean;
}

/** Asks a person whether an application may use an account, and which. */
export function toConsentPage({ id, request, sites, isUnchosen = false }: Consentable): Response {
  const { clientName, redirectUri } = request;
  const title = `Allow “${clientName}” to use your account?`;
  const alert = markup`<p class="alert" role="alert">Choose the account it may use.</p>`;
  // Relative: the page lies under a version or not.
  const content = markup`<h1>${title}</h1>
<p>It will do on your behalf whatever the account may do, until you withdraw this.</p>
${isUnchosen ? alert : ''}
<form method="post" action="authorize">
<input type="hidden" name="request" value="${id}">
<fieldset>
<legend>Account</legend>
${PEOPLE.map((person, i) => toChoice(person, i === 0, sites))}
</fieldset>
<div class="decision">
<button class="accept" name="decision" value="accept">Accept</button>
<button name="decision" value="refuse" formnovalidate>Refuse</button>
</div>
</form>
<p class="soft">Either way you are sent back to ${redirectUri}. This is a sandbox: everybody is signed in as everybody.</p>`;
  return toPage({ status: isUnchosen ? 400 : 200, title, content, leadsTo: redirectUri });
}

function toChoice(person: Person, isFirst: boolean, sites: readonly Row[]): Markup {
  const { id, rights } = person;
  const may = RIGHTS.filter((right) => rights.has(right)).map((right) => WORDS[right]);
  const checked = isFirst ? markup` checked` : '';
  return markup`<div class="person">
<input type="radio" name="account" value="${id}" id="account-${id}" aria-describedby="of-${id}" required${checked}>
<label for="account-${id}">${toFullName(person)}</label>
<dl id="of-${id}">
<dt>E-mail</dt><dd>${toEmail(person)}</dd>
<dt>May</dt><dd>${may.join(', ')}</dd>
<dt>Sites</dt><dd>${toSites(person, sites)}</dd>
</dl>
</div>
`;
}

function toSites({ siteIds }: Person, sites: readonly Row[]): string {
  if (siteIds === 'all') return `all ${sites.length}`;
  const own = sites.filter((site) => siteIds.has(Number(site['id'])));
  return own.map((site) => String(site['name'] || site['code'])).join(', ') || 'none';
}

/** Shown instead of a redirect, where there is nobody to redirect to. */
export function toRefusalPage(message: string): Response {
  const title = 'This request cannot be answered';
  const content = markup`<h1>${title}</h1>
<p>${message}</p>
<p class="soft">Go back to the application and begin again there.</p>`;
  return toPage({ status: 400, title, content });
}
