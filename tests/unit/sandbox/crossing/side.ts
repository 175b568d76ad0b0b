import type { OauthSandbox } from '../oauth/oauth-sandbox';

/** One of two accounts with the same rights, and one object of each kind on its site. */
export interface Side {
  readonly token: string;
  readonly accountId: number;
  readonly clientId: string;
  readonly siteId: number;
  readonly siteCode: string;
  /** In every name it gave. */
  readonly mark: string;
  /** Of the world's beginning, active, with goals. */
  readonly experiment: number;
  readonly experimentGoal: number;
  readonly flag: number;
  /** The experiment its rule runs. */
  readonly flagExperiment: number;
  readonly flagKey: string;
  /** Made just now. */
  readonly stopped: number;
  readonly draft: number;
  readonly variation: number;
  readonly orphan: number;
  readonly goal: number;
  readonly segment: number;
  readonly condition: number;
  readonly personalization: number;
  readonly rule: number;
  readonly customData: number;
  readonly dataCode: string;
}

export interface Account {
  readonly name: 'insurance' | 'shop';
  readonly accountId: number;
  readonly siteId: number;
}

interface Listed {
  readonly id: number;
  readonly status: string;
  readonly goals: readonly number[];
}

interface Flag {
  readonly id: number;
  readonly featureKey: string;
  readonly environmentConfigurations: readonly {
    readonly rolloutRules: readonly { readonly experimentId: number }[];
  }[];
}

type Json = Readonly<Record<string, unknown>>;

/** Makes an object of each kind as this account; every answer must be good. */
export async function createSide(house: OauthSandbox, account: Account): Promise<Side> {
  const { name, accountId, siteId } = account;
  const token = await house.tokenOf(name);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const get = async <T>(path: string): Promise<T> => {
    const answer = await house.get(path, token);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const move = async (id: number, action: string): Promise<void> => {
    const init = { method: 'PATCH', headers, body: '{}' };
    const answer = await house.send(`/experiments/${id}?action=${action}`, init);
    if (!answer.ok) throw new Error(`${action}: ${await answer.text()}`);
  };
  const post = async (path: string, body: Json): Promise<Json & { readonly id: number }> => {
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await house.send(path, init);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Json & { readonly id: number };
  };

  const mark = `${name}-mark`;
  const named = { siteId, name: mark };
  const [site] = await get<{ code: string }[]>('/sites');
  const experiments = await get<Listed[]>('/experiments?perPage=200&optionalFields=goals');
  const active = experiments.find(({ status, goals }) => status === 'active' && goals.length > 0)!;
  const [flag] = await get<Flag[]>('/feature-flags');
  const experiment = { ...named, baseURL: 'https://a.example/', type: 'DEVELOPER' };
  const draft = await post('/experiments', experiment);
  const stopped = await post('/experiments', experiment);
  await move(stopped.id, 'ACTIVATE');
  await move(stopped.id, 'STOP');
  const segment = await post('/segments', {
    ...named,
    conditionsData: {
      firstLevel: [{ conditions: [{ targetingType: 'JS_CODE', jsCode: `"${mark}"` }] }],
    },
  });
  const levels = segment['conditionsData'] as { firstLevel: { conditions: { id: number }[] }[] };
  const [rule] = await get<{ id: number }[]>('/targeting-rules?perPage=1');
  const question = { conversionType: 'CONVERTED_VISITS', goalsIds: active.goals };
  const job = await post(`/experiments/${active.id}/results`, question);
  const goal = { ...named, type: 'CUSTOM', hasMultipleConversions: false };
  return {
    token,
    accountId,
    clientId: `${name}-client`,
    siteId,
    siteCode: site!.code,
    mark,
    experiment: active.id,
    experimentGoal: active.goals[0]!,
    stopped: stopped.id,
    flag: flag!.id,
    flagExperiment: flag!.environmentConfigurations[0]!.rolloutRules[0]!.experimentId,
    flagKey: flag!.featureKey,
    draft: draft.id,
    variation: (draft['variations'] as number[])[0]!,
    orphan: (await post('/variations', named)).id,
    goal: (await post('/goals', goal)).id,
    segment: segment.id,
    condition: levels.firstLevel[0]!.conditions[0]!.id,
    personalization: (await post('/personalizations', named)).id,
    rule: rule!.id,
    customData: (await post('/custom-datas', named)).id,
    dataCode: String(job['dataCode']),
  };
}
