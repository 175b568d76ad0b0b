/** Which test file holds which fact, read from the files themselves: a run sees only what its mode runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Fact id to the names of the files that hold it, in every place where it is claimed. */
export function readClaims(): ReadonlyMap<string, readonly string[]> {
  const claims = new Map<string, string[]>();
  for (const file of readdirSync(FOLDER).toSorted())
    if (file.endsWith('.long.test.ts'))
      for (const [, id] of readFileSync(`${FOLDER}${file}`, 'utf8').matchAll(
        /\bfact\(\s*'([^']+)'/g,
      ))
        if (id) claims.set(id, [...(claims.get(id) ?? []), file]);
  return claims;
}
