/** Sums by name; chunks of one scenario add up to the scenario in any order. */
export type Tally = Record<string, number>;

export const add = (tally: Tally, name: string, amount = 1): void => {
  tally[name] = (tally[name] ?? 0) + amount;
};

export function merge(into: Tally, from: Tally): void {
  for (const [name, amount] of Object.entries(from)) add(into, name, amount);
}

/** Rounded to what 10,000 experiments can tell, so that the file is short. */
export const share = (part: number, whole: number): number =>
  whole > 0 ? Math.round((part / whole) * 1e5) / 1e5 : 0;
