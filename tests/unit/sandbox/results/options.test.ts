import { describe, expect, it } from 'vitest';
import { createTestSandbox, type GeneralData, type TestSandbox } from '../test-sandbox';

const ID = 188502;
const BODY = { conversionType: 'CONVERTED_VISITS' };

/** The rows of one arm. */
async function rows(sandbox: TestSandbox, body: object): Promise<Record<string, GeneralData>> {
  const arm = (await sandbox.results(ID, { visitorData: false, ...body }))['_reference']!;
  return Object.fromEntries(
    Object.entries(arm.breakdownData).map(([key, { generalData }]) => [key, generalData]),
  );
}

const additive = ({ visitCount, goalsData }: GeneralData): number[] => [
  visitCount,
  ...Object.values(goalsData).flatMap((goal) => [goal.conversionCount, goal.convertedVisitCount]),
];
const sum = (parts: readonly GeneralData[]): number[] =>
  parts.map(additive).reduce((all, part) => all.map((count, i) => count + part[i]!));

describe('every field of a results request', () => {
  it.each([
    ['allVariationsData', true],
    ['bayesian', true],
    ['sequentialTesting', true],
    ['enabledMultipleTesting', true],
    ['goalIdsCuped', [312012]],
    ['goalIdsCuped', null],
    ['goalsIds', null],
    ['goalsIds', []],
    ['callbackUrl', 'https://hooks.example/ready?x=1'],
    ['breakdown', null],
    ['breakdown', { type: 'CROSS_CAMPAIGN', experiments: [188501], personalizations: [] }],
    ['filters', []],
    ['dateIntervals', []],
    ['referenceVariationId', '0'],
    ['somethingNew', { of: ['another', 'version'] }],
  ])('is taken, and %s %j changes nothing of the counts', async (field, value) => {
    const sandbox = await createTestSandbox();
    const goals = { goalsIds: null };
    const usual = await sandbox.results(ID, goals);
    expect(await sandbox.results(ID, { ...goals, [field]: value })).toEqual(usual);
  });

  it.each([
    ['allVariationsData', 'yes'],
    ['bayesian', 1],
    ['sequentialTesting', 'true'],
    ['enabledMultipleTesting', []],
    ['visitorData', 0],
    ['goalIdsCuped', [1]],
    ['goalIdsCuped', 312012],
    ['goalsIds', '312012'],
    ['goalsIds', [{ toString: 1 }]],
    ['goalsIds', [null]],
    ['callbackUrl', 'not a url'],
    ['callbackUrl', 'file:///etc/passwd'],
    ['referenceVariationId', { id: 0 }],
    ['referenceVariationId', '__proto__'],
    ['conversionType', 'converted_visits'],
    ['dateIntervals', { start: '2026-05-01', end: '2026-05-02' }],
    ['dateIntervals', [null]],
    ['filters', { type: 'BROWSER' }],
    ['filters', [7]],
    ['filters', [{ type: 'DEVICE_TYPE', values: ['MOBILE'], include: true }]],
    ['filters', [{ type: 'DEVICE_TYPE', values: ['PHONE'], include: 'yes' }]],
    ['filters', [{ type: 'INTERVAL', values: ['DAY'], include: true }]],
    ['filters', [{ type: 'CUSTOM_DATUM', values: ['LOYAL'], include: true }]],
    ['breakdown', 'DEVICE_TYPE'],
    ['breakdown', {}],
    ['breakdown', { type: 'INTERVAL', interval: 'MINUTE' }],
    ['breakdown', { type: 'CROSS_CAMPAIGN', experiments: 188501 }],
    ['breakdown', { type: 'CROSS_CAMPAIGN', personalizations: ['all'] }],
    ['breakdown', { type: 'OPERATING_SYSTEM' }],
    ['breakdown', { type: 'CUSTOM_DATUM' }],
    ['breakdown', { type: 'CUSTOM_DATUM', index: 7 }],
    ['breakdown', { type: 'CUSTOM_DATUM', index: '1' }],
  ])('is checked: %s %j is 400 and named', async (field, value) => {
    const sandbox = await createTestSandbox();
    const response = await sandbox.post(`/experiments/${ID}/results`, { ...BODY, [field]: value });
    expect(response.status).toBe(400);
    const { message } = (await response.json()) as { message: string };
    expect(message).toMatch(new RegExp(`^Fields not valid. '${field}`));
  });

  it('is named with all others that are wrong, in one message', async () => {
    const sandbox = await createTestSandbox();
    const response = await sandbox.post(`/experiments/${ID}/results`, {
      visitorData: 'no',
      breakdown: { type: 'MOON' },
      dateIntervals: [{ start: 'x', end: null }],
    });
    const { message } = (await response.json()) as { message: string };
    expect(message.split('; ')).toHaveLength(5);
    expect(message).toContain("'conversionType': must not be null");
    expect(message).toContain("'dateIntervals[0].end': must not be null");
  });
});

