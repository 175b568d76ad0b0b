import 'server-only';
import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';

/** Values of one label and their figures. The label's values come from closed lists of ours, so that no list grows. */
export type ByLabel = Iterable<readonly [string, number]>;

/** Where figures are told, in the text form of Prometheus; names get the prefix `verdict_`. */
export interface Figurehead {
  /** Something that is so now; asked when it is read. */
  gauge(name: string, help: string, read: () => number): void;
  gaugeBy(label: string, name: string, help: string, read: () => ByLabel): void;
  /** Something that is counted elsewhere since the process started; asked when it is read. */
  counter(name: string, help: string, read: () => number): void;
  counterBy(label: string, name: string, help: string, read: () => ByLabel): void;
  /** Something that happens, counted here. */
  tally<Label extends string>(
    name: string,
    help: string,
    labels: readonly Label[],
  ): (labels: Readonly<Record<Label, string>>) => void;
  /** Something that took time, measured here; `ms` is told in seconds. */
  timer<Label extends string>(
    name: string,
    help: string,
    labels: readonly Label[],
    bucketsS: readonly number[],
  ): (labels: Readonly<Record<Label, string>>, ms: number) => void;
}

export function createFigurehead(registry: Registry): Figurehead {
  const named = (name: string, help: string) => ({
    name: `verdict_${name}`,
    help,
    registers: [registry],
  });
  return {
    gauge(name, help, read) {
      new Gauge({
        ...named(name, help),
        collect() {
          this.set(read());
        },
      });
    },
    gaugeBy(label, name, help, read) {
      new Gauge({
        ...named(name, help),
        labelNames: [label],
        collect() {
          this.reset();
          for (const [value, figure] of read()) this.set({ [label]: value }, figure);
        },
      });
    },
    counter(name, help, read) {
      new Counter({
        ...named(name, help),
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    },
    counterBy(label, name, help, read) {
      new Counter({
        ...named(name, help),
        labelNames: [label],
        collect() {
          this.reset();
          for (const [value, figure] of read()) this.inc({ [label]: value }, figure);
        },
      });
    },
    tally(name, help, labels) {
      const counter = new Counter({ ...named(name, help), labelNames: [...labels] });
      return (of) => counter.inc(of);
    },
    timer(name, help, labels, bucketsS) {
      const histogram = new Histogram({
        ...named(name, help),
        labelNames: [...labels],
        buckets: [...bucketsS],
      });
      return (of, ms) => histogram.observe(of, ms / 1000);
    },
  };
}
