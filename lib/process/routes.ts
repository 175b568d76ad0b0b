import type { RequestHandler } from '@/lib/process/server';

export interface RoutesOptions {
  /** '' or a path such as '/verdict', under which the whole app lives. */
  readonly basePath: string;
  /** What this process answers itself, by path without the base path. */
  readonly own: Readonly<Record<string, RequestHandler>>;
  readonly next: RequestHandler;
}

/** Our own few paths, exactly as written; every other request is for Next, which knows the base path too. */
export function createRoutes({ basePath, own, next }: RoutesOptions): RequestHandler {
  const handlers = new Map(
    Object.entries(own).map(([path, handler]) => [basePath + path, handler]),
  );
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    return (handlers.get(path) ?? next)(request, response);
  };
}
