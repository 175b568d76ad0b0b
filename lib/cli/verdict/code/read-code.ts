import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';

/** Code of a page is a few kilobytes; what is larger is another file. */
const MAX_BYTES = 4 * 1024 * 1024;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of a file as text, exactly: a BOM, CRLF and the last line's end stay. What is not UTF-8 is refused. */
export function decodeCode(bytes: Uint8Array, file: string): string {
  if (bytes.length > MAX_BYTES)
    throw new InputFault(
      `${plain(file)}: too large for code (${bytes.length} bytes, at most ${MAX_BYTES})`,
    );
  try {
    return STRICT.decode(bytes);
  } catch {
    throw new InputFault(`${plain(file)}: not UTF-8, so it could not be sent unchanged`);
  }
}

/** A file that was named; relative to the caller's folder. */
export function readCode(folder: string, file: string): string {
  return decodeCode(readNamedFile(folder, file), file);
}

export function readNamedFile(folder: string, file: string): Uint8Array {
  try {
    return readFileSync(resolve(folder, file));
  } catch (error) {
    throw new InputFault(`${plain(file)}: ${toReason(error)}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no right to read it',
  EISDIR: 'is a folder',
};

export function toReason(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  return REASONS[code] ?? `cannot be used (${code})`;
}
