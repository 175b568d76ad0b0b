/** What the menu does, loaded when it is opened: each answers what it saved or copied. */
import { toSentence, toStatement } from '@/components/experiment/take-away/as-sentence';
import { paintPicture } from '@/components/experiment/take-away/paint-picture';
import { saveFile, toFileName } from '@/components/experiment/take-away/save-file';
import { toCurveCsv, toFiguresCsv } from '@/components/experiment/take-away/take-away-csv';
import { toPicture } from '@/components/experiment/take-away/to-picture';
import type { PictureInput } from '@/components/experiment/take-away/to-picture';
import { toTakeAway } from '@/components/experiment/take-away/to-take-away';

export type TakeAwayInput = Omit<PictureInput, 'statement'>;
export type FileKind = 'figures' | 'curve' | 'json' | 'picture';

/** Rejects when nothing was saved. */
export async function saveAs(kind: FileKind, given: TakeAwayInput): Promise<string> {
  const input = { ...given, statement: toStatement(given) };
  const { experiment, freshness } = input.reading;
  const file = toFileName(experiment, freshness.asOfMs ?? input.nowMs, ENDING[kind]);
  saveFile(file, await toBlob(kind, input));
  return file;
}

const ENDING: Readonly<Record<FileKind, string>> = {
  figures: '-figures.csv',
  curve: '-curve.csv',
  json: '.json',
  picture: '.png',
};

async function toBlob(kind: FileKind, input: PictureInput): Promise<Blob> {
  if (kind === 'picture') return paintPicture(toPicture(input));
  const taken = toTakeAway(input);
  const csv = (text: string) => new Blob([text], { type: 'text/csv;charset=utf-8' });
  if (kind === 'figures') return csv(toFiguresCsv(taken, input.plain));
  if (kind === 'curve') return csv(toCurveCsv(taken, input.plain));
  return new Blob([`${JSON.stringify(taken, null, 2)}\n`], { type: 'application/json' });
}

export const sentenceOf = (input: TakeAwayInput): string => toSentence(input);
