import { describe, expect, it } from 'vitest';
import { importGraph, sourceFiles, textOf } from './imports';

const files = sourceFiles();
const graph = importGraph(files);
const edges = [...graph].flatMap(([from, targets]) => targets.map((to) => ({ from, to })));

const within = (place: string) => (file: string) => file.startsWith(`${place}/`);

/** What a place may stand on. Anything else of ours is against the law. */
const FLOORS: readonly (readonly [place: string, mayImport: readonly string[]])[] = [
  ['lib/core', ['lib/core']],
  ['lib/server', ['lib/server', 'lib/core']],
  ['lib/client', ['lib/client', 'lib/core']],
  ['lib/sandbox', ['lib/sandbox']],
  ['lib/process', ['lib/process', 'lib/server', 'lib/core']],
  ['lib/cli', ['lib/cli', 'lib/server', 'lib/core']],
  ['components/ui', ['components/ui', 'lib/core']],
  ['components/charts', ['components/charts', 'components/ui', 'lib/core']],
  [
    'components/experiment',
    ['components/experiment', 'components/charts', 'components/ui', 'lib/client', 'lib/core'],
  ],
  ['components/method', ['components/method', 'components/ui', 'lib/core']],
  ['app', ['app', 'components', 'lib/server', 'lib/client', 'lib/core']],
];

describe('the one-way law', () => {
  it('sees the house it judges', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(edges.length).toBeGreaterThan(100);
  });

  it.each(FLOORS)('%s imports only what lies below it', (place, mayImport) => {
    const against = edges.filter(
      ({ from, to }) => within(place)(from) && !mayImport.some((allowed) => within(allowed)(to)),
    );
    expect(against).toEqual([]);
  });

  it('leaves no file outside the floors', () => {
    expect(files.filter((file) => !FLOORS.some(([place]) => within(place)(file)))).toEqual([]);
  });

  it('has no circle', () => {
    expect(findCircle(graph)).toBeNull();
  });

  it('keeps server code out of bundles', () => {
    const unguarded = files.filter(
      (file) =>
        within('lib/server')(file) &&
        !isTypesOnly(file) &&
        !textOf(file).includes("import 'server-only'"),
    );
    expect(unguarded).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = files.filter(
      (file) => /process\.env\b/.test(textOf(file)) && !within('lib/sandbox')(file),
    );
    expect(readers.every((file) => ALLOWED_ENV_READERS.includes(file))).toBe(true);
  });

  it('asks no room for the time of day', () => {
    const rooms = files.filter((file) => within('lib/core')(file) || within('lib/server')(file));
    const askers = rooms.filter((file) => /Date\.now\(\)|performance\.now\(\)/.test(textOf(file)));
    expect(askers).toEqual(['lib/server/services/system-clock.ts']);
  });
});

/** The process hands its environment to `readConfig`, which is where it is read. */
const ALLOWED_ENV_READERS = [
  'lib/process/main.ts',
  'lib/server/services/services.ts',
  'lib/server/config/read-config.ts',
  // npm leaves the caller's folder in INIT_CWD, by which a relative file name is meant.
  'lib/cli/read-named.ts',
  'lib/cli/verdict.ts',
  // No environment there: the build writes the value in its place.
  'lib/client/base-path.ts',
];

/** A file of types alone leaves nothing behind when it is compiled. */
const isTypesOnly = (file: string): boolean =>
  !/^(export )?(const|let|function|class|async function|enum)\b/m.test(textOf(file));

function findCircle(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target);
      if (circle) return circle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return null;
}
