/**
 * Asks a real account whether the facts hold, by reads alone: `npm run contract:live`, with KAMELEOON_CLIENT_ID and
 * KAMELEOON_CLIENT_SECRET. One file at a time, for all share the account's windows.
 */
import { spawn } from 'node:child_process';
import { readClaims } from './claims';
import { ALL_FACTS } from './facts/all';
import { runsLive } from './facts/fact';

const { KAMELEOON_CLIENT_ID: clientId, KAMELEOON_CLIENT_SECRET: clientSecret } = process.env;
if (!clientId || !clientSecret) {
  process.stderr.write('contract:live needs KAMELEOON_CLIENT_ID and KAMELEOON_CLIENT_SECRET.\n');
  process.exit(2);
}

const claims = readClaims();
const live = ALL_FACTS.filter(runsLive);
const files = new Set(live.flatMap(({ id }) => claims.get(id) ?? []));
process.stdout.write(`${live.length} facts in ${files.size} files, read-only.\n`);
const paths = [...files].toSorted().map((file) => `tests/contract/${file}`);
spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--no-file-parallelism',
    '--testTimeout=240000',
    '--hookTimeout=240000',
    ...paths,
  ],
  { stdio: 'inherit', env: { ...process.env, KAMELEOON_CONTRACT: 'live' } },
).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
