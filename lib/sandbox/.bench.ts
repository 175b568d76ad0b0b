import { createWorld } from '/work/main/lib/sandbox/world/world';
const epochMs = Math.floor(Number(process.argv[2] ?? Date.now()) / 1000) * 1000;
const world = createWorld({ seed: Number(process.argv[3] ?? 7), epochMs });
let tot = 0;
for (const e of world.experiments) {
  const g = world.goals
    .filter((x) => e.goals.includes(x.id))
    .sort((a, b) => e.goals.indexOf(a.id) - e.goals.indexOf(b.id));
  const t0 = process.cpuUsage().user / 1000;
  const l = world.lanesOf(e);
  const t1 = process.cpuUsage().user / 1000;
  const r = world.report(
    e,
    { intervals: [{ startMs: 0, endMs: Infinity }], filters: [], goals: g },
    epochMs,
  );
  const t2 = process.cpuUsage().user / 1000;
  world.report(
    e,
    { intervals: [{ startMs: 0, endMs: Infinity }], filters: [], goals: g },
    epochMs + 1000,
  );
  const t3 = process.cpuUsage().user / 1000;
  tot += t2 - t0;
  console.log(
    e.id,
    e.deserved.kind,
    l.join(),
    'search',
    (t1 - t0).toFixed(0),
    'cold',
    (t2 - t1).toFixed(0),
    'warm',
    (t3 - t2).toFixed(1),
    r
      .get('_reference')!
      .map(
        (a) =>
          `${a.visits}/${a.visitors}: ${a.goals.map((x) => x.convertedVisitors + '~' + x.convertedVisits).join(' ')}`,
      )
      .join(' | '),
  );
}
console.log('total', tot.toFixed(0));
