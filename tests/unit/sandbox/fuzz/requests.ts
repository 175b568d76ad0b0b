import fc from 'fast-check';
import { hostileSegment, hostileText, hostileValue } from './hostile';
import { SOUND } from './sound';

/** One request; ids of what was made on the way are filled in when it is sent. */
export interface FuzzRequest {
  readonly method: string;
  /** With its query. `{id}` stands for what was made `made` objects ago. */
  readonly path: string;
  readonly made: number;
  readonly body: string | undefined;
  readonly contentType: string | undefined;
  /** Which of the tokens, or none, or something that is none. */
  readonly token: number;
}

const KINDS =
  'sites experiments variations goals segments feature-flags personalizations targeting-rules custom-datas accounts'.split(
    ' ',
  );
const PATHS = [
  ...KINDS.flatMap((kind) => [`/${kind}`, `/${kind}/*`, `/${kind}/search`]),
  ...['/sites/byCode/*', '/sites/*/integration-tools', '/experiments/*/results', '/results'],
  ...['/experiments/*/results/share', '/experiments/simulate/*', '/experiments/restart/*'],
  ...['/segments/*/conditions/*', '/feature-flags/*/*', '/feature-flags/*/*/*'],
  ...['/feature-flags/*/results', '/oauth/token', '/oauth/authorize', '/oauth/revoke'],
  ...['/*', '/*/*', '//', '/v1', '/v1/v1/goals', '/'],
];

const CONTENT_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json;charset=UTF-8',
  'multipart/form-data',
  '',
  undefined,
];

type Json = Readonly<Record<string, unknown>>;

/** A sound body, or one with one of its values, at any depth, replaced. */
const spoil = (sound: Json): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(), hostileValue, fc.nat({ max: 4 }))
    .map(([at, value, chance]) => JSON.stringify(chance < 2 ? sound : replaceAt(sound, at, value)));

function replaceAt(value: unknown, at: number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  if (keys.length === 0 || at % 3 === 2) return by;
  const chosen = keys[at % keys.length]!;
  const inner = replaceAt((value as Json)[chosen], Math.floor(at / keys.length), by);
  if (!Array.isArray(value)) return { ...value, [chosen]: inner };
  return value.map((item: unknown, i) => (String(i) === chosen ? inner : item));
}

const names = [...new Set(SOUND.flatMap(([, , body]) => Object.keys(body)))];
const anyBody = fc.oneof(
  fc
    .dictionary(fc.constantFrom(...names), hostileValue, { maxKeys: 5 })
    .map((value) => JSON.stringify(value)),
  hostileText,
);

const FIELDS = [
  'id',
  'name',
  'siteId',
  'status',
  'goals',
  'dateStarted',
  'deviations',
  'x',
  '__proto__',
];
const condition = fc.record({
  field: fc.oneof(fc.constantFrom<unknown>(...FIELDS), hostileValue),
  operator: fc.oneof(
    fc.constantFrom<unknown>(
      ...'EQUAL IN NOT LESS BETWEEN LIKE CONTAINS IS_NULL IS_EMPTY'.split(' '),
    ),
    hostileValue,
  ),
  parameters: fc.oneof(fc.array(hostileValue, { maxLength: 3 }), hostileValue),
});
const sorting = fc.record({
  field: fc.oneof(fc.constantFrom<unknown>(...FIELDS), hostileValue),
  direction: fc.oneof(fc.constantFrom<unknown>('ASC', 'desc'), hostileValue),
});
const asJson = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    arbitrary.map((value) => JSON.stringify(value)),
    hostileText,
  );
const parameter = fc.oneof(
  fc.tuple(fc.constant('filter'), asJson(fc.array(condition, { maxLength: 2 }))),
  fc.tuple(fc.constant('sort'), asJson(fc.array(sorting, { maxLength: 2 }))),
  fc.tuple(
    fc.constantFrom('page', 'perPage'),
    fc.constantFrom('1', '-1', '2', '0', '1e9', '99999999999', 'x', ''),
  ),
  fc.tuple(
    fc.constant('action'),
    fc.constantFrom('ACTIVATE', 'PAUSE', 'resume', 'STOP', 'SCHEDULE', 'DEACTIVATE', '__proto__'),
  ),
  fc.tuple(
    fc.constantFrom('optionalFields', 'experimentId', 'dataCode', 'version', 'state'),
    fc.oneof(fc.constantFrom('goals,tags', '188601', '__proto__'), fc.string()),
  ),
);
const query = fc.oneof(
  fc
    .array(parameter, { maxLength: 3 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${toEncoded(value)}`).join('&')),
  fc.constantFrom(
    '%',
    '%zz=1',
    'filter=%',
    'filter=%00&filter=%5B%5D',
    '&&&=',
    'page[]=1',
    'sort=%E0%A4%A',
  ),
);

export const toWellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '?');

/** As a client encodes; half a letter has no encoding. */
const toEncoded = (text: string): string => encodeURIComponent(toWellFormed(text));

const path = fc
  .tuple(
    fc.constantFrom(...PATHS),
    fc.infiniteStream(fc.oneof(hostileSegment, fc.constant('{id}'))),
    fc.boolean(),
  )
  .map(([pattern, segments, isVersioned]) => {
    const filled = pattern.replaceAll('*', () => String(segments.next().value ?? '0'));
    return isVersioned ? `/v1${filled}` : filled;
  });

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'];
const contentType = fc.oneof(
  { weight: 20, arbitrary: fc.constant('application/json') },
  { weight: 1, arbitrary: fc.constantFrom(...CONTENT_TYPES) },
);
const made = fc.nat({ max: 40 });
const token = fc.nat({ max: 14 });

/** Nothing about it need fit anything else. */
const wild: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc.tuple(path, query).map(([where, what]) => `${where}?${what}`),
  made,
  body: fc.option(anyBody, { nil: undefined, freq: 12 }),
  contentType,
  token,
});

/** Something that would do, but for one thing. */
const aimed: fc.Arbitrary<FuzzRequest> = fc.constantFrom(...SOUND).chain(([method, paths, body]) =>
  fc.record({
    method: fc.constant(method),
    path: fc.constantFrom(...paths),
    made,
    body: fc.oneof({ weight: 12, arbitrary: spoil(body) }, { weight: 1, arbitrary: anyBody }),
    contentType,
    token,
  }),
);

const removal: fc.Arbitrary<FuzzRequest> = fc.record({
  method: fc.constant('DELETE'),
  path: fc.constantFrom(...KINDS).map((kind) => `/${kind}/{id}`),
  made,
  body: fc.constant(undefined),
  contentType,
  token,
});

export const requestArbitrary = fc.oneof(
  { weight: 10, arbitrary: wild },
  { weight: 10, arbitrary: aimed },
  { weight: 1, arbitrary: removal },
);
