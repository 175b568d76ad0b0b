/**
 * Which visitors count, as bits, by what the site knows of them: the custom datum of index 1. Loyal are those who come
 * back on another day. A visitor is one or the other for good, so the rows of the two add up to all, people and visits.
 */
export const NEW_CUSTOMERS = 0b01;
export const LOYAL = 0b10;
export const EVERYBODY = 0b11;

/** The only custom datum visitors of this world carry. */
export const CUSTOM_DATUM_INDEX = 1;
export const CUSTOM_VALUES = ['NEW_CUSTOMER', 'LOYAL'] as const;

export const toPeople = (value: string): number => (value === 'LOYAL' ? LOYAL : NEW_CUSTOMERS);

/** What someone is, from the hours between the first visit and the last. */
export const toPeopleOf = (hours: number): number => (hours >= 24 ? LOYAL : NEW_CUSTOMERS);
