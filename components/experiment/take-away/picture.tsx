/**
 * Band and lift chart as one picture for slides and mails: self-contained SVG of 1,200 pixels' width, colours by token,
 * always with its settings, age, method and address under it.
 */
import { PictureChart } from '@/components/experiment/take-away/picture-chart';
import type { PictureChartProps } from '@/components/experiment/take-away/picture-chart';
import { wrapText } from '@/components/experiment/take-away/wrap-text';
import type { MeasureText, TextStyle } from '@/components/experiment/take-away/wrap-text';
import { Shape } from '@/components/ui/shape';
import type { ShapeName, ShapeTone } from '@/components/ui/shape';

export interface PictureModel {
  readonly name: string;
  readonly tags: readonly {
    readonly shape: ShapeName;
    readonly tone: ShapeTone;
    readonly words: string;
    readonly progress: number;
  }[];
  readonly fill: 'win' | 'harm' | 'warn' | 'open' | 'stale';
  readonly headline: string;
  readonly sentence: string;
  readonly health: string;
  readonly stamp: readonly string[];
  /** null where nothing is drawn. */
  readonly chart: PictureChartProps | null;
}

interface PictureProps {
  readonly model: PictureModel;
  /** Custom properties of the light look. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly measure: MeasureText;
}

export const PICTURE_WIDTH = 1200;
const EDGE = 40;
const INNER = PICTURE_WIDTH - 2 * EDGE;
const CHART_HEIGHT = 460;
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const GROUND = {
  win: ['var(--win-tint)', 'var(--win-border)'],
  harm: ['var(--harm-tint)', 'var(--harm-border)'],
  warn: ['var(--warn-tint)', 'var(--warn-border)'],
  stale: ['var(--quiet-tint)', 'var(--quiet-border)'],
  open: ['var(--surface)', 'var(--line-strong)'],
} as const;

export function Picture({ model, tokens, measure }: PictureProps) {
  const block = (
    text: string,
    style: TextStyle & { line: number },
    width: number,
    most: number,
  ) => ({
    style,
    lines: wrapText(text, style, width, measure, most),
  });
  const name = block(model.name, { size: 20, weight: 600, line: 28 }, INNER, 2);
  const health = block(model.health, { size: 13, weight: 400, line: 20 }, INNER, 2);
  const inBand = INNER - 48;
  const headline = block(model.headline, { size: 32, weight: 600, line: 38 }, inBand, 3);
  const sentence = block(model.sentence, { size: 18, weight: 400, line: 28 }, inBand, 3);
  const stamp = model.stamp.map((text) =>
    block(text, { size: 12, weight: 400, line: 16 }, INNER, 3),
  );
  const heightOf = (...blocks: readonly (typeof name)[]): number =>
    blocks.reduce((sum, { lines, style }) => sum + lines.length * style.line, 0);

  const bandTop = EDGE + heightOf(name, health) + 12;
  const bandHeight = 24 + 28 + heightOf(headline, sentence) + 24;
  const chartTop = bandTop + bandHeight + 24;
  const stampTop = chartTop + (model.chart === null ? 0 : CHART_HEIGHT + 16);
  const height = Math.ceil(stampTop + heightOf(...stamp) + EDGE);
  const [ground, border] = GROUND[model.fill];
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={PICTURE_WIDTH}
      height={height}
      viewBox={`0 0 ${PICTURE_WIDTH} ${height}`}
      fontFamily={FONT}
      style={{ ...tokens, fontVariantNumeric: 'tabular-nums lining-nums' }}
    >
      <rect width="100%" height="100%" fill="var(--surface)" />
      <Lines {...name} x={EDGE} y={EDGE} color="var(--ink-1)" />
      <Lines {...health} x={EDGE} y={EDGE + heightOf(name)} color="var(--ink-2)" />
      <rect
        x={EDGE + 0.5}
        y={bandTop + 0.5}
        width={INNER - 1}
        height={bandHeight}
        rx="8"
        fill={ground}
        stroke={border}
      />
      <Tags tags={model.tags} x={EDGE + 24} y={bandTop + 20} measure={measure} />
      <Lines {...headline} x={EDGE + 24} y={bandTop + 52} color="var(--ink-1)" />
      <Lines
        {...sentence}
        x={EDGE + 24}
        y={bandTop + 52 + heightOf(headline)}
        color="var(--ink-1)"
      />
      {model.chart !== null && (
        <g transform={`translate(${EDGE} ${chartTop})`}>
          <PictureChart {...model.chart} width={INNER} height={CHART_HEIGHT} measure={measure} />
        </g>
      )}
      {stamp.map((lines, at) => (
        <Lines
          key={at}
          {...lines}
          x={EDGE}
          y={stampTop + heightOf(...stamp.slice(0, at))}
          color="var(--ink-3)"
        />
      ))}
    </svg>
  );
}

interface LinesProps {
  readonly lines: readonly string[];
  readonly style: TextStyle & { readonly line: number };
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

function Lines({ lines, style: { size, weight, line }, x, y, color }: LinesProps) {
  return lines.map((text, at) => (
    <text
      key={at}
      x={x}
      y={y + at * line + (line + size * 0.7) / 2}
      fontSize={size}
      fontWeight={weight}
      fill={color}
    >
      {text}
    </text>
  ));
}

const TAG = { size: 14, weight: 600 };

function Tags({
  tags,
  x,
  y,
  measure,
}: Pick<PictureModel, 'tags'> & { x: number; y: number; measure: MeasureText }) {
  const widths = tags.map(({ words }) => 24 + measure(words, TAG.size, TAG.weight) + 24);
  return tags.map(({ shape, tone, words, progress }, at) => {
    const left = x + widths.slice(0, at).reduce((sum, width) => sum + width, 0);
    const color = tone === 'ink' ? 'var(--ink-1)' : `var(--${tone})`;
    return (
      <g key={at} transform={`translate(${left} ${y})`} color={color}>
        <Shape name={shape} tone={tone} progress={progress} />
        <text x="24" y="14" fontSize={TAG.size} fontWeight={TAG.weight} fill={color}>
          {words}
        </text>
      </g>
    );
  });
}
