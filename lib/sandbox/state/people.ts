import { INSURANCE, SHOP } from '@/lib/sandbox/world/catalogue/sites';
import { isAdmin, RIGHTS, type Principal, type Right } from './principal';
import type { Row } from './row';

/** A row of `/accounts` and what it may do: it consents to a partner application, or a client asks in its name. */
export interface Person {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly siteIds: Principal['siteIds'];
  readonly rights: ReadonlySet<Right>;
}

const ALL: ReadonlySet<Right> = new Set(RIGHTS);
const READ: ReadonlySet<Right> = new Set<Right>(['read']);

/** The administrator comes first: the seeds are of its making (SEED_ACCOUNT_ID). */
export const PEOPLE: readonly Person[] = [
  { id: 70001, firstName: 'Camille', lastName: 'Laurent', siteIds: 'all', rights: ALL },
  { id: 70002, firstName: 'Noé', lastName: 'Lambert', siteIds: new Set([INSURANCE]), rights: ALL },
  // A name that would be markup, were it not escaped.
  {
    id: 70003,
    firstName: 'Ines',
    lastName: "D'Amico <shop & stock>",
    siteIds: new Set([SHOP]),
    rights: READ,
  },
  { id: 70004, firstName: '明', lastName: '渡辺', siteIds: new Set([SHOP]), rights: ALL },
  { id: 70005, firstName: 'Robin', lastName: 'Okafor', siteIds: 'all', rights: READ },
];

export const findPerson = (id: number): Person | undefined =>
  PEOPLE.find((person) => person.id === id);

export const toFullName = ({ firstName, lastName }: Person): string => `${firstName} ${lastName}`;

export const toEmail = ({ id }: Person): string => `${id}@company.example`;

/** As `GET /accounts` shows it. No source gives its fields: these few are ours. */
export function toAccountRow(person: Person): Row {
  const { id, firstName, lastName } = person;
  const name = toFullName(person);
  return { id, name, firstName, lastName, email: toEmail(person), isAdmin: isAdmin(person) };
}

/** What a token of this person stands for. */
export function toPrincipal({ id, siteIds, rights }: Person, credential: string): Principal {
  return { credential, accountId: id, siteIds, rights };
}
