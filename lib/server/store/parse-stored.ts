import 'server-only';

/**
 * JSON that this house wrote itself. Text that no longer parses (a damaged row) is as good as absent:
 * everything in the store can be read again upstream, so it must never keep a page from showing the rest.
 */
export function parseStored<T>(text: string): T | undefined {
  try {
    // Only our own repositories write these columns, with values of type T; migrations change the shape.
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
