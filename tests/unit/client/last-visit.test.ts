import { describe, expect, it } from 'vitest';
import { keepVisit, visitBefore } from '@/lib/client/last-visit';
import type { Visit } from '@/lib/core/words/since-visit';

const aVisit = (atMs: number): Visit => ({
  atMs,
  state: 'inconclusive',
  status: 'active',
  isHealthy: true,
  called: [],
  call: 'none',
  lifts: {},
});

const aStorage = (text: string | null = null) => {
  let kept = text;
  return () => ({
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  });
};
const HOUR_MS = 3_600_000;

describe('the last visit', () => {
  it('is remembered for each page', () => {
    const storage = aStorage();
    expect(visitBefore(storage, '1', 0)).toBeNull();
    keepVisit(storage, '1', null, aVisit(1));
    expect(visitBefore(storage, '1', HOUR_MS)).toEqual(aVisit(1));
    expect(visitBefore(storage, '2', HOUR_MS)).toBeNull();
  });

  it('is not the visit that goes on: a reload still compares with the one before', () => {
    const storage = aStorage();
    keepVisit(storage, '1', aVisit(1), aVisit(HOUR_MS));
    expect(visitBefore(storage, '1', HOUR_MS + 60_000)).toEqual(aVisit(1));
  });

  it('says nothing where storage is blocked, full or spoilt', () => {
    const blocked = () => {
      throw new Error('SecurityError');
    };
    expect(visitBefore(blocked, '1', 1)).toBeNull();
    expect(() => keepVisit(blocked, '1', null, aVisit(1))).not.toThrow();
    for (const text of ['', '{', '[]', '7', '{"1":{"last":{}}}', '{"1":null}'])
      expect(visitBefore(aStorage(text), '1', HOUR_MS)).toBeNull();
  });

  it('forgets the pages seen longest ago', () => {
    const storage = aStorage();
    for (let page = 1; page <= 70; page += 1) keepVisit(storage, String(page), null, aVisit(page));
    expect(visitBefore(storage, '1', HOUR_MS)).toBeNull();
    expect(visitBefore(storage, '70', HOUR_MS)).toEqual(aVisit(70));
  });
});
