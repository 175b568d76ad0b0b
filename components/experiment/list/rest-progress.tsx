'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { pulseOptions } from '@/lib/client/queries';
import type { ListingProgress } from '@/lib/core/live/reading';
import styles from './rest-progress.module.css';

/**
 * How far listing, then reading back what has finished has come: it takes hours where there are thousands, and nobody
 * need wait for it.
 */
export function RestProgress({ listing }: { readonly listing: ListingProgress }) {
  const t = useTranslations('list');
  const { data: pulse } = useQuery(pulseOptions);
  const { read, total } = pulse?.progress.atRest ?? { read: 0, total: 0 };
  if (listing.isWhole && read >= total) return null;
  return (
    <p className={styles.progress}>
      {listing.isWhole
        ? t('restProgress', { read, total })
        : t('listing', {
            known: listing.total === null ? 'no' : 'yes',
            read: listing.read,
            total: listing.total ?? 0,
          })}
    </p>
  );
}
