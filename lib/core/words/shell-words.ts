/**
 * The text of the shell (`npx verdict`), apart from that of the pages: no browser loads it.
 */
import { createTranslator } from 'use-intl/core';
import shell from '@/lib/core/words/messages/en/shell.json';

/** English until there is a second folder. A missing key or value throws. */
export const createShellWords = (locale: string) =>
  createTranslator({
    locale,
    messages: shell,
    onError: (error) => {
      throw error;
    },
  });

export type ShellWords = ReturnType<typeof createShellWords>;
