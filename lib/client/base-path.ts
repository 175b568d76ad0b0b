/**
 * The path under which the app is served, '' at the root; written into the bundle when it is built. `Link` and the router
 * add it by themselves, what we fetch or put into the address bar does not.
 */
export const BASE_PATH: string = process.env.NEXT_PUBLIC_BASE_PATH ?? '';

/** A path of ours (`/api/…`) as the browser has to ask for it. */
export const withBasePath = (path: string): string => `${BASE_PATH}${path}`;
