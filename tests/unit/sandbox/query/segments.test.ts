import { describe, expect, it } from 'vitest';
import {
  FRANCE,
  NEW,
  PHONE,
  SHOP,
  URL,
  createSegmentCaller,
  dataOf,
  leavesOf,
  refusal,
  toConditions,
  type Row,
} from './segment-caller';

const { create, read, send, toBody } = await createSegmentCaller();

/** Whether a visitor for whom these types of conditions hold is in, by either form. */
const inGroups = (segment: Row, holds: ReadonlySet<unknown>): boolean => {
  const join = (values: readonly boolean[], orOperators: readonly boolean[]): boolean => {
    const runs = [[values[0]!]];
    for (const [i, value] of values.slice(1).entries()) {
      if (orOperators[i] === true) runs.push([value]);
      else runs.at(-1)!.push(value);
    }
    return runs.some((run) => run.every(Boolean));
  };
  const { firstLevel, firstLevelOrOperators } = dataOf(segment);
  return join(
    firstLevel.map(({ conditions, orOperators }) =>
      join(
        conditions.map((leaf) => holds.has(leaf['targetingType'])),
        orOperators,
      ),
    ),
    firstLevelOrOperators,
  );
};
const inTree = (node: Row, holds: ReadonlySet<unknown>): boolean => {
  const children = node['conditionData'] as Row[] | undefined;
  if (children === undefined) return holds.has(node['targetingType']);
  return node['logicalOperator'] === 'OR'
    ? children.some((child) => inTree(child, holds))
    : children.every((child) => inTree(child, holds));
};
const TYPES = ['PAGE_URL', 'DEVICE_TYPE', 'GEOLOCATION', 'NEW_VISITORS'];
const everySet = (): Set<unknown>[] =>
  Array.from({ length: 16 }, (_, bits) => new Set(TYPES.filter((_type, i) => (bits >> i) & 1)));

describe('a segment just created', () => {
  it('has ids, weights and operators nobody sent', async () => {
    const segment = await create({
      conditionsData: toConditions(URL, { ...PHONE, include: false }),
    });
    const { firstLevel, firstLevelOrOperators } = dataOf(segment);
    expect(firstLevelOrOperators).toEqual([]);
    expect(firstLevel[0]!.orOperators).toEqual([false]);
    expect(leavesOf(segment)).toEqual([
      { ...URL, id: expect.any(Number) as number, weight: 1, include: true },
      { ...PHONE, id: expect.any(Number) as number, weight: 1, include: false },
    ]);
    expect(segment).toMatchObject({ segmentType: 'STANDARD', siteId: SHOP, tags: [] });
    expect(await read(segment['id'])).toMatchObject({ conditionsData: segment['conditionsData'] });
  });

  it('bears an operator too many, as the Git bridge sends it', async () => {
    const conditionsData = {
      firstLevelOrOperators: [false],
      firstLevel: [{ orOperators: [false], conditions: [{ ...URL }] }],
    };
    expect(dataOf(await create({ conditionsData }))).toMatchObject({
      firstLevelOrOperators: [false],
      firstLevel: [{ orOperators: [false] }],
    });
  });

  it('keeps conditions it knows nothing of as they came', async () => {
    const odd = { targetingType: 'TEMPERATURE', degrees: { from: 3 }, list: [1] };
    expect(leavesOf(await create({ conditionsData: toConditions(odd) }))[0]).toMatchObject(odd);
  });

  it.each([
    [[false], [true]],
    [[true], [false]],
    [[true, false], [false]],
    [[false, true], [true]],
  ])('means the same in all its forms (operators %j, %j)', async (orOperators, outer) => {
    const conditions = [URL, PHONE, FRANCE].slice(0, orOperators.length + 1);
    const segment = await create({
      conditionsData: {
        firstLevelOrOperators: outer,
        firstLevel: [{ orOperators, conditions }, { conditions: [NEW] }],
      },
    });
    const tree = segment['conditionDataTree'] as Row;
    const again = await create({ conditionDataTree: tree });
    for (const holds of everySet()) {
      expect(inTree(tree, holds)).toBe(inGroups(segment, holds));
      expect(inGroups(again, holds)).toBe(inGroups(segment, holds));
    }
    const list = segment['conditionDataList'] as Row[];
    expect(list.map((leaf) => leaf['id'])).toEqual(leavesOf(segment).map((leaf) => leaf['id']));
    expect(new Set(list.map((leaf) => leaf['parentId'])).size).toBe(2);
  });

  it('may be a tree of conditions alone', async () => {
    const conditionDataTree = { logicalOperator: 'OR', conditionData: [URL, PHONE] };
    const segment = await create({ conditionDataTree });
    expect(dataOf(segment).firstLevel).toHaveLength(1);
    expect(inGroups(segment, new Set(['DEVICE_TYPE']))).toBe(true);
  });
});

describe('a segment that is not fit', () => {
  it.each([
    [{}, "'conditionsData': must not be null"],
    [{ conditionsData: {} }, "'conditionsData.firstLevel': must not be null"],
    [
      { conditionsData: toConditions(URL, NEW, { targetingType: 'PAGE_URL', url: '/' }) },
      "Fields not valid. 'conditionsData.firstLevel[0].conditions[2].matchType': must not be null",
    ],
    [
      { conditionsData: toConditions({ ...PHONE, device: 'MOBILE' }) },
      "conditions[0].device': unknown value 'MOBILE'",
    ],
    [{ conditionsData: toConditions({ ...FRANCE, country: '' }) }, "country': must not be empty"],
    [{ conditionsData: toConditions({ ...NEW, visitorsType: 'OLD' }) }, "visitorsType': unknown"],
    [{ conditionsData: toConditions({ targetingType: 'JS_CODE' }) }, "jsCode': must not be null"],
    [
      { conditionsData: toConditions({ ...URL, matchType: 'CORRESPONDS_EXACTLY' }) },
      "matchType': unknown value 'CORRESPONDS_EXACTLY'",
    ],
    [
      { conditionsData: toConditions({ url: '/' }, { ...URL, url: '' }) },
      "[0].targetingType': must not be null; 'conditionsData.firstLevel[0].conditions[1].url': must not be empty",
    ],
  ])('is told where: %j', async (conditions, fault) => {
    expect(await refusal(await send('POST', '/segments', toBody(conditions)))).toContain(fault);
  });
});
