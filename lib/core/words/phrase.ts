/** A message key with its values: a sentence before it has a language. Values are already formatted for the locale. */
export interface Phrase {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}
