import { connect } from '@/lib/cli/verdict/connect';
import { runVerdict } from '@/lib/cli/verdict/run';
import { systemClock } from '@/lib/server/services/system-clock';

/** `npx verdict …`: docs/shell.md. The process hands its environment to the connection, which is where it is read. */
const stop = new AbortController();
/** One Ctrl-C may come twice: from the terminal, and passed on by the process that started us. */
const SAME_MS = 500;
let askedMs: number | null = null;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => {
    // Whoever asks twice does not want to wait for what is under way.
    if (askedMs !== null && systemClock.monotonicMs() - askedMs > SAME_MS) process.exit(130);
    askedMs ??= systemClock.monotonicMs();
    stop.abort();
  });
// Whoever reads us may stop reading: `verdict … | head`.
process.stdout.on('error', () => process.exit(0));

const code = await runVerdict(process.argv.slice(2), {
  env: process.env,
  folder: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isOutTerminal: process.stdout.isTTY === true,
  isErrTerminal: process.stderr.isTTY === true,
  clock: systemClock,
  signal: stop.signal,
  connect,
});
// Kept connections would hold the process; what was written goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
