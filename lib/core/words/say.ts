/** Makes a phrase whose key must exist, and reads one as plain text (announcements, titles, the clipboard). */
import { createTranslator } from 'use-intl/core';
import { messagesFor, type MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';

export const say = (key: MessageKey, values?: Phrase['values']): Phrase =>
  values ? { key, values } : { key };

const asText = (chunks: string): string => chunks;

/** The tags a message may carry: `fig` sets a figure in bold, `bdi` isolates a name. No value may have such a name. */
export const PLAIN_TAGS = { fig: asText, bdi: asText };

export type PlainWords = (phrase: Phrase) => string;

export function createPlainWords(locale: string): PlainWords {
  const translate = createTranslator({
    locale,
    messages: messagesFor(locale),
    onError: (error) => {
      throw error;
    },
  });
  return ({ key, values }) => translate.markup(key as MessageKey, { ...values, ...PLAIN_TAGS });
}
