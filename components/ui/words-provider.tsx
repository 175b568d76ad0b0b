'use client';

/** Language and time zone of everything inside. Messages are part of the script, not of every page's HTML. */
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { messagesFor } from '@/lib/core/words/messages';

interface WordsProviderProps {
  readonly locale: string;
  readonly timeZone: string;
  readonly children: ReactNode;
}

export function WordsProvider({ locale, timeZone, children }: WordsProviderProps) {
  return (
    <IntlProvider locale={locale} timeZone={timeZone} messages={messagesFor(locale)}>
      {children}
    </IntlProvider>
  );
}
