'use client';

/** The shell of every page: language, top bar, the content's column, and in which zone times are told. */
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { WordsProvider } from '@/components/ui/words-provider';
import styles from './page-frame.module.css';

interface PageFrameProps {
  readonly locale?: string;
  /** Left out on pages that tell no time. */
  readonly timeZone?: string;
  /** Which entry of the bar this page is. */
  readonly here?: 'list' | 'method';
  readonly children: ReactNode;
}

export function PageFrame({ locale = 'en', timeZone, here, children }: PageFrameProps) {
  return (
    <WordsProvider locale={locale} timeZone={timeZone ?? 'UTC'}>
      <TopBar here={here} />
      <main className={styles.main} id="content" tabIndex={-1}>
        {timeZone !== undefined && <WithoutScript />}
        {children}
      </main>
      {timeZone !== undefined && <Foot timeZone={timeZone} />}
    </WordsProvider>
  );
}

function TopBar({ here }: { readonly here: PageFrameProps['here'] | undefined }) {
  const t = useTranslations('page');
  return (
    <header className={styles.bar}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <nav className={styles.nav}>
        <Link className={styles.brand} href="/">
          {t('brand')}
        </Link>
        <Link className={styles.entry} href="/" aria-current={here === 'list' ? 'page' : undefined}>
          {t('experiments')}
        </Link>
      </nav>
    </header>
  );
}

/** Ages and charts stand still without it: better said than seen. */
function WithoutScript() {
  const t = useTranslations('page');
  return (
    <noscript>
      <p className={styles.noScript}>{t('noScript')}</p>
    </noscript>
  );
}

function Foot({ timeZone }: { readonly timeZone: string }) {
  const t = useTranslations('page');
  return (
    <footer className={styles.foot}>
      <span>{t('zone', { zone: timeZone })}</span>
      <Link className={styles.footLink} href="/method" prefetch={false}>
        {t('method')}
      </Link>
    </footer>
  );
}
