import fc from 'fast-check';

/** JSON texts no honest client sends, some of them no JSON at all. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '0',
    'NaN',
    '{"a":1}}',
    '\uFEFF{}',
    '{"__proto__":{"id":1},"constructor":{"prototype":{"name":1}}}',
    '{"name":"\\u0000","siteId":20101}',
    '{"name":"\\ud800","siteId":1e999}',
    '['.repeat(50_000),
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `{"filter":${'{"conditionalOperator":"OR","expressions":['.repeat(190)}{}${']}'.repeat(190)}}`,
    `{"name":"${'x'.repeat(20_000)}"}`,
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.json({ maxDepth: 4 }),
);

/** A value where another was expected. Some have no text, some no number, some are far too large or too deep. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e308,
    2 ** 63,
    -0,
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    '\u0000',
    '\ud800',
    '__proto__',
    'constructor',
    '%',
    '%%%%%%%%a',
    '2026-05-21T13:00:16',
    '9999999-01-01T00:00:00Z',
    '0000-00-00T99:99:99',
    [],
    {},
    [[]],
    [null],
    [{}],
    { toString: 1, valueOf: 1 },
    { toString: null },
    [{ toString: 1 }],
    { length: -1 },
    { 0: 'a', length: 1e9 },
    toDeep(300),
  ),
  fc.constantFrom(20101, 20102, 20103, 188401, 188601, 901001, 312001, '312021', 401001, 501003),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(fc.constantFrom('origin', '901001', '__proto__', 'id', 'type'), fc.jsonValue(), {
    maxKeys: 4,
  }),
  fc.constant(JSON.parse('{"__proto__":{"isAdmin":true},"name":"x"}') as unknown),
);

function toDeep(levels: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
}

/** What may stand where a path has an id, a code or a key. */
export const hostileSegment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['0', '1', '-1', '188401', '188601', '901001', '312001', '401001', '501003', '601001'],
    ...['451001', 's5h0p2d9re', 'product-page', 'production', 'search', 'byCode', 'results'],
    ...['__proto__', 'constructor', 'toString', '%00', '%zz', '%', '%E0%A4%A', '%2F', '%2e%2e'],
    ...['..', '.', '*', ':id', '9'.repeat(400), 'NaN', '1e3', '+1', '188401.0', '\ud800', '70001'],
  ),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.replace(/[/?#\\]/g, '')),
);
