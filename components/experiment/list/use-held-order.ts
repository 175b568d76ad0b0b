'use client';

import { useState } from 'react';
import { countMoves, holdOrder, type Place } from '@/components/experiment/list/group-rows';

export interface HeldOrder {
  readonly order: readonly Place[];
  /** Rows that the fresh order would move. */
  readonly moves: number;
  readonly adopt: () => void;
}

/** Holds the order while somebody reads, and offers the fresh one. Of another list (`about`) nothing is held. */
export function useHeldOrder(fresh: readonly Place[], about: string): HeldOrder {
  const [held, setHeld] = useState(fresh);
  const [heldAbout, setHeldAbout] = useState(about);
  const order = about === heldAbout ? holdOrder(held, fresh) : fresh;
  if (about !== heldAbout) setHeldAbout(about);
  // Rows that joined are held from now on; compared by content, since every look makes a new array.
  if (signature(order) !== signature(held)) setHeld(order);
  return { order, moves: countMoves(order, fresh), adopt: () => setHeld(fresh) };
}

const signature = (order: readonly Place[]): string =>
  order.map((place) => `${place.group} ${place.key}`).join(',');
