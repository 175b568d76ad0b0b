/** Asking for results and reading them, one question at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api';
import { LIVE } from './mode';
import { asNumber, asRow, asText, first, idOf, type Row } from './shape';

export interface Report {
  /** variationData as it came. */
  readonly variations: Row;
  readonly data: Row;
}

export const ASK: Row = {
  conversionType: 'CONVERTED_VISITS',
  referenceVariationId: '0',
  visitorData: false,
  goalsIds: null,
};

/** The experiment reports are asked about: a running one with goals. */
export function aRunningExperiment(api: Api): Promise<Row> {
  const known = running.get(api) ?? findRunning(api);
  running.set(api, known);
  return known;
}
const running = new WeakMap<Api, Promise<Row>>();

async function findRunning(api: Api): Promise<Row> {
  const filter = [{ field: 'status', operator: 'EQUAL', parameters: ['ACTIVE'] }];
  const rows = await api.list('/experiments', { filter, perPage: 20, optionalFields: 'goals' });
  const known = rows.filter((row) => Array.isArray(row['goals']) && row['goals'].length > 0);
  return first(known, 'running experiment with goals');
}

export async function askResults(api: Api, path: string, body: Row): Promise<string> {
  const answer = await api.call('POST', `${path}/results`, { body });
  if (answer.status !== 200)
    throw new Error(`results refused: ${answer.status} ${answer.text.slice(0, 300)}`);
  return asText(answer.row()['dataCode']);
}

/** Between polls: as patient as the clients of others with a real account, which a poll costs a request. */
const PAUSE_MS = LIVE ? 2_000 : 200;

/** Polls for a minute at most. */
export async function awaitReport(api: Api, dataCode: string): Promise<Report> {
  const endsAtMs = performance.now() + 60_000;
  while (performance.now() < endsAtMs) {
    const body = await api.read('/results', { dataCode });
    if (body['status'] === 'READY') {
      const data = asRow(body['data']);
      return { data, variations: asRow(data['variationData']) };
    }
    if (body['status'] !== 'WAITING')
      throw new Error(`the report ended with ${String(body['status'])}`);
    await sleep(PAUSE_MS);
  }
  throw new Error('the report was not ready within a minute');
}

export const readReport = async (api: Api, experiment: Row, over: Row = {}): Promise<Report> =>
  awaitReport(api, await askResults(api, `/experiments/${idOf(experiment)}`, { ...ASK, ...over }));

/** As readReport, but a question already asked is not asked again. */
export function recallReport(api: Api, experiment: Row, over: Row = {}): Promise<Report> {
  const asked = JSON.stringify([idOf(experiment), over]);
  const ofApi = recalled.get(api) ?? new Map<string, Promise<Report>>();
  recalled.set(api, ofApi);
  const known = ofApi.get(asked) ?? readReport(api, experiment, over);
  ofApi.set(asked, known);
  return known;
}
const recalled = new WeakMap<Api, Map<string, Promise<Report>>>();

export const breakdownOf = (report: Report, key: string): Row =>
  asRow(asRow(report.variations[key])['breakdownData']);

export const generalOf = (report: Report, key: string, bucket = '_reference'): Row =>
  asRow(asRow(breakdownOf(report, key)[bucket])['generalData']);

export const goalOf = (report: Report, key: string, goalId: number, bucket?: string): Row =>
  asRow(asRow(generalOf(report, key, bucket)['goalsData'])[String(goalId)]);

/** One count summed over every variation and bucket, of visits or of one goal. */
export function sumOf(report: Report, leaf: string, goalId?: number): number {
  let sum = 0;
  for (const key of Object.keys(report.variations))
    for (const bucket of Object.keys(breakdownOf(report, key)))
      sum += asNumber(
        (goalId === undefined
          ? generalOf(report, key, bucket)
          : goalOf(report, key, goalId, bucket))[leaf],
      );
  return sum;
}

const ORIGINAL_KEYS = ['_reference', '0', 'origin'];

/** Key of the original in a report, whichever of its names is used. */
export function originalKey(report: Report): string {
  const key = ORIGINAL_KEYS.find((name) => name in report.variations);
  if (key === undefined) throw new Error(`no original in ${Object.keys(report.variations)}`);
  return key;
}
