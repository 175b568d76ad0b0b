import { toInvalid } from '@/lib/sandbox/api/api-error';
import { toShown } from '@/lib/sandbox/api/shown';
import type { Row } from '@/lib/sandbox/state/row';

const DEFAULT_PER_PAGE = 20;
const MOST_PER_PAGE = 200;

export interface PageAsked {
  readonly page: number;
  readonly perPage: number;
}

/** `page` counts from 1; `perPage=-1` means the maximum, 200, and so does anything above it. */
export function toPageAsked(page: unknown, perPage: unknown): PageAsked {
  const rows = toInteger('perPage', perPage, DEFAULT_PER_PAGE);
  if (rows === 0 || rows < -1) throw toInvalid("'perPage': must be -1 or greater than 0");
  const number = toInteger('page', page, 1);
  if (number < 1) throw toInvalid("'page': must be greater than 0");
  return { page: number, perPage: rows === -1 ? MOST_PER_PAGE : Math.min(rows, MOST_PER_PAGE) };
}

/** One page as a bare array, with the number of pages in the header `X-Pagination-Page-Count`. */
export function answerPage(
  rows: readonly Row[],
  { page, perPage }: PageAsked,
  show: (row: Row) => Row,
): Response {
  const pages = Math.ceil(rows.length / perPage);
  return Response.json(rows.slice((page - 1) * perPage, page * perPage).map(show), {
    headers: { 'X-Pagination-Page-Count': String(pages) },
  });
}

function toInteger(name: string, value: unknown, otherwise: number): number {
  if (value === undefined || value === null || value === '') return otherwise;
  const text = toShown(value);
  if (!/^-?\d{1,9}$/.test(text)) throw toInvalid(`'${name}': must be a whole number`);
  return Number(text);
}
