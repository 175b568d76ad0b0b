import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAddress } from '@/lib/server/kameleoon/address';
import { by, encodeFilter, encodeSort, where } from '@/lib/server/kameleoon/filters';
import { OPERATORS } from '@/lib/server/kameleoon/query';

const field = fc.constantFrom('name', 'siteCode', 'status', 'deviations.origin', 'ü & =');
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
  fc.boolean(),
);
const ordered = fc.oneof(fc.string(), fc.integer());
const some = fc.array(value, { minLength: 1, maxLength: 5 });

/** One condition by each of the builder's words. */
const filter = field.chain((name) => {
  const on = where(name);
  return fc.oneof(
    some.map(([first = 0, ...more]) => on.equal(first, ...more)),
    value.map(on.notEqual),
    ordered.map(on.less),
    ordered.map(on.greater),
    ordered.map(on.lessOrEqual),
    ordered.map(on.greaterOrEqual),
    fc.string().map(on.like),
    fc.string().map(on.notLike),
    fc.tuple(ordered, ordered).map(([from, to]) => on.between(from, to)),
    some.map(on.in),
    some.map(on.notIn),
    value.map(on.not),
    fc.constant(on.isNull()),
    fc.constant(on.isNotNull()),
    fc.constant(on.isTrue()),
    fc.constant(on.isFalse()),
    fc.constant(on.isEmpty()),
    fc.constant(on.isNotEmpty()),
    value.map(on.contains),
  );
});

describe('filters', () => {
  it('come out of an address as they went in, however it is decoded', () => {
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 6 }), (filters) => {
        const address = toAddress('/goals', { filter: encodeFilter(filters), page: '1' });
        const asForm = new URL(address, 'https://api.test').searchParams.get('filter');
        const [raw = ''] = /(?<=filter=)[^&]*/.exec(address) ?? [];
        expect(JSON.parse(asForm ?? '')).toEqual(filters);
        expect(JSON.parse(decodeURIComponent(raw))).toEqual(filters);
      }),
    );
  });

  it('have a word for each of the 19 operators', () => {
    const on = where('x');
    const built = [
      on.equal(1),
      on.notEqual(1),
      on.less(1),
      on.greater(1),
      on.lessOrEqual(1),
      on.greaterOrEqual(1),
      on.like('1'),
      on.notLike('1'),
      on.between(1, 2),
      on.in([1]),
      on.notIn([1]),
      on.not(1),
      on.isNull(),
      on.isNotNull(),
      on.isTrue(),
      on.isFalse(),
      on.isEmpty(),
      on.isNotEmpty(),
      on.contains(1),
    ];
    expect(built.map(({ operator }) => operator)).toEqual(OPERATORS);
    expect(Object.keys(on)).toHaveLength(19);
  });

  it('send ids as numbers, and digits in other fields as they are', () => {
    expect(where('id').in(['1', '2']).parameters).toEqual([1, 2]);
    expect(where('siteId').equal('10001').parameters).toEqual([10001]);
    expect(where('name').equal('10001').parameters).toEqual(['10001']);
    expect(() => where('id').equal('9007199254740993')).toThrow(/too large/);
  });

  it('refuse what cannot be sent', () => {
    expect(() => where('x').in([])).toThrow(/at least one/);
    expect(() => where('x').less(Number.NaN)).toThrow(/finite/);
    expect(() => where(' ').isNull()).toThrow(/field/);
  });

  it('are sorted as asked', () => {
    expect(JSON.parse(encodeSort([by('name', 'DESC'), by('id')]))).toEqual([
      { field: 'name', direction: 'DESC' },
      { field: 'id', direction: 'ASC' },
    ]);
  });
});
