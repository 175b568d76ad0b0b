import { KINDS, type Fault, type Kind, type Settings } from './fault';
import { amount, oneOf, REQUEST_CLASSES, whole, type Field, type KindRow } from './kinds/field';

/** A fault that cannot be; the message names the field. */
export class FaultRefused extends Error {
  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(`'${field}': ${reason}`);
    this.name = 'FaultRefused';
  }
}

const MOST_MS = 31 * 86_400_000;

const PATH: Field<string> = {
  otherwise: '*',
  faultOf: (value) =>
    typeof value === 'string' && /^[*/][\w*/{}.-]{0,200}$/.test(value)
      ? undefined
      : 'must be a path such as /experiments/{id}/results, * for anything',
};

/** Fields every fault has. */
const AIM: Readonly<Record<string, Field<unknown>>> = {
  on: oneOf('all', ...REQUEST_CLASSES),
  path: PATH,
  experimentId: whole(0, 1, Number.MAX_SAFE_INTEGER),
  probability: amount(1, 0, 1),
  fromMs: amount(0, 0, MOST_MS),
  untilMs: amount(0, 0, MOST_MS),
  durationMs: amount(0, 0, MOST_MS),
};
/** Aims that make no sense for a fault of the server as such. */
const CHOOSING = ['on', 'path', 'experimentId', 'probability'];

/** Checks faults as they came, from JSON or from a test. Spans count from `nowMs`. */
export function parseFaults(value: unknown, nowMs: number): Fault[] {
  if (!Array.isArray(value)) throw new FaultRefused('faults', 'must be an array');
  return value.map((item: unknown, i) => parseFault(item, `faults[${i}]`, nowMs));
}

function parseFault(value: unknown, path: string, nowMs: number): Fault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FaultRefused(path, 'must be an object');
  }
  const spec = value as Readonly<Record<string, unknown>>;
  const { kind } = spec;
  if (typeof kind !== 'string' || !isKind(kind)) {
    throw new FaultRefused(`${path}.kind`, `must be one of ${Object.keys(KINDS).join(', ')}`);
  }
  const row: KindRow<Readonly<Record<string, Field<unknown>>>> = KINDS[kind];
  for (const [name, given] of Object.entries(spec)) {
    if (name === 'kind' || given === undefined) continue;
    const field = row.fields[name] ?? AIM[name];
    if (field === undefined) throw new FaultRefused(`${path}.${name}`, `${kind} has no such field`);
    const reason = field.faultOf(given) ?? faultOfAim(row, name, given);
    if (reason !== undefined) throw new FaultRefused(`${path}.${name}`, reason);
  }
  const settings = Object.fromEntries(
    Object.entries(row.fields).map(([name, field]) => [name, spec[name] ?? field.otherwise]),
  );
  const { on = row.on, probability = 1, path: where, experimentId } = spec;
  return {
    kind,
    on: on as Fault['on'],
    probability: probability as number,
    ...(where === undefined ? {} : { path: where as string }),
    ...(experimentId === undefined ? {} : { experimentId: experimentId as number }),
    ...toSpan(spec, path, nowMs),
    // Every field was checked by the table this type is made of.
    settings: settings as Settings<Kind>,
  };
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(KINDS, kind);
}

function faultOfAim(row: KindRow<unknown>, name: string, given: unknown): string | undefined {
  if (row.aim === 'whole' && CHOOSING.includes(name)) return 'this kind strikes the whole server';
  const isElsewhere = row.aim === 'placed' && name === 'on' && given !== row.on;
  return isElsewhere ? `this kind strikes only '${row.on}'` : undefined;
}

function toSpan(
  { fromMs = 0, untilMs, durationMs }: Readonly<Record<string, unknown>>,
  path: string,
  nowMs: number,
): Pick<Fault, 'fromMs' | 'untilMs'> {
  if (untilMs !== undefined && durationMs !== undefined) {
    throw new FaultRefused(`${path}.durationMs`, 'stands instead of untilMs, not beside it');
  }
  if (untilMs !== undefined && Number(untilMs) <= Number(fromMs)) {
    throw new FaultRefused(`${path}.untilMs`, 'must be after fromMs');
  }
  const endMs =
    durationMs === undefined ? Number(untilMs ?? Infinity) : Number(fromMs) + Number(durationMs);
  return { fromMs: nowMs + Number(fromMs), untilMs: nowMs + endMs };
}
