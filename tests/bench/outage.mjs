/**
 * `npm run bench:outage [minutes]`: the API goes away for ten minutes under 300 viewers, on a fresh demo. Nobody may see a
 * blank page: lists and pages keep their last figures with age and cause, no stream ends, and all is fresh again soon after.
 */
import { build, install } from '../../lib/process/prepare.mjs';
import { sleep, startDemo, whenAllRead } from './demo-run.mjs';
import { openIdleStream, openStream } from './stream.mjs';

const MINUTES = Number(process.argv[2] ?? 10);
const VIEWERS = 300;
const WATCHED = 12;
const SETTLE_MS = 60_000;
/** One reading of everything that is watched, and a minute. */
const RECOVERY_LIMIT_MS = 5 * 60_000;

const setFaults = async (sandbox, faults) => {
  const answer = await fetch(`${sandbox}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults, replace: true }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused the fault: ${await answer.text()}`);
};

const ENTITIES = { lt: '<', gt: '>', quot: '"', '#x27': "'", amp: '&' };

/** What a page says, without its scripts and tags. */
const textOf = (html) =>
  html
    .replace(/<script[\s\S]*?<\/script>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(lt|gt|quot|#x27|amp);/g, (_, name) => ENTITIES[name])
    .replace(/\s+/g, ' ');

await install(console.log);
await build(console.log);
const demo = await startDemo();
try {
  const { experiments } = await whenAllRead(demo);
  const watched = experiments.filter(({ status }) => status === 'active').slice(0, WATCHED);
  const query = watched.map(({ id }) => id).join(',');
  const seen = new Map();
  let ended = 0;
  openStream(
    `${demo.app}/api/live?experiments=${query}`,
    (type, data) => {
      if (type === 'analysis') seen.set(data.reading.experiment.id, data.reading);
      if (type === 'problem' && seen.has(data.questionKey))
        seen.set(data.questionKey, { ...seen.get(data.questionKey), freshness: data.freshness });
    },
    () => (ended += 1),
  );
  for (let i = 1; i < VIEWERS; i += 1)
    openIdleStream(`${demo.app}/api/live?experiments=${query}`, () => (ended += 1));
  await sleep(SETTLE_MS);

  const before = await demo.json(`${demo.sandbox}/__sandbox/requests`);
  await setFaults(demo.sandbox, [{ kind: 'down' }]);
  const downAtMs = Date.now();
  const blanks = [];
  let pages = 0;
  let slowestMs = 0;
  const look = async (path, mustSay) => {
    const askedMs = performance.now();
    const answer = await fetch(demo.app + path);
    const text = textOf(await answer.text());
    slowestMs = Math.max(slowestMs, performance.now() - askedMs);
    pages += 1;
    if (answer.status !== 200 || !mustSay.every((words) => text.includes(words)))
      blanks.push(`${path}: ${answer.status}`);
  };
  while (Date.now() - downAtMs < MINUTES * 60_000) {
    await look('/', [watched[0].name]);
    for (const { id, name } of watched.slice(0, 4))
      await look(`/experiments/${id}`, [name, 'Lift over time']);
    await sleep(5_000);
  }
  const told = [...seen.values()].filter(({ freshness }) => freshness.problem !== null).length;
  const empty = [...seen.values()].filter(({ analysis }) => analysis === null).length;
  const during = await demo.json(`${demo.sandbox}/__sandbox/requests`);
  await setFaults(demo.sandbox, []);
  const { nowMs: backAtMs } = await demo.json(`${demo.app}/api/health`);
  const recoveredMs = await (async () => {
    const startMs = Date.now();
    const isWell = ({ freshness }) =>
      freshness.problem === null && (freshness.asOfMs ?? 0) >= backAtMs;
    while (Date.now() - startMs < RECOVERY_LIMIT_MS) {
      if ([...seen.values()].every(isWell)) return Date.now() - startMs;
      await sleep(250);
    }
    return null;
  })();
  const after = await demo.json(`${demo.sandbox}/__sandbox/requests`);

  console.log(
    `down for ${MINUTES} min under ${VIEWERS} viewers: ${pages} pages asked for, ${blanks.length} blank or wrong, slowest ${slowestMs.toFixed(0)} ms; ` +
      `${told} of ${seen.size} watched experiments said why, ${empty} lost their figures, ${ended} streams ended`,
  );
  console.log(
    `tries while down: ${during.total + (during.lost ?? 0) - before.total - (before.lost ?? 0)} seen by the API; ` +
      `all fresh ${recoveredMs === null ? 'NOT within the limit' : `${(recoveredMs / 1000).toFixed(0)} s`} after its return; ` +
      `worst 10 s ${after.worst10s}, worst hour ${after.worstHour}, 429 ${after.byStatus['429'] ?? 0}`,
  );
  for (const blank of blanks.slice(0, 5)) console.log(`  ${blank}`);
  const isGood = blanks.length + empty + ended === 0 && told === seen.size && recoveredMs !== null;
  process.exitCode = isGood ? 0 : 1;
} finally {
  await demo.stop();
}
process.exit();
