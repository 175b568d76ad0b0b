import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import { BANK, INSURANCE, SHOP } from '@/lib/sandbox/world/catalogue/sites';
import type { World } from '@/lib/sandbox/world/world';
import type { Row } from './row';

/** What a breakdown by custom datum 1 knows of people. */
export const CUSTOMER_TYPES = ['NEW_CUSTOMER', 'LOYAL'] as const;

const FIRST_ID = 601_001;
const AGE_MS = 250 * 86_400_000;

/** One custom datum for each story site: index 1, the customer type. */
export function toCustomDataRows(world: World, createdBy: number): readonly Row[] {
  const date = toZonelessSecond(world.epochMs - AGE_MS);
  return [INSURANCE, BANK, SHOP].map((siteId, i) => ({
    id: FIRST_ID + i,
    siteId,
    index: 1,
    name: 'Customer type',
    description: '',
    values: [...CUSTOMER_TYPES],
    createdBy,
    dateCreated: date,
    dateModified: date,
  }));
}
