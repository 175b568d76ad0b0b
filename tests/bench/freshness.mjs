/**
 * `npm run bench:freshness [seconds]`: one demo. What a report costs once job times are learnt, and how old the data on
 * screen get with one experiment watched and with fourteen. Compare within the run; these machines are shared.
 */
import { build, install } from '../../lib/process/prepare.mjs';
import { quantile, sleep, startDemo, whenAllRead } from './demo-run.mjs';
import { openStream } from './stream.mjs';

const SECONDS = Number(process.argv[2] ?? 240);

async function watch(demo, ids) {
  const newest = new Map();
  const ages = [];
  let offsetMs = 0;
  const close = openStream(`${demo.app}/api/live?experiments=${ids.join(',')}`, (type, data) => {
    if (type === 'heartbeat') offsetMs = data.nowMs - Date.now();
    if (type === 'analysis' && data.reading.analysis)
      newest.set(data.reading.experiment.id, data.reading.analysis.asOfMs);
  });
  // What was on screen before anyone watched is no result of watching.
  await sleep(30_000);
  const before = await demo.json(`${demo.sandbox}/__sandbox/requests`);
  const until = Date.now() + SECONDS * 1000;
  while (Date.now() < until) {
    await sleep(500);
    for (const asOfMs of newest.values()) ages.push((Date.now() + offsetMs - asOfMs) / 1000);
  }
  const after = await demo.json(`${demo.sandbox}/__sandbox/requests`);
  close();
  const grown = (path) => (after.byPath[path] ?? 0) - (before.byPath[path] ?? 0);
  const posts = grown('/experiments/{id}/results');
  const polls = grown('/results');
  return {
    posts,
    callsPerReport: (posts + polls) / posts,
    p50: quantile(ages, 0.5),
    p95: quantile(ages, 0.95),
    max: Math.max(...ages),
    after,
  };
}

await install(console.log);
await build(console.log);
const demo = await startDemo();
try {
  console.log(`ready after ${(demo.readyAfterMs / 1000).toFixed(1)} s`);
  const list = await whenAllRead(demo);
  const active = list.experiments.filter(({ status }) => status === 'active').map(({ id }) => id);
  for (const count of [1, Math.min(14, active.length)]) {
    const run = await watch(demo, active.slice(0, count));
    console.log(
      `${String(count).padStart(2)} of ${active.length} watched: age p50 ${run.p50.toFixed(1)} s, p95 ${run.p95.toFixed(1)} s, worst ${run.max.toFixed(1)} s; ` +
        `${run.posts} reports at ${run.callsPerReport.toFixed(2)} calls; refused ${run.after.byStatus['429'] ?? 0}, worst 10 s ${run.after.worst10s}`,
    );
  }
} finally {
  await demo.stop();
}
