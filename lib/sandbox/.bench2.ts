import { createWorld } from './world/world';
import { toMultiplier, toZ } from './world/evidence';
const N = Number(process.argv[2] ?? 30);
let worst = 0;
for (let i = 0; i < N; i++) {
  const epochMs =
    Math.floor((1_760_000_000_000 + i * 86400_000 * 11.37 + i * i * 3333_000) / 1000) * 1000;
  const world = createWorld({ seed: 1000 + i * 77, epochMs });
  const e = world.experiments.find((x) => x.id === 188405)!;
  const g = world.goals.filter((x) => x.id === e.goals[0]);
  const t0 = process.cpuUsage().user / 1000;
  const l = world.lanesOf(e);
  const ms = process.cpuUsage().user / 1000 - t0;
  worst = Math.max(worst, ms);
  const m = (t: number) => {
    const a = world
      .report(
        e,
        { intervals: [{ startMs: 0, endMs: Infinity }], filters: [], goals: g },
        epochMs + t * 1000,
      )
      .get('_reference')!;
    const [x, y] = a.map((r) => ({
      visitors: r.visitors,
      converted: r.goals[0]!.convertedVisitors,
    }));
    return toZ(x!, y!) - toMultiplier(x!.visitors + y!.visitors, 0.05);
  };
  let cross = 0;
  for (let t = 0; t < 200; t++)
    if (m(t) > 0) {
      cross = t;
      break;
    }
  console.log(
    new Date(epochMs).toISOString(),
    ms.toFixed(0) + 'ms',
    l.join(),
    'cross',
    cross,
    [0, 60, 150, 300, 600, 3600, 6 * 3600, 24 * 3600, 72 * 3600]
      .map((t) => m(t).toFixed(2))
      .join(' '),
  );
}
console.log('worst', worst);
