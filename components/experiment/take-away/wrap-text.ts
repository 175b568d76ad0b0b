/** Width in pixels of a text at a size; weight is 400 or 600. */
export type MeasureText = (text: string, size: number, weight: number) => number;

export interface TextStyle {
  readonly size: number;
  readonly weight: number;
}

/** Breaks a text into lines of at most `width` pixels, at spaces where it can; the last of `most` lines is cut. */
export function wrapText(
  text: string,
  { size, weight }: TextStyle,
  width: number,
  measure: MeasureText,
  most = 3,
): readonly string[] {
  const fits = (line: string): boolean => measure(line, size, weight) <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((each) => breakLong(each, fits))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  return [...kept.slice(0, -1), cut(kept.at(-1) ?? '', fits)];
}

/** As much of a text as fits, with the sign that there is more. */
export function cut(text: string, fits: (line: string) => boolean): string {
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  while (letters.length > 0 && !fits(`${letters.join('')}…`)) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** A word longer than a line, such as an address, is broken anywhere. */
function breakLong(word: string, fits: (line: string) => boolean): readonly string[] {
  if (word === '' || fits(word)) return word === '' ? [] : [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (part !== '' && !fits(part + segment)) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return part === '' ? parts : [...parts, part];
}
