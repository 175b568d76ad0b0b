'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import {
  filterSearch,
  parseFilter,
  type ListFilter,
} from '@/components/experiment/list/filter-rows';

/** The filter in the address. Choices make a step back; typing replaces the last one, else every letter would be a step. */
export function useListFilter(): readonly [ListFilter, (change: Partial<ListFilter>) => void] {
  const path = usePathname();
  const filter = parseFilter(new URLSearchParams(useSearchParams()));
  const change = (next: Partial<ListFilter>): void => {
    const address = `${path}${filterSearch({ ...filter, ...next })}`;
    if ('text' in next && !('project' in next)) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
  };
  return [filter, change];
}
