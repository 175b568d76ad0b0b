'use client';

/** The frame of the page before its figures: title, band and chart at their size, so that nothing jumps. */
import { useTranslations } from 'use-intl';
import styles from './page-loading.module.css';

export function PageLoading() {
  const t = useTranslations('page');
  return (
    <div aria-busy="true">
      <title>{t('loadingTitle')}</title>
      <h1 className={styles.title}>{t('loading')}</h1>
      <div className={styles.band} />
      <div className={styles.chart} />
    </div>
  );
}
