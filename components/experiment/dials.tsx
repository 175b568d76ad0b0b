'use client';

/** What is compared, as chips: only dials with a choice. A choice is an address, so it can be shared and undone. */
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { toDials } from '@/components/experiment/to-dials';
import { ChipSelect } from '@/components/ui/chip-select';
import { useFormats } from '@/components/ui/use-formats';
import { pagePath } from '@/lib/client/api';
import { keepView } from '@/lib/client/keep-view';
import type { Reading } from '@/lib/core/live/reading';
import styles from './dials.module.css';

export function Dials({ reading }: { readonly reading: Reading }) {
  const t = useTranslations('page.dials');
  const router = useRouter();
  const search = useSearchParams();
  const addressOf = (key: string): string => keepView(pagePath(key), search);
  const { dials, resetKey } = toDials(reading, useFormats(), {
    mainGoal: (goal) => t('mainGoal', { goal }),
    noReference: t('noReference'),
  });
  return (
    <div className={styles.dials} role="group" aria-label={t('label')}>
      {dials.map((dial) => (
        <ChipSelect
          key={dial.id}
          label={t(dial.id)}
          value={dial.value}
          options={dial.options}
          isChanged={dial.isChanged}
          onChange={(key) => router.push(addressOf(key))}
        />
      ))}
      {resetKey !== null && (
        <Link className={styles.reset} href={addressOf(resetKey)}>
          {t('reset')}
        </Link>
      )}
    </div>
  );
}
