/** Starts a worker thread in TypeScript: `--import tsx` does not reach the entry of a thread on Node 20. */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
