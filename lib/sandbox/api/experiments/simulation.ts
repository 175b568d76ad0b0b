import { toInvalid } from '@/lib/sandbox/api/api-error';
import type { Row } from '@/lib/sandbox/state/row';

/** The page of an experiment with the simulation panel asked for; 400 while a draft has no page. */
export function toSimulation(row: Row): string {
  const baseUrl = row['baseURL'];
  if (typeof baseUrl !== 'string') throw toInvalid("'baseURL': must not be null");
  const [page = '', ...anchor] = baseUrl.split('#');
  const query = `kameleoon-experiment-id=${String(row['id'])}&kameleoon-simulation=true&kameleoon-language=en`;
  const url = `${page}${page.includes('?') ? '&' : '?'}${query}`;
  return anchor.length === 0 ? url : `${url}#${anchor.join('#')}`;
}
