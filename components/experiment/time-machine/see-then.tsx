import Link from 'next/link';
import { useTranslations } from 'use-intl';
import styles from './see-then.module.css';

interface SeeThenProps {
  readonly address: string;
  /** As it is written beside. */
  readonly moment: string;
}

/** The way to the page as it was. */
export function SeeThen({ address, moment }: SeeThenProps) {
  const t = useTranslations('time');
  return (
    <Link
      className={styles.link}
      href={address}
      prefetch={false}
      aria-label={t('seeThenLabel', { moment })}
    >
      {t('seeThen')}
    </Link>
  );
}
