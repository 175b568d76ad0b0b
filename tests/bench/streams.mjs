/**
 * `npm run bench:streams`: 500, 2,000 and 5,000 streams of our server beside a plain node:http server with as many, in
 * the same minutes: they take turns of four events each, so that a busy machine is busy for both, and the
 * middle turn counts, so that one bad moment of the machine does not. Then 2,000 streams of a
 * whole demo. About five minutes. Ends with 1 when p99 is more than three times the plain server's, or a stream costs
 * more than 60 KB at 2,000.
 */
import { build, install } from '../../lib/process/prepare.mjs';
import { fileLimit, startChild } from './child.mjs';
import { median, quantile, sleep, startDemo, whenAllRead } from './demo-run.mjs';
import { readFigures } from './figures.mjs';

const SIZES = [500, 2_000, 5_000];
const TURNS = 7;
/** Four events of 1.1 s, and time for the last to arrive. */
const TURN_MS = 4 * 1_100 + 800;
const MAX_RATIO = 3;
const MAX_KB = 60;
const DEMO_STREAMS = 2_000;

const ms = (micros) => `${(micros / 1000).toFixed(1)} ms`;
const kb = (bytes) => bytes / 1024;
const mb = (bytes) => (bytes / 1024 / 1024).toFixed(0);

async function start(kind, size) {
  const node = [
    '--expose-gc',
    '--conditions=react-server',
    '--import',
    'tsx',
    'tests/bench/streams-server.ts',
  ];
  const server = await startChild([...node, kind]);
  const viewers = await startChild(['tests/bench/streams-viewers.mjs']);
  await sleep(500);
  const before = await server.ask('rest');
  const order = { open: size, port: server.hello.port, path: '/api/live?q=1', isStamped: true };
  const { opened } = await viewers.ask(order);
  if (opened !== size) throw new Error(`${kind}: ${opened} of ${size} streams opened`);
  await viewers.ask({ reset: true });
  return {
    kind,
    size,
    server,
    viewers,
    before,
    p50s: [],
    p99s: [],
    deliveries: 0,
    cpuMicros: 0,
    wallMicros: 0,
    lost: 0,
  };
}

async function takeTurn(run) {
  const startedAtMs = performance.now();
  const first = await run.server.ask('publish');
  await sleep(TURN_MS);
  run.after = await run.server.ask('rest');
  run.wallMicros += (performance.now() - startedAtMs) * 1000;
  run.cpuMicros += run.after.cpuMicros - first.cpuMicros;
  const { delays, closed } = await run.viewers.ask({ collect: true });
  run.deliveries += delays.length;
  run.p50s.push(quantile(delays, 0.5));
  run.p99s.push(quantile(delays, 0.99));
  run.lost = closed;
}

function tell(run) {
  const { kind, size, deliveries, after, before } = run;
  const [p50, p99] = [median(run.p50s), median(run.p99s)];
  const perStream = kb(after.rss - before.rss) / size;
  const ofHeap = kb(after.heap - before.heap) / size;
  const cpu = (100 * run.cpuMicros) / run.wallMicros;
  console.log(
    `${String(size).padStart(5)} ${kind.padEnd(5)}  p50 ${ms(p50)}, p99 ${ms(p99)}; ${perStream.toFixed(0)} KB a stream (heap ${ofHeap.toFixed(0)}); ` +
      `CPU ${cpu.toFixed(0)} %; ${deliveries} deliveries, ${run.lost} lost`,
  );
  return { p99, perStream, isWhole: run.lost === 0 && deliveries >= size * TURNS * 3 };
}

async function compare(size) {
  const runs = [await start('ours', size), await start('plain', size)];
  try {
    for (let turn = 0; turn < TURNS; turn += 1) for (const run of runs) await takeTurn(run);
    const [ours, plain] = runs.map(tell);
    const ratio = ours.p99 / plain.p99;
    console.log(
      `${String(size).padStart(5)} ratio of p99: ${ratio.toFixed(2)} (at most ${MAX_RATIO})`,
    );
    const isSmall = size !== 2_000 || ours.perStream <= MAX_KB;
    return ratio <= MAX_RATIO && isSmall && ours.isWhole && plain.isWhole;
  } finally {
    for (const { server, viewers } of runs) await Promise.all([server.stop(), viewers.stop()]);
  }
}

/**
 * The process as it is run, Next, store and reader in it; its beats are timed from the first viewer that has them. Its
 * heap is compared by the least seen in half a minute, which is what is left after cleaning: the resident memory of a
 * process that has just started falls by more than the streams add, so that is told but not divided.
 */
async function measureDemo() {
  await install(console.log);
  await build(console.log);
  const demo = await startDemo();
  const viewers = await startChild(['tests/bench/streams-viewers.mjs']);
  try {
    const { experiments } = await whenAllRead(demo);
    const ids = experiments.filter(({ status }) => status === 'active').map(({ id }) => id);
    const path = `/api/live?experiments=${ids.slice(0, 3).join(',')}`;
    const before = await leastMemory(demo.app);
    const port = Number(new URL(demo.app).port);
    await viewers.ask({ open: DEMO_STREAMS, port, path });
    await viewers.ask({ reset: true });
    const after = await leastMemory(demo.app);
    const { delays, opened, closed } = await viewers.ask({ collect: true });
    const perStream = kb(after.heap - before.heap) / DEMO_STREAMS;
    console.log(
      `${DEMO_STREAMS} streams of the demo, three questions each: heap ${perStream.toFixed(0)} KB a stream, RSS ` +
        `${mb(before.rss)} -> ${mb(after.rss)} MB; beats p50 ${ms(quantile(delays, 0.5))}, ` +
        `p99 ${ms(quantile(delays, 0.99))} after the first viewer; ${opened - closed} open`,
    );
    return perStream <= MAX_KB && opened - closed === DEMO_STREAMS;
  } finally {
    await Promise.all([demo.stop(), viewers.stop()]);
  }
}

async function leastMemory(app) {
  const least = { heap: Infinity, rss: Infinity };
  for (let sample = 0; sample < 40; sample += 1) {
    const { heapBytes, externalBytes, rssBytes } = await readFigures(app);
    least.heap = Math.min(least.heap, heapBytes + externalBytes);
    least.rss = Math.min(least.rss, rssBytes);
    await sleep(1_000);
  }
  return least;
}

const limit = fileLimit();
const outcomes = [];
for (const size of SIZES) {
  if (limit < size + 100) {
    console.log(`${size}: only ${limit} files may be open here; raise it first: ulimit -Hn`);
    outcomes.push(false);
  } else outcomes.push(await compare(size));
}
outcomes.push(await measureDemo());
console.log(outcomes.every(Boolean) ? 'within all limits' : 'NOT within all limits');
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
