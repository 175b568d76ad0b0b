import type { MethodWords } from '@/components/method/method-words';
import styles from './method-page.module.css';

const ROWS = ['calls', 'several', 'interval', 'harm', 'split', 'record'] as const;

/** Each promise beside what it rests on. */
export function Promises({ words: { t } }: { readonly words: MethodWords }) {
  return (
    <dl className={styles.promises}>
      {ROWS.map((row) => (
        <div key={row} className={styles.promise}>
          <dt>{t(`promise.rows.${row}.promise`)}</dt>
          <dd>
            <span className={styles.label}>{t('promise.rests')}</span>
            {t(`promise.rows.${row}.rests`)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
