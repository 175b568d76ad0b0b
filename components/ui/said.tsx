'use client';

/** Says a phrase: figures in bold, names isolated so that they cannot turn or mark up the words around them. */
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageKey } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { PLAIN_TAGS } from '@/lib/core/words/say';

const TAGS = {
  fig: (chunks: ReactNode) => <strong>{chunks}</strong>,
  bdi: (chunks: ReactNode) => <bdi>{chunks}</bdi>,
};

export function Said({ phrase }: { readonly phrase: Phrase }) {
  const translate = useTranslations();
  return <>{translate.rich(phrase.key as MessageKey, { ...phrase.values, ...TAGS })}</>;
}

/** The same as plain text: for attributes, titles and announcements. */
export function usePlainWords(): (phrase: Phrase) => string {
  const translate = useTranslations();
  return ({ key, values }) => translate.markup(key as MessageKey, { ...values, ...PLAIN_TAGS });
}
