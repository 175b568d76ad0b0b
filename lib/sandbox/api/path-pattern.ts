/** A path without version and with ids named, such as `/experiments/{id}/results`. */
export function toPathPattern(path: string): string {
  return path.replace(/^\/v1(?=\/|$)/, '').replace(/\/\d+(?=\/|$)/g, '/{id}');
}
