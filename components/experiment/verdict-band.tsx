'use client';

/** The answer of the page. The same slots at the same places in every state, so that a change never shifts the page. */
import { Badge } from '@/components/ui/badge';
import { Shape } from '@/components/ui/shape';
import { Said, usePlainWords } from '@/components/ui/said';
import type { Band } from '@/lib/core/words/band';
import type { Fact } from '@/lib/core/words/band-parts';
import styles from './verdict-band.module.css';

export function VerdictBand({ band }: { readonly band: Band }) {
  const plain = usePlainWords();
  // A loser takes the line's own place, so that it comes and goes without a move.
  const hasLoser = band.asides.some(({ kind }) => kind === 'loser');
  return (
    <section className={`${styles.band} ${styles[band.fill]}`} aria-labelledby="verdict">
      <div className={styles.answer}>
        <p className={styles.tags}>
          {band.tags.map((tag) => (
            <Badge
              key={tag.words.key}
              shape={tag.shape}
              tone={tag.tone}
              wordTone={tag.wordTone}
              size={18}
              progress={tag.progress}
            >
              <Said phrase={tag.words} />
            </Badge>
          ))}
          {[band.asked, ...band.basis].map(
            (phrase) =>
              phrase && (
                <span className={styles.asked} key={phrase.key}>
                  <Said phrase={phrase} />
                </span>
              ),
          )}
        </p>
        <h2 className={styles.headline} id="verdict" title={plain(band.headlineInFull)}>
          <Said phrase={band.headline} />
          {band.asOf && (
            <>
              {' '}
              <span className={styles.asOf}>
                <Said phrase={band.asOf} />
              </span>
            </>
          )}
        </h2>
        <p className={styles.sentence}>{band.sentence && <Said phrase={band.sentence} />}</p>
        {!hasLoser && (
          <p className={styles.context}>{band.context && <Said phrase={band.context} />}</p>
        )}
        {band.asides.map((aside, at) => (
          <p
            className={`${styles.context} ${styles.aside} ${styles[`${aside.tone}Words`]}`}
            key={`${aside.kind} ${at}`}
          >
            <Shape name={aside.shape} tone={aside.tone} size={16} />
            <span>
              <Said phrase={aside.words} />
            </span>
          </p>
        ))}
      </div>
      <dl className={styles.facts}>
        {band.facts.map((fact) => (
          <FactPair key={fact.label.key} fact={fact} />
        ))}
      </dl>
    </section>
  );
}

function FactPair({ fact }: { readonly fact: Fact }) {
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>
        <Said phrase={fact.label} />
      </dt>
      <dd className={styles.text}>
        <Said phrase={fact.text} />
      </dd>
    </div>
  );
}
