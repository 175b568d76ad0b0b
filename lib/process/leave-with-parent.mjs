/**
 * Preloaded into the demo's processes (`node --import`): their standard input is a pipe from the demo, which ends when
 * the demo does, in whatever way. Then there is nobody left who could stop them, so they leave by themselves.
 */
const LEAVE_MS = 6_000;

process.stdin.on('error', () => undefined);
process.stdin.once('close', () => {
  setTimeout(() => process.exit(1), LEAVE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.stdin.resume();
// Waiting for its end must not keep a process that is done.
if ('unref' in process.stdin) process.stdin.unref();
