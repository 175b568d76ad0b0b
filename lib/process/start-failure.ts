import { isProblemError } from '@/lib/core/problem/problem';
import type { Config } from '@/lib/server/config/read-config';

/** One line an operator can act on; a stack trace helps only the people who wrote this. */
export function describeStartFailure(error: unknown, config: Pick<Config, 'port'>): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE')
    return `Verdict cannot start: port ${config.port} is taken. Stop what listens there, or set PORT to another.`;
  if (code === 'EACCES')
    return `Verdict cannot start: port ${config.port} needs more rights. Set PORT to one above 1023.`;
  if (isProblemError(error)) return `Verdict cannot start: ${error.problem.detail}`;
  if (error instanceof Error && error.message.includes('production build'))
    return 'Verdict cannot start: it is not built yet. Run: npm run build';
  return `Verdict cannot start: ${error instanceof Error ? error.message : String(error)}`;
}
