import 'server-only';
import type { ConfigFault } from '@/lib/server/config/config-fault';

/** What an operator reads when the process refuses to start: every fault with its fix, one a line. */
export const describeFaults = (faults: readonly ConfigFault[]): string =>
  [
    `Verdict cannot start: ${faults.length === 1 ? '1 setting is' : `${faults.length} settings are`} wrong.`,
    ...faults.map(({ variable, fault, fix }) => `  ${variable} ${fault}; ${fix}.`),
    'Every setting is explained in .env.example. To try Verdict without an account: npm run demo',
  ].join('\n');
