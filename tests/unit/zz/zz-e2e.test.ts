import { it } from 'vitest';
import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { createWorld } from '@/lib/sandbox/world/world';
import { createOrigin } from '@/lib/sandbox/origin-file';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import { createResults } from '@/lib/server/live/results';
import { openStore } from '@/lib/server/store/open-store';
import { connectionId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { createFakeClock } from '../../fakes/clock';

it('e2e', async () => {
  const clock = createFakeClock();
  const origin = createOrigin(clock.nowMs(), 1, 42);
  const world = createWorld(origin);
  const credentials = { clientId: 'demo-client', clientSecret: 'demo-secret' };
  const sandbox = createSandbox({ world, clock: () => clock.nowMs(), credentials, seed: 42 });
  const codes = new Map<number, number>();
  let reqs = 0;
  const fetch = (async (input: string | URL | Request, init?: RequestInit) => {
    reqs++;
    const res = await sandbox.fetch(new Request(input, init));
    const headers = new Headers(res.headers); headers.set('date', new Date(clock.nowMs()).toUTCString());
    codes.set(res.status, (codes.get(res.status) ?? 0) + 1);
    return new Response(res.body, { status: res.status, headers });
  }) as typeof globalThis.fetch;
  const client = createKameleoonClient({ baseUrl: 'http://127.0.0.1:1', ...credentials, fetch, clock });
  const store = await openStore({ dir: ':memory:', clock });
  const warn: string[] = [];
  const log = { debug() {}, info(f: object, m: string) { warn.push('I ' + m + ' ' + JSON.stringify(f).slice(0, 200)); }, warn(f: object, m: string) { warn.push(m + ' ' + JSON.stringify(f).slice(0, 300)); }, error(f: object, m: string) { warn.push('E ' + m + ' ' + JSON.stringify(f).slice(0, 300)); } };
  const results = createResults({ connectionId: connectionId('x'), client, store, clock, log });
  await results.start();
  const say = (label: string) => { const s = results.status(); console.log(label, 'reqs', reqs, JSON.stringify({ p: s.progress, hour: s.budget.hour.used, w: s.budget.waitMs, proof: s.unitProof, prob: s.problem?.code }), [...codes].join(' ')); };
  const adv = async (ms: number, step = 500) => { for (let t = 0; t < ms; t += step) await clock.advance(step); };
  for (let i = 0; i < 6; i++) { await adv(5000, 100); say(`t=${(i + 1) * 5}s`); }
  const show = () => { for (const r of results.list().readings) console.log(r.experiment.id, r.experiment.status, r.freshness.state, r.analysis?.verdict.state, 'call', r.analysis?.call && new Date(r.analysis.call.calledAtMs).toISOString(), r.analysis?.call?.confirmedAtMs && new Date(r.analysis.call.confirmedAtMs).toISOString(), 'rev', r.curveRevision, 'spark', r.sparkline.points.length, 'age', r.freshness.asOfMs && (clock.nowMs() - r.freshness.asOfMs) / 1000); };
  show();
  const act = results.list().readings.filter((r) => r.experiment.status === 'active');
  const leave = results.subscribe([toQuestion(act[0]!.experiment.id)], () => undefined);
  const ages: number[] = [];
  const p95 = (a: number[]) => a.sort((x, y) => x - y)[Math.floor(a.length * 0.95)]! / 1000;
  for (let i = 0; i < 1800; i++) { await adv(1000); ages.push(clock.nowMs() - results.find(toQuestion(act[0]!.experiment.id))!.freshness.asOfMs!); }
  console.log('one watched p95 s', p95(ages)); say('1 watched 30min');
  leave();
  const leave2 = results.subscribe(act.map((r) => toQuestion(r.experiment.id)), () => undefined);
  const all: number[] = [];
  for (let i = 0; i < 3600; i++) { await adv(1000); for (const r of act) all.push(clock.nowMs() - results.find(toQuestion(r.experiment.id))!.freshness.asOfMs!); }
  console.log('all watched p95 s', p95(all), 'max', all.at(-1)! / 1000); say('all watched 1h');
  leave2();
  await adv(7200_000, 2000); say('none 2h'); show();
  console.log(warn.length, warn.slice(0, 25).join('\n'));
  await results.stop();
}, 300_000);
