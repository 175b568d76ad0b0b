import { useLocale, useTimeZone } from 'use-intl';
import { formatsFor, type Formats } from '@/lib/core/words/formats';

/** Numbers and dates in the language and zone of the page. */
export function useFormats(): Formats {
  const locale = useLocale();
  const timeZone = useTimeZone();
  return formatsFor(locale, timeZone ?? 'UTC');
}
