'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import {
  filterSearch,
  parseFilter,
  type ListFilter,
} from '@/components/experiment/list/filter-rows';

/** Texts that were put into the address and have not been seen in it yet. */
export interface Typed {
  readonly seen: string;
  readonly onTheWay: readonly string[];
}

/** What was put there before `text` arrives no more. */
export const arrived = ({ onTheWay }: Typed, text: string): Typed => ({
  seen: text,
  onTheWay: onTheWay.slice(onTheWay.lastIndexOf(text) + 1),
});

/**
 * The filter in the address. Choices make a step back; typing replaces the last one, else every letter would be a step.
 * What is typed is kept here as well: the address follows a moment later, and fast letters must not be lost to it.
 */
export function useListFilter(): readonly [ListFilter, (change: Partial<ListFilter>) => void] {
  const path = usePathname();
  const inAddress = parseFilter(new URLSearchParams(useSearchParams()));
  const [text, setText] = useState(inAddress.text);
  const [typed, setTyped] = useState<Typed>({ seen: inAddress.text, onTheWay: [] });
  if (typed.seen !== inAddress.text) {
    // An address nobody typed here (a link to the whole list, say) wins over what stands in the field.
    if (!typed.onTheWay.includes(inAddress.text)) setText(inAddress.text);
    setTyped(arrived(typed, inAddress.text));
  }
  useEffect(() => {
    const onBack = (): void => setText(parseFilter(new URLSearchParams(location.search)).text);
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);

  const filter = { ...inAddress, text };
  const change = (next: Partial<ListFilter>): void => {
    const { text: put } = next;
    if (put !== undefined) {
      setText(put);
      setTyped((before) => ({ ...before, onTheWay: [...before.onTheWay, put] }));
    }
    const address = `${path}${filterSearch({ ...filter, ...next })}`;
    if ('text' in next && !('project' in next)) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
  };
  return [filter, change];
}
