import 'server-only';

export type BasePath =
  | { readonly ok: true; readonly basePath: string }
  | { readonly ok: false; readonly fault: string; readonly fix: string };

/** Letters, digits and `-._~` need no escaping anywhere; a segment of dots alone would climb. */
const SEGMENTS = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9\-._~]+)+$/;
const MAX_LENGTH = 100;

/** Checks the path under which everything is served: '' (the root) or a form such as `/verdict`. */
export function readBasePath(text: string | undefined): BasePath {
  if (text === undefined) return { ok: true, basePath: '' };
  const fix = 'use a form such as /verdict, or leave it empty to serve at the root';
  if (!text.startsWith('/')) return { ok: false, fault: 'does not begin with a slash', fix };
  if (text.endsWith('/')) return { ok: false, fault: 'ends with a slash', fix };
  if (text.length > MAX_LENGTH || !SEGMENTS.test(text))
    return { ok: false, fault: 'holds more than letters, digits and -._~ between slashes', fix };
  return { ok: true, basePath: text };
}
