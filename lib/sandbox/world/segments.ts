/**
 * The segment cells: who the visitors are. A cell is one device, browser and country; new or
 * returning is not a cell but a property of a visit (the first is new, later ones return).
 */
export const DEVICES = ['DESKTOP', 'PHONE', 'TABLET'] as const;
export const BROWSERS = ['CHROME', 'EDGE', 'FIREFOX', 'SAFARI'] as const;
export const COUNTRIES = ['FR', 'BE', 'LU'] as const;

export type Device = (typeof DEVICES)[number];
export type Browser = (typeof BROWSERS)[number];
export type Country = (typeof COUNTRIES)[number];

export interface Cell {
  readonly device: Device;
  readonly browser: Browser;
  readonly country: Country;
  /** Share of all visitors, 0 to 1; the shares of all cells sum to 1. */
  readonly share: number;
  /** Added to the log-odds of converting: people on phones buy less. */
  readonly tilt: number;
}

const MACHINES: readonly (readonly [Device, Browser, number])[] = [
  ['PHONE', 'CHROME', 0.27],
  ['PHONE', 'SAFARI', 0.23],
  ['TABLET', 'SAFARI', 0.06],
  ['DESKTOP', 'CHROME', 0.25],
  ['DESKTOP', 'EDGE', 0.09],
  ['DESKTOP', 'FIREFOX', 0.06],
  ['DESKTOP', 'SAFARI', 0.04],
];

const COUNTRY_SHARES: Record<Country, number> = { FR: 0.78, BE: 0.16, LU: 0.06 };
const DEVICE_TILTS: Record<Device, number> = { DESKTOP: 0.14, PHONE: -0.12, TABLET: 0 };

/** Sixteen cells: a small country shows up on the two commonest machines only. */
export const CELLS: readonly Cell[] = createCells();

function createCells(): Cell[] {
  const cells: Cell[] = [];
  for (const country of COUNTRIES) {
    const machines = country === 'LU' ? MACHINES.filter(([, b]) => b === 'CHROME') : MACHINES;
    const total = machines.reduce((sum, [, , share]) => sum + share, 0);
    for (const [device, browser, share] of machines) {
      cells.push({
        device,
        browser,
        country,
        share: (COUNTRY_SHARES[country] * share) / total,
        tilt: DEVICE_TILTS[device],
      });
    }
  }
  return cells;
}

/** The conversion rate of one cell, from the overall rate (both 0 to 1). */
export function toCellRate(rate: number, cell: Cell): number {
  if (rate <= 0 || rate >= 1) return rate;
  return 1 / (1 + Math.exp(-(Math.log(rate / (1 - rate)) + cell.tilt)));
}
