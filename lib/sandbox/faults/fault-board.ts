import type { Clock } from '@/lib/sandbox/clock';
import { mix, toUnit } from '@/lib/sandbox/world/random';
import { isAimedAt, type About } from './about';
import type { Fault, Kind, Settings } from './fault';
import { parseFaults } from './parse-faults';

/** What `GET /__sandbox/faults` answers. */
export interface FaultReport {
  readonly nowMs: number;
  /** Of the chances; the same seed and the same requests give the same strikes. */
  readonly seed: number;
  readonly faults: readonly FaultState[];
}

/** A fault, its own settings among its fields. Times are epoch ms; `untilMs` null: until taken off. */
export interface FaultState extends Omit<Fault, 'settings' | 'untilMs'> {
  readonly untilMs: number | null;
  readonly state: 'waiting' | 'active' | 'over';
  /** How many requests it struck. */
  readonly struck: number;
}

/** A fault that strikes: its settings, and a number of its own for further chances. */
export interface Strike<K extends Kind> {
  readonly settings: Settings<K>;
  readonly fromMs: number;
  /** Reproducible; differs from strike to strike. */
  readonly seed: number;
}

/** All faults that are set, and their chances. */
export interface FaultBoard {
  /** Replaces all. Throws FaultRefused. */
  set(specs: unknown, seed?: number): void;
  /** Adds to those that are set. */
  add(specs: unknown): void;
  clear(): void;
  /**
   * The faults of a kind that strike this request, each by its own chance; counted. `isFit` leaves
   * out, before any chance, those whose settings do not fit the case.
   */
  strikes<K extends Kind>(kind: K, about: About, isFit?: Fits<K>): readonly Strike<K>[];
  /** The first of them. */
  strike<K extends Kind>(kind: K, about: About, isFit?: Fits<K>): Strike<K> | undefined;
  /** Those of a kind that are in force for the server as such. */
  inForce<K extends Kind>(kind: K): readonly Fault<K>[];
  report(): FaultReport;
}

type Fits<K extends Kind> = (settings: Settings<K>) => boolean;

interface Slot {
  readonly fault: Fault;
  readonly seed: number;
  asked: number;
  struck: number;
}

export function createFaultBoard(clock: Clock, firstSeed: number): FaultBoard {
  let seed = firstSeed;
  let slots: Slot[] = [];
  let placed = 0;

  function place(faults: readonly Fault[]): Slot[] {
    return faults.map((fault) => {
      placed += 1;
      return { fault, seed: mix(seed, placed), asked: 0, struck: 0 };
    });
  }

  function stateOf({ fromMs, untilMs }: Fault, nowMs: number): FaultState['state'] {
    return nowMs < fromMs ? 'waiting' : nowMs < untilMs ? 'active' : 'over';
  }

  function slotsOf(kind: Kind): Slot[] {
    if (slots.length === 0) return slots;
    const nowMs = clock();
    return slots.filter(({ fault }) => fault.kind === kind && stateOf(fault, nowMs) === 'active');
  }

  function strikes<K extends Kind>(kind: K, about: About, isFit?: Fits<K>): Strike<K>[] {
    const struck: Strike<K>[] = [];
    for (const slot of slotsOf(kind)) {
      const { settings, fromMs } = slot.fault as Fault<K>;
      if (!isAimedAt(slot.fault, about) || isFit?.(settings) === false) continue;
      slot.asked += 1;
      const chance = mix(slot.seed, slot.asked);
      if (toUnit(chance) >= slot.fault.probability) continue;
      slot.struck += 1;
      struck.push({ settings, fromMs, seed: mix(chance, 1) });
    }
    return struck;
  }

  return {
    set: (specs, newSeed = firstSeed) => {
      const faults = parseFaults(specs, clock());
      [seed, placed] = [newSeed, 0];
      slots = place(faults);
    },
    add: (specs) => {
      slots = [...slots, ...place(parseFaults(specs, clock()))];
    },
    clear: () => {
      slots = [];
    },
    strikes,
    strike: (kind, about, isFit) => strikes(kind, about, isFit)[0],
    inForce: <K extends Kind>(kind: K) => slotsOf(kind).map(({ fault }) => fault as Fault<K>),
    report: () => {
      const nowMs = clock();
      const faults = slots.map(({ fault: { settings, untilMs, ...fault }, struck }) => ({
        ...fault,
        ...settings,
        untilMs: Number.isFinite(untilMs) ? untilMs : null,
        state: stateOf({ ...fault, settings, untilMs }, nowMs),
        struck,
      }));
      return { nowMs, seed, faults };
    },
  };
}
