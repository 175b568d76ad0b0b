import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Disk } from '@/lib/cli/verdict/code/disk';
import { InputFault } from '@/lib/cli/verdict/fault';

/** What the platform held when it was last pulled or pushed: by its hash, drift is told from one's own work. */
export const LOCK_FILE = 'verdict.lock.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const part = z.object({ path: z.string().min(1), sha256: hash }).strict();
const lockForm = z
  .object({
    version: z.literal(1),
    variations: z.record(
      z.string().regex(/^\d{1,19}$/),
      z.object({ js: part.nullable(), css: part.nullable() }).strict(),
    ),
  })
  .strict();

/** A file of code, and the SHA-256 of the platform's last known code (UTF-8). */
export type LockedPart = z.infer<typeof part>;
export type Locked = { readonly js: LockedPart | null; readonly css: LockedPart | null };
export interface Lock {
  readonly version: 1;
  readonly variations: Readonly<Record<string, Locked>>;
}

export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

export function readLock(disk: Disk): Lock {
  const bytes = disk.read(LOCK_FILE);
  if (bytes === null) return { version: 1, variations: {} };
  let value: unknown = null;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Told below.
  }
  const parsed = lockForm.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new InputFault(
      `${LOCK_FILE}: cannot be read${where === '' ? '' : ` at ${where}`}; mend it, or remove it and pull again`,
    );
  }
  return parsed.data;
}

/** Ids in order, so that its differences in Git are those of the code. */
export function writeLock(disk: Disk, { version, variations }: Lock): void {
  const ordered = Object.entries(variations).toSorted(([a], [b]) =>
    BigInt(a) < BigInt(b) ? -1 : 1,
  );
  const text = JSON.stringify({ version, variations: Object.fromEntries(ordered) }, null, 2);
  disk.write(LOCK_FILE, new TextEncoder().encode(`${text}\n`));
}

export const withLocked = (lock: Lock, id: string, locked: Locked): Lock => ({
  ...lock,
  variations: { ...lock.variations, [id]: locked },
});
