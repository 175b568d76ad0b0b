const MOST = 48;

/**
 * A name as part of a file name on any system: letters, digits, dot, dash and underscore, never a path, never a dot at
 * its ends. What has no such letter becomes `otherwise`.
 */
export function toSafeName(name: string, otherwise: string): string {
  const safe = [...name.normalize('NFC').replace(/[^\p{Letter}\p{Number}._]+/gu, '-')]
    .slice(0, MOST)
    .join('')
    .replace(/-{2,}/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '');
  return safe === '' ? otherwise : safe;
}
