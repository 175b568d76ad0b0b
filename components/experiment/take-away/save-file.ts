/** Hands a file to the browser's downloads. */
export function saveFile(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * A name that every file system takes: of the experiment's only letters and digits, then its id and the moment of the
 * data. Example: `verdict-quote-funnel-188400-2026-05-19-0959.csv`.
 */
export function toFileName(
  experiment: { readonly name: string; readonly id: string },
  asOfMs: number,
  ending: string,
): string {
  const name = experiment.name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const moment = new Date(asOfMs).toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  return ['verdict', name, experiment.id, moment].filter(Boolean).join('-') + ending;
}
