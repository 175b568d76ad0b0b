/** Text and figures of the page on the method, made by the server. */
import { createTranslator } from 'use-intl/core';
import { formatsFor, type Formats } from '@/lib/core/words/formats';
import { methodMessagesFor } from '@/lib/core/words/method-messages';

const translatorFor = (locale: string) =>
  createTranslator({
    locale,
    messages: methodMessagesFor(locale),
    onError: (error) => {
      throw error;
    },
  });

export function createMethodWords(locale: string) {
  const t = translatorFor(locale);
  return { t, figures: createMethodFigures(formatsFor(locale, 'UTC'), t) };
}

export type MethodWords = ReturnType<typeof createMethodWords>;

const NO_BREAK = '\u00a0';

function createMethodFigures(formats: Formats, t: ReturnType<typeof translatorFor>) {
  /** None and all of the experiments are told as such; what only rounds to them is not. */
  const share =
    (step: number, format: (share: number) => string) =>
    (value: number): string => {
      if (value === 0) return t('share.none');
      if (value === 1) return t('share.all');
      if (value < step / 2) return `<${format(step)}`;
      return value > 1 - step / 2 ? `>${format(1 - step)}` : format(value);
    };
  return {
    count: formats.count,
    lift: formats.signedPercent,
    /** A share of experiments, one decimal. */
    share: share(0.001, formats.percent),
    /** One that is seldom and counts for much: two decimals. */
    rare: share(0.0001, formats.rarePercent),
    /** A rate as short as it can be: "0.1%", "5%". */
    rate: formats.limit,
    /** "50 / 50". */
    split: (weights: readonly number[]): string =>
      weights.map((weight) => formats.count(weight * 100)).join(`${NO_BREAK}/${NO_BREAK}`),
  };
}
