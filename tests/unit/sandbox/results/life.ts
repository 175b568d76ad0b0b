import { BASE, createTestSandbox, type GeneralData, type TestSandbox } from '../test-sandbox';

export const DAY_MS = 86_400_000;
export const SITE = 20101;
type Row = Readonly<Record<string, unknown>>;

/** A sandbox in which time can pass, and short ways to do what a tutorial does. */
export interface Life {
  readonly sandbox: TestSandbox;
  /** Lets time pass through the control route; a new token afterwards, the old one may be dead. */
  pass(days: number): Promise<void>;
  change(path: string, body: unknown): Promise<Row>;
  create(kind: 'experiments' | 'goals' | 'variations', body: Row): Promise<Row>;
  act(experimentId: unknown, action: string): Promise<Row>;
  /** The total row of each arm by key. */
  totals(id: unknown, body?: Record<string, unknown>): Promise<Record<string, GeneralData>>;
}

export async function begin(): Promise<Life> {
  const sandbox = await createTestSandbox();
  const sent = async (method: string, path: string, body: unknown): Promise<Row> => {
    const headers = { 'content-type': 'application/json' };
    const response = await sandbox.send(path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Row;
  };
  return {
    sandbox,
    pass: async (days) => {
      await advance(sandbox, days * DAY_MS);
      await sandbox.newToken();
    },
    change: (path, body) => sent('PATCH', path, body),
    create: (kind, body) => sent('POST', `/${kind}`, { siteId: SITE, ...body }),
    act: (id, action) => sent('PATCH', `/experiments/${String(id)}?action=${action}`, {}),
    totals: async (id, body) =>
      Object.fromEntries(
        Object.entries(await sandbox.results(Number(id), body)).map(([key, arm]) => [
          key,
          arm.breakdownData['_reference']!.generalData,
        ]),
      ),
  };
}

export function advance(sandbox: TestSandbox, advanceMs: unknown): Promise<Response> {
  const body = JSON.stringify({ advanceMs });
  return sandbox.control.fetch(new Request(`${BASE}/__sandbox/clock`, { method: 'POST', body }));
}

/** An experiment with one variation and one goal, launched. */
export async function launched(life: Life) {
  const experiment = await life.create('experiments', {
    name: 'Shorter form',
    baseURL: 'https://www.insurance.example/form',
    type: 'DEVELOPER',
  });
  const goal = await life.create('goals', {
    name: 'Form sent',
    type: 'CUSTOM',
    hasMultipleConversions: false,
  });
  const path = `/experiments/${String(experiment['id'])}`;
  await life.change(path, { goals: [goal['id']], mainGoalId: goal['id'] });
  const [variation] = experiment['variations'] as number[];
  await life.act(experiment['id'], 'ACTIVATE');
  return { path, id: experiment['id'], goal: String(goal['id']), variation: String(variation) };
}
