import 'server-only';

/** What a disk can do to us: each passes by itself or by an operator's hand, none is a fault of the program. */
export type StorageFault = 'full' | 'read-only' | 'busy' | 'corrupt' | 'failing';

/** Beginnings of the codes of Node and of SQLite, whose extended codes only go on (`SQLITE_IOERR_WRITE`). */
const CODES: Readonly<Record<StorageFault, readonly string[]>> = {
  full: ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'],
  'read-only': ['EROFS', 'SQLITE_READONLY'],
  busy: ['SQLITE_BUSY', 'SQLITE_LOCKED'],
  corrupt: ['SQLITE_CORRUPT', 'SQLITE_NOTADB'],
  failing: [
    'EIO',
    'ESTALE',
    'ENODEV',
    'ENXIO',
    'EMFILE',
    'ENFILE',
    'SQLITE_IOERR',
    'SQLITE_CANTOPEN',
    'SQLITE_PROTOCOL',
  ],
};
const FAULTS = Object.entries(CODES) as [StorageFault, readonly string[]][];

/** The driver gives no code when it cannot open a file at all. */
const CANNOT_OPEN = 'ConnectionFailed';

/** What the disk did, looked for in the error and in what caused it; null when the error is none of the disk's. */
export function toStorageFault(error: unknown): StorageFault | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  const found = FAULTS.find(([, codes]) => codes.some((begin) => code.startsWith(begin)));
  if (found) return found[0];
  if (error.message.startsWith(CANNOT_OPEN)) return 'failing';
  return toStorageFault(error.cause);
}
