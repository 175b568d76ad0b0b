'use client';

/** A page that has only something to say: what is wrong, what to do, and the way back. */
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { LinkButton } from '@/components/ui/link-button';
import { Said } from '@/components/ui/said';
import type { Phrase } from '@/lib/core/words/phrase';
import styles from './message-page.module.css';

interface MessagePageProps {
  readonly title: Phrase;
  readonly next: Phrase;
  readonly onTryNow?: () => void;
}

export function MessagePage({ title, next, onTryNow }: MessagePageProps) {
  const t = useTranslations('page');
  return (
    <div className={styles.message}>
      <title>{t('brand')}</title>
      <h1 className={styles.title}>
        <Said phrase={title} />
      </h1>
      <p className={styles.next}>
        <Said phrase={next} />
      </p>
      <p className={styles.ways}>
        {onTryNow && <LinkButton onClick={onTryNow}>{t('tryNow')}</LinkButton>}
        <Link href="/">{t('backToList')}</Link>
      </p>
    </div>
  );
}
