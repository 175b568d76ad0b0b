import { toInvalid } from '@/lib/sandbox/api/api-error';
import type { Row } from '@/lib/sandbox/state/row';

/** The page of an experiment with the simulation panel asked for; 400 while a draft has no page. */
export function toSimulation(row: Row): string {
  const baseUrl = row['baseURL'];
  if (typeof baseUrl !== 'string') throw toInvalid("'baseURL': must not be null");
  return withPanel(baseUrl, `kameleoon-experiment-id=${String(row['id'])}`);
}

/** A page with the panel for what `id` names, as `kameleoon-experiment-id=188401`. */
export function withPanel(url: string, id: string): string {
  const [page = '', ...anchor] = url.split('#');
  const query = `${id}&kameleoon-simulation=true&kameleoon-language=en`;
  const asked = `${page}${page.includes('?') ? '&' : '?'}${query}`;
  return anchor.length === 0 ? asked : `${asked}#${anchor.join('#')}`;
}
