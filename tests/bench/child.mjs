/** A process of a measurement: asked by messages, one answer each, gone with us. */
import { execFileSync, spawn } from 'node:child_process';
import { ROOT } from '../../lib/process/prepare.mjs';

/** Raises the soft limit of open files to the hard one; every stream is one. */
const AS_MANY_FILES = 'ulimit -n "$(ulimit -Hn)" 2>/dev/null; exec "$0" "$@"';

/** @returns {number} how many files one process may open */
export function fileLimit() {
  const said = execFileSync('sh', ['-c', 'ulimit -Hn']).toString().trim();
  return said === 'unlimited' ? Infinity : Number(said);
}

/** @param {readonly string[]} args of node @returns resolves with its first message, and a way to ask it more */
export async function startChild(args) {
  const child = spawn('sh', ['-c', AS_MANY_FILES, process.execPath, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = () =>
    new Promise((resolve, reject) => {
      const onExit = (code) => reject(new Error(`${args.at(-1)} ended with exit code ${code}`));
      child.once('exit', onExit);
      child.once('message', (message) => {
        child.off('exit', onExit);
        resolve(message);
      });
    });
  const hello = await answer();
  return {
    hello,
    pid: child.pid,
    ask(order) {
      const answered = answer();
      child.send(order);
      return answered;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGKILL');
      }),
  };
}
