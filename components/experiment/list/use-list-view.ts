'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import {
  parseView,
  toAsked,
  viewSearch,
  withFilter,
} from '@/components/experiment/list/list-address';
import { useSettled } from '@/components/experiment/list/use-settled';
import { MAX_SEARCH, type ListFilter, type ListView } from '@/lib/core/live/list-ask';

/** Fast typing is one question, not one a letter. */
const SETTLE_MS = 200;

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

export interface ListViewState {
  /** As the fields show it, to the last letter. */
  readonly filter: ListFilter;
  /** What to ask the server for. */
  readonly asked: ListView;
  readonly setFilter: (change: Partial<ListFilter>) => void;
  readonly showMore: (more: Partial<Pick<ListView, 'rows' | 'rest'>>) => void;
}

/**
 * The view in the address. Choices make a step back; typing replaces the last one, else every letter would be a step.
 * What is typed is kept here as well: the address follows a moment later, and fast letters must not be lost to it.
 */
export function useListView(): ListViewState {
  const inAddress = parseView(new URLSearchParams(useSearchParams()));
  const { search } = inAddress.filter;
  const [text, setText] = useState(search);
  const [typed, setTyped] = useState<Typed>({ seen: search, onTheWay: [] });
  if (typed.seen !== search) {
    // An address nobody typed here (a link to the whole list, say) wins over what stands in the field.
    if (!typed.onTheWay.includes(search)) setText(search);
    setTyped(arrived(typed, search));
  }
  useEffect(() => {
    const onBack = (): void =>
      setText(parseView(new URLSearchParams(location.search)).filter.search);
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);
  const view = { ...inAddress, filter: { ...inAddress.filter, search: text } };
  // While somebody types, what was asked stays asked; a choice counts at once.
  const isSettled = useSettled(text, SETTLE_MS) === text;
  const [asked, setAsked] = useState(() => toAsked(view));
  if (isSettled && viewSearch(toAsked(view)) !== viewSearch(asked)) setAsked(toAsked(view));

  return {
    filter: view.filter,
    asked,
    setFilter(change) {
      const { search: put } = change;
      if (put !== undefined) {
        setText(put);
        const sent = put.slice(0, MAX_SEARCH);
        setTyped((before) => ({ ...before, onTheWay: [...before.onTheWay, sent] }));
      }
      const address = toAddress(withFilter(view, change));
      if (put !== undefined && !('project' in change)) history.replaceState(null, '', address);
      else history.pushState(null, '', address);
    },
    showMore: (more) => history.replaceState(null, '', toAddress({ ...view, ...more })),
  };
}

/** The bar's own path: it knows under which sub-path the page is served. */
const toAddress = (view: ListView): string => `${location.pathname}${viewSearch(view)}`;
