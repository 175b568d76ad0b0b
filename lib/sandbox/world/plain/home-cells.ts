import { CELLS, COUNTRIES, type Country } from '@/lib/sandbox/world/segments';

/** The cells of one country: their places among all cells, and their shares, which sum to 1. */
export interface HomeCells {
  readonly places: readonly number[];
  readonly shares: readonly number[];
}

const HOMES = new Map<Country, HomeCells>(
  COUNTRIES.map((country) => {
    const places = [...CELLS.keys()].filter((cell) => CELLS[cell]!.country === country);
    const sum = places.reduce((all, cell) => all + CELLS[cell]!.share, 0);
    return [country, { places, shares: places.map((cell) => CELLS[cell]!.share / sum) }];
  }),
);

export function toHomeCells(country: Country): HomeCells {
  return HOMES.get(country)!;
}
