const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a name to so many letters, never through one, with an ellipsis. Example: ("Original", 5) gives "Orig…". */
export function truncate(name: string, longest: number): string {
  const parts = [...letters.segment(name)].map(({ segment }) => segment);
  if (parts.length <= longest) return name;
  return `${parts
    .slice(0, longest - 1)
    .join('')
    .trimEnd()}…`;
}
