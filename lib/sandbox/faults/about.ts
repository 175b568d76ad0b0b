import { toPathPattern } from '@/lib/sandbox/api/path-pattern';
import { KINDS } from '@/lib/sandbox/state/kind';
import type { Fault } from './fault';
import type { RequestClass } from './kinds/field';

/** What a request is about, as far as faults care. */
export interface About {
  /** Undefined for what the API does not know. */
  readonly requestClass: RequestClass | undefined;
  /** Without version and ids: `/experiments/{id}/results`. */
  readonly path: string;
  readonly experimentId: number | undefined;
}

const LISTS = KINDS.map((kind) => `/${kind}`);
const RESULTS = ['/experiments/{id}/results', '/feature-flags/{id}/results'];

/** `experimentOf` tells whose job a data code is. */
export function toAbout(
  request: Request,
  experimentOf: (dataCode: string) => number | undefined,
): About {
  const { pathname, searchParams } = new URL(request.url);
  const path = toPathPattern(pathname);
  if (path === '/results') {
    const experimentId = experimentOf(searchParams.get('dataCode') ?? '');
    return { requestClass: 'poll', path, experimentId };
  }
  const id = /\/experiments\/(?:simulate\/|restart\/)?(\d+)(\/|$)/.exec(pathname)?.[1];
  const experimentId = id === undefined ? undefined : Number(id);
  return { requestClass: toClass(path), path, experimentId };
}

function toClass(path: string): RequestClass | undefined {
  if (path === '/oauth/token') return 'token';
  if (RESULTS.includes(path)) return 'results';
  if (LISTS.includes(path.replace(/\/search$/, ''))) return 'lists';
  return LISTS.some((list) => path.startsWith(`${list}/`)) ? 'objects' : undefined;
}

/** Whether a fault is meant for this request; time and chance are another matter. */
export function isAimedAt(fault: Fault, about: About): boolean {
  if (fault.on !== 'all' && fault.on !== about.requestClass) return false;
  if (fault.experimentId !== undefined && fault.experimentId !== about.experimentId) return false;
  return fault.path === undefined || toPattern(fault.path).test(about.path);
}

function toPattern(path: string): RegExp {
  const escaped = path.split('*').map((part) => part.replace(/[.{}()[\]+?^$|\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
