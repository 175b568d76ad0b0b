/** How a verdict is made: promises, formulas, what was measured, what is assumed and what nobody knows. */
import { ControlTable, LifeTable } from '@/components/method/life-tables';
import { EffectTable } from '@/components/method/effect-table';
import { FORMULAS, type FormulaId } from '@/components/method/formulas';
import { createMethodWords, type MethodWords } from '@/components/method/method-words';
import { NothingTable } from '@/components/method/nothing-table';
import { Promises } from '@/components/method/promises';
import { RivalTable } from '@/components/method/rival-table';
import { Section, Terms } from '@/components/method/section';
import type { MethodFigures } from '@/lib/core/words/method-figures';
import styles from './method-page.module.css';

const SECTIONS = [
  'promise',
  'life',
  'found',
  'assumed',
  'unknown',
  'when',
  'formulas',
  'sources',
] as const;

interface MethodPageProps {
  readonly locale: string;
  readonly figures: MethodFigures;
}

export function MethodPage({ locale, figures }: MethodPageProps) {
  const words = createMethodWords(locale);
  const { t } = words;
  return (
    <article className={styles.page}>
      <title>{t('pageTitle')}</title>
      <h1 className={styles.title}>{t('title')}</h1>
      <p className={styles.lead}>{t('lead')}</p>
      <nav className={styles.contents} aria-label={t('contents')}>
        <ul>
          {SECTIONS.map((id) => (
            <li key={id}>
              <a href={`#${id}`}>{t(`${id}.title`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Section id="promise" title={t('promise.title')} about={t('promise.about')}>
        <Promises words={words} />
      </Section>
      <Section id="life" title={t('life.title')}>
        <Terms rows={toTerms(words, 'life')} />
      </Section>
      <Found figures={figures} words={words} />
      <Section id="assumed" title={t('assumed.title')}>
        <ul className={styles.list}>
          {(['random', 'once', 'unit', 'fixed', 'frozen'] as const).map((row) => (
            <li key={row}>{t(`assumed.rows.${row}`)}</li>
          ))}
        </ul>
      </Section>
      <Section id="unknown" title={t('unknown.title')}>
        <Terms rows={toTerms(words, 'unknown')} />
      </Section>
      <Section id="when" title={t('when.title')} about={t('when.text')} />
      <Formulas words={words} />
      <Section id="sources" title={t('sources.title')}>
        <ul className={styles.list}>
          {(['sequence', 'split', 'peeking', 'delay', 'intervals'] as const).map((row) => (
            <li key={row}>{t(`sources.rows.${row}`)}</li>
          ))}
        </ul>
      </Section>
    </article>
  );
}

function toTerms({ t }: MethodWords, section: 'life' | 'unknown') {
  const term = (id: string, name: string, text: string) => ({ id, name, text });
  return section === 'life'
    ? (['called', 'confirmed', 'stays', 'shaken', 'withdrawn', 'final'] as const).map((id) =>
        term(id, t(`life.rows.${id}.name`), t(`life.rows.${id}.text`)),
      )
    : (['se', 'delay', 'revenue', 'size', 'others'] as const).map((id) =>
        term(id, t(`unknown.rows.${id}.name`), t(`unknown.rows.${id}.text`)),
      );
}

interface FoundProps {
  readonly figures: MethodFigures;
  readonly words: MethodWords;
}

/** Tables whose scenarios were not run are left out: nothing is shown that was not measured. */
function Found({ figures, words }: FoundProps) {
  const { t } = words;
  const { rivals, nothing, effects, life, controls } = figures;
  const isEmpty = [rivals, nothing, effects, life, controls].every(({ length }) => length === 0);
  return (
    <Section
      id="found"
      title={t('found.title')}
      about={isEmpty ? t('found.none') : t('found.about')}
    >
      {rivals.length > 0 && <RivalTable rivals={rivals} words={words} />}
      {nothing.length > 0 && <NothingTable nothing={nothing} words={words} />}
      {effects.length > 0 && <EffectTable effects={effects} words={words} />}
      {life.length > 0 && <LifeTable life={life} words={words} />}
      {controls.length > 0 && <ControlTable controls={controls} words={words} />}
    </Section>
  );
}

function Formulas({ words: { t } }: { readonly words: MethodWords }) {
  return (
    <Section id="formulas" title={t('formulas.title')} about={t('formulas.about')}>
      {(Object.keys(FORMULAS) as FormulaId[]).map((id) => (
        <div key={id} className={styles.formula}>
          <h3 className={styles.subtitle}>{t(`formulas.rows.${id}.name`)}</h3>
          <div
            className={styles.math}
            role="region"
            aria-label={t('found.scroll', { title: t(`formulas.rows.${id}.name`) })}
            tabIndex={0}
          >
            {FORMULAS[id].map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
          <p className={styles.about}>{t(`formulas.rows.${id}.note`)}</p>
        </div>
      ))}
    </Section>
  );
}
