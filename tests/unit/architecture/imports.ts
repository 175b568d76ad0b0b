import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PLACES = ['app', 'components', 'lib'];

/** Every source file of the product, relative to the root. */
export const sourceFiles = (): string[] =>
  PLACES.flatMap((place) =>
    readdirSync(join(ROOT, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  );

export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** file -> files of the product it imports (types included: a type also couples). */
export function importGraph(files: readonly string[]): Map<string, string[]> {
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      file,
      ts
        .preProcessFile(textOf(file), true, true)
        .importedFiles.map(({ fileName }) => resolveImport(file, fileName, known))
        .filter((target): target is string => target !== null),
    ]),
  );
}

function resolveImport(from: string, name: string, known: ReadonlySet<string>): string | null {
  if (!name.startsWith('@/') && !name.startsWith('.')) return null;
  const base = name.startsWith('@/')
    ? name.slice(2)
    : relative(ROOT, resolve(ROOT, dirname(from), name));
  return (
    [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((file) => known.has(file)) ?? null
  );
}
