import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The path that the build in `.next` was made for, '' at the root; null where there is no build (the start will say so). */
export function builtBasePath(dir: string): string | null {
  try {
    const text = readFileSync(join(dir, '.next', 'routes-manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as { readonly basePath?: unknown };
    return typeof manifest.basePath === 'string' ? manifest.basePath : null;
  } catch {
    return null;
  }
}

/** One line for an operator; null when the build fits. Pages name their scripts by the path they were built for. */
export function findBasePathFault(basePath: string, built: string | null): string | null {
  if (built === null || built === basePath) return null;
  const say = (path: string): string => (path === '' ? 'the root' : path);
  return `Verdict cannot start: it is built for ${say(built)}, and BASE_PATH says ${say(basePath)}. Run: npm run build`;
}
