/**
 * `npm run bench:arrival [tests]`: is the arrival range what it says? Simulated tests whose true effect is the planned
 * one (up or down by chance), with a weekly swing of +-40 %, nights, and counts by chance; looks every hour, decided by
 * the product's own rule. Asked on days 3, 8, 12 and 20 where undecided. 77 to 83 % must be decided within the range.
 */
import type { Coverage } from '@/tests/bench/arrival/coverage';
import { toCoverage } from '@/tests/bench/arrival/coverage';
import type { Ask } from '@/tests/bench/arrival/world';
import { runTest } from '@/tests/bench/arrival/world';
import { ASKED_ON, WORLDS } from '@/tests/bench/arrival/worlds';
import { createRandom, hashSeed } from '@/tests/bench/peeking/random';

const TESTS = Number(process.argv[2] ?? 2_000);
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`.padStart(7);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function row(name: string, { said, within, early, late, without }: Coverage): void {
  const cells = [within, early, late].map(percent).join(' ');
  print(`${name.padEnd(34)} ${String(said).padStart(6)} ${cells} ${String(without).padStart(7)}`);
}

print(`${TESTS} tests each${' '.repeat(24)}ranges  within   early    late without`);
const all: Ask[] = [];
let isWithin = true;
for (const world of WORLDS) {
  const asks = Array.from({ length: TESTS }, (_, i) =>
    runTest(world, ASKED_ON, createRandom(hashSeed(world.id, i))),
  ).flat();
  const coverage = toCoverage(asks);
  row(world.id, coverage);
  for (const day of ASKED_ON)
    row(`  day ${day}`, toCoverage(asks.filter((ask) => ask.day === day)));
  if (world.weights.length > 2) row('  the leader', toCoverage(asks.filter((ask) => ask.isLeader)));
  isWithin &&= coverage.within >= 0.77 && coverage.within <= 0.83;
  all.push(...asks);
}
row('all', toCoverage(all));
print(isWithin ? 'Every row of a world lies within 77 to 83 %.' : 'Out of 77 to 83 %.');
process.exitCode = isWithin ? 0 : 1;
