import { IntervalAxis, IntervalBar } from '@/components/charts/interval-bar';
import { SeriesMarker } from '@/components/charts/series-marker';
import { intervalTick } from '@/components/charts/interval-tick';
import type { ChartWords } from '@/components/experiment/chart-words';
import type { VariationRow, VariationsModel } from '@/components/experiment/variations-rows';
import styles from '@/components/experiment/variations-panel.module.css';
import { Badge } from '@/components/ui/badge';
import { FigureCell } from '@/components/ui/figure-cell';
import type { ShapeName } from '@/components/ui/shape';
import type { VariationState } from '@/lib/core/analysis/analysis';

interface VariationsTableProps {
  readonly model: VariationsModel;
  readonly words: ChartWords;
  readonly level: number;
  /** What the table is of, with unit and period. */
  readonly label: string;
}

/** Names that may not fit two lines can be focused, and then show in full. */
const LONG_NAME = 36;

/** A reading is told by shape and word; its colour only repeats it. */
export const READING = {
  winner: { word: 'variations.reading.winner', shape: 'up', tone: 'win' },
  loser: { word: 'variations.reading.loser', shape: 'down', tone: 'harm' },
  'no-difference': { word: 'variations.reading.noDifference', shape: 'bars', tone: 'quiet' },
  inconclusive: { word: 'variations.reading.inconclusive', shape: 'diamond', tone: 'quiet' },
  collecting: { word: 'variations.reading.collecting', shape: 'ring', tone: 'quiet' },
  blocked: { word: 'variations.reading.blocked', shape: 'octagon', tone: 'warn' },
  'not-applicable': {
    word: 'variations.reading.notApplicable',
    shape: 'circle-bar',
    tone: 'quiet',
  },
} as const satisfies Record<
  VariationState,
  { word: string; shape: ShapeName; tone: 'win' | 'harm' | 'warn' | 'quiet' }
>;

/**
 * A real table at every width. Its roles are spelt out, because a browser forgets them where the stylesheet turns rows
 * into blocks.
 */
export function VariationsTable({ model, words, level, label }: VariationsTableProps) {
  const { t, figures } = words;
  const tickLabel = intervalTick(model.scale, figures);
  return (
    <div className={styles.scroll} role="region" aria-label={t('variations.scroll')} tabIndex={0}>
      <table className={styles.table} role="table" aria-label={label}>
        <thead role="rowgroup" className={styles.head}>
          <tr role="row">
            <Head className={styles.variation}>{t('variations.head.variation')}</Head>
            <Head className={styles.counts}>{t('variations.head.visitors')}</Head>
            <Head className={styles.counts}>{t('variations.head.conversions')}</Head>
            <Head className={styles.rate}>{t('variations.head.rate')}</Head>
            <Head className={styles.lift}>{t('variations.head.lift')}</Head>
            <Head className={styles.bar}>
              <span className="visually-hidden">{t('variations.head.bar')}</span>
              <IntervalAxis scale={model.scale} tickLabel={tickLabel} />
            </Head>
            <Head className={styles.interval}>
              {t('variations.head.interval', { level: figures.level(level) })}
            </Head>
            <Head className={styles.platform}>{t('variations.head.platform')}</Head>
            <Head className={styles.reading}>{t('variations.head.reading')}</Head>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {model.rows.map((row) => (
            <Row key={row.id} row={row} model={model} words={words} tickLabel={tickLabel} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({
  className,
  children,
}: {
  className: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <th scope="col" role="columnheader" className={className}>
      {children}
    </th>
  );
}

interface RowProps {
  readonly row: VariationRow;
  readonly model: VariationsModel;
  readonly words: ChartWords;
  readonly tickLabel: (value: number) => string;
}

function Row({ row, model, words: { t }, tickLabel }: RowProps) {
  const isLong = row.name.length > LONG_NAME;
  const reading = row.state === null ? null : READING[row.state];
  const counts = { visitors: row.visitors, conversions: row.conversions };
  return (
    <tr role="row" className={row.isWinner ? styles.winner : undefined}>
      <th scope="row" role="rowheader" className={styles.variation}>
        <span className={styles.named}>
          <SeriesMarker place={row.place} />
          <bdi className={styles.name} title={row.name} {...(isLong ? { tabIndex: 0 } : {})}>
            {row.name}
          </bdi>
        </span>
      </th>
      <td role="cell" className={styles.counts} data-label={t('variations.head.visitors')}>
        <FigureCell text={row.visitors} />
      </td>
      <td role="cell" className={styles.counts} data-label={t('variations.head.conversions')}>
        <FigureCell text={row.conversions} />
      </td>
      <td role="cell" className={styles.rate} data-label={t('variations.head.rate')}>
        <FigureCell text={row.rate} />
        <span className={styles.under}>{t('variations.of', counts)}</span>
      </td>
      <td
        role="cell"
        className={row.isReference ? styles.liftReference : styles.lift}
        data-label={t('variations.head.lift')}
      >
        <FigureCell text={row.lift} />
        <span className={styles.under}>
          <span className={styles.range}>{row.interval}</span>
        </span>
      </td>
      <td role="cell" className={row.bar === null ? styles.barEmpty : styles.bar}>
        <IntervalBar
          scale={model.scale}
          place={row.place}
          bar={row.bar}
          isDecided={row.isDecided}
          isReference={row.isReference}
          tickLabel={tickLabel}
        />
      </td>
      <td role="cell" className={styles.interval}>
        <span className={styles.range}>{row.interval}</span>
      </td>
      <td role="cell" className={styles.platform} data-label={t('variations.head.platform')}>
        {row.platform}
      </td>
      <td role="cell" className={styles.reading}>
        {reading !== null && (
          <>
            <Badge shape={reading.shape} tone={reading.tone} progress={row.progress}>
              {t(reading.word)}
            </Badge>
            {row.more !== '' && <span className={styles.more}>{row.more}</span>}
          </>
        )}
      </td>
    </tr>
  );
}
