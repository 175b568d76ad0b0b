type Plain = Readonly<Record<string, unknown>>;

/** What the API would hold after the calls of a dry run, as far as the next call needs it. */
export interface Imitation {
  /** An object that a rehearsed call made or changed; null: ask the API. */
  find(path: string): Plain | null;
  /** Keeps what was read, so that a change of it can be answered whole. */
  learn(path: string, answer: Response): Promise<void>;
  change(method: string, url: URL, body: unknown): Plain;
  readonly madeUp: ReadonlyMap<number, string>;
}

/** Far above every id that was seen, and still a number that JSON keeps. */
const FIRST_ID = 9_007_199_254_000_001;
const STATUS: Readonly<Record<string, string>> = {
  ACTIVATE: 'active',
  RESUME: 'active',
  PAUSE: 'paused',
  STOP: 'stopped',
  DEACTIVATE: 'deactivated',
};

const OBJECT = /\/(experiments|variations|goals|segments|sites)\/(\d+)$/;
const LIST = /\/(experiments|variations|goals|segments)$/;

export function createImitation(): Imitation {
  const read = new Map<string, Plain>();
  const changed = new Map<string, Plain>();
  const madeUp = new Map<number, string>();

  const invent = (kind: string): number => {
    const id = FIRST_ID + madeUp.size;
    const sameKind = [...madeUp.values()].filter((label) => label.startsWith(`new ${kind}`)).length;
    madeUp.set(id, sameKind === 0 ? `new ${kind}` : `new ${kind} ${sameKind + 1}`);
    return id;
  };
  const keyOf = (path: string): string | null => OBJECT.exec(path)?.[0] ?? null;

  const create = (kind: string, body: Plain): Plain => {
    const id = invent(kind.slice(0, -1));
    const made: Plain =
      kind === 'experiments' ? { status: 'draft', ...withVariation(invent('variation')) } : {};
    const object = { ...made, ...body, id };
    changed.set(`/${kind}/${id}`, object);
    for (const variation of (made['variations'] as number[] | undefined) ?? [])
      changed.set(`/variations/${variation}`, {
        id: variation,
        name: 'Variation 1',
        siteId: body['siteId'],
        experimentId: id,
      });
    return object;
  };

  return {
    madeUp,
    find: (path) => changed.get(keyOf(path) ?? '') ?? null,
    async learn(path, answer) {
      const key = keyOf(path);
      if (key === null) return;
      const body: unknown = await answer.json().catch(() => null);
      if (isPlain(body)) read.set(key, body);
    },
    change(method, url, given) {
      const body = isPlain(given) ? given : {};
      const kind = LIST.exec(url.pathname)?.[1];
      if (method === 'POST' && kind !== undefined) return create(kind, body);
      const key = keyOf(url.pathname);
      if (key === null) return body;
      const status = STATUS[url.searchParams.get('action') ?? ''];
      const before = changed.get(key) ?? read.get(key) ?? { id: Number(key.split('/').pop()) };
      const after = { ...before, ...body, ...(status !== undefined && { status }) };
      changed.set(key, after);
      return after;
    },
  };
}

/** An experiment is born with one variation and half of the visitors for it. */
const withVariation = (id: number): Plain => ({
  variations: [id],
  deviations: { origin: 0.5, [id]: 0.5 },
});

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
