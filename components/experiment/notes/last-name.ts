/** The name somebody typed last in this browser, so that it need not be typed each time. Storage may be blocked. */
const KEY = 'verdict.name';

export function lastName(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // It is typed again next time.
  }
}