describe('windows', () => {
  it('may be several, overlap and be written with a zone or without', async () => {
    const sandbox = await createTestSandbox();
    const ask = async (...dateIntervals: readonly (readonly [string, string])[]) =>
      (
        await rows(sandbox, {
          dateIntervals: dateIntervals.map(([start, end]) => ({ start, end })),
        })
      )['_reference']!;
    const whole = await ask(['2026-05-20T00:00:00', '2026-05-21T12:00:00']);
    expect(whole.visitCount).toBeGreaterThan(50);
    expect(await ask(['2026-05-20T00:00:00Z', '2026-05-21T14:00:00.000+02:00'])).toEqual(whole);
    expect(
      await ask(
        ['2026-05-20T09:30:00', '2026-05-21T12:00:00'],
        ['2026-05-20T00:00:00', '2026-05-20T18:00:00Z'],
      ),
    ).toEqual(whole);
    const parts = [
      await ask(['2026-05-20T00:00:00', '2026-05-20T09:30:00']),
      await ask(['2026-05-20T09:30:00', '2026-05-21T12:00:00']),
    ];
    expect(sum(parts)).toEqual(additive(whole));
  });
});

describe('a window with one end alone', () => {
  it('reaches to the beginning, or to now', async () => {
    const sandbox = await createTestSandbox();
    const ask = async (...dateIntervals: readonly object[]) =>
      (await rows(sandbox, dateIntervals.length === 0 ? {} : { dateIntervals }))['_reference']!;
    const noon = '2026-05-20T12:00:00';
    const [early, late] = [await ask({ end: noon }), await ask({ start: noon })];
    expect(early.visitCount).toBeGreaterThan(0);
    expect(sum([early, late])).toEqual(additive(await ask()));
  });
});

describe('rows of a visits breakdown', () => {
  it.each([
    [{ type: 'INTERVAL', interval: 'HOUR' }, /^2026-05-\d\dT\d\d:00:00$/],
    [{ type: 'INTERVAL', interval: 'DAY' }, /^2026-05-\d\dT00:00:00$/],
    [{ type: 'INTERVAL', interval: 'WEEK' }, /^2026-05-18T00:00:00$/],
    [{ type: 'INTERVAL', interval: 'MONTH' }, /^2026-05-01T00:00:00$/],
    [{ type: 'INTERVAL', interval: 'YEAR' }, /^2026-01-01T00:00:00$/],
    [{ type: 'DEVICE_TYPE' }, /^(DESKTOP|PHONE|TABLET)$/],
    [{ type: 'BROWSER' }, /^(CHROME|EDGE|FIREFOX|SAFARI)$/],
    [{ type: 'COUNTRY' }, /^(FR|BE|LU)$/],
    [{ type: 'NEW_VISITOR' }, /^(NEW|RETURNING)$/],
    [{ type: 'CUSTOM_DATUM', index: 1 }, /^(NEW_CUSTOMER|LOYAL)$/],
  ])('by %j add up to the total, filtered or not', async (breakdown, key) => {
    const sandbox = await createTestSandbox();
    for (const filters of [
      [],
      [
        { type: 'DEVICE_TYPE', values: ['phone', 'TABLET'], include: true },
        { type: 'BROWSER', values: ['SAFARI'], include: false },
        { type: 'CUSTOM_DATUM', index: 1, values: ['NEW_CUSTOMER'], include: true },
      ],
    ]) {
      const parts = await rows(sandbox, { breakdown, filters });
      const whole = (await rows(sandbox, { filters }))['_reference']!;
      expect(whole.visitCount).toBeGreaterThan(20);
      for (const name of Object.keys(parts)) expect(name).toMatch(key);
      expect(sum(Object.values(parts))).toEqual(additive(whole));
    }
  });

  it('by the custom datum add up in people too: everybody is one or the other', async () => {
    const sandbox = await createTestSandbox();
    const parts = await rows(sandbox, { breakdown: { type: 'CUSTOM_DATUM', index: 1 } });
    const people = (part: GeneralData | undefined): number => part!.visitorCount;
    const whole = people((await rows(sandbox, {}))['_reference']);
    expect(people(parts['LOYAL']) + people(parts['NEW_CUSTOMER'])).toBe(whole);
    expect(people(parts['LOYAL'])).toBeGreaterThan(0.05 * whole);
    const filters = [{ type: 'CUSTOM_DATUM', index: 1, values: ['LOYAL'], include: false }];
    expect((await rows(sandbox, { filters }))['_reference']).toEqual(parts['NEW_CUSTOMER']);
  });
});
