import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The text of a file, or of standard input for `-` and for no name. npm runs us in the package's folder and leaves the
 * caller's in INIT_CWD: a relative name means that one first. Throws what the file system throws.
 */
export function readNamed(name: string | null): string {
  if (name === null || name === '-') return readFileSync(0, 'utf8');
  const folders = [process.env.INIT_CWD ?? process.cwd(), process.cwd()];
  const [first, second] = folders.map((folder) => resolve(folder, name));
  try {
    return readFileSync(first ?? name, 'utf8');
  } catch (cause) {
    if (second === undefined || second === first) throw cause;
    try {
      return readFileSync(second, 'utf8');
    } catch {
      throw cause;
    }
  }
}
