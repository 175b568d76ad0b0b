/** Names are as long as their owners like; the verb after a name must stay in sight. */
import type { Phrase } from '@/lib/core/words/phrase';

const NAMES = ['name', 'names', 'reference'] as const;
const ISOLATE = '\u2068';
const END_ISOLATE = '\u2069';

/** The same phrase with its names cut to `limit` characters as a reader counts them. */
export function withShortNames(phrase: Phrase, limit: number): Phrase {
  if (!phrase.values) return phrase;
  const values: Record<string, string | number> = { ...phrase.values };
  for (const key of NAMES) {
    const value = values[key];
    if (typeof value === 'string')
      values[key] = shorten(value, key === 'names' ? limit * 2 : limit);
  }
  return { key: phrase.key, values };
}

function shorten(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const characters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  if (characters.length <= limit) return name;
  const cut = `${characters
    .slice(0, limit - 1)
    .join('')
    .trimEnd()}…`;
  const isOpen = cut.split(ISOLATE).length > cut.split(END_ISOLATE).length;
  return isOpen ? `${cut}${END_ISOLATE}` : cut;
}
