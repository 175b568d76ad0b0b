import 'server-only';

/** Parts of the API that fail apart from each other: the results back end has its own faults. */
export const ENDPOINTS = ['token', 'lists', 'results'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

export const toEndpoint = (path: string): Endpoint =>
  path.startsWith('/oauth/')
    ? 'token'
    : /(^|\/)results(\/share)?$/.test(path)
      ? 'results'
      : 'lists';
