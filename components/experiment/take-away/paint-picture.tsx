/** The picture as a PNG, made in the browser: SVG onto a canvas. Its look is light, whatever the page's is. */
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import type { PictureModel } from '@/components/experiment/take-away/picture';
import { FONT, Picture } from '@/components/experiment/take-away/picture';

/** Sharp on dense screens and in print. */
const SCALE = 2;

/** Rejects when the browser gives no picture. */
export async function paintPicture(model: PictureModel): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser paints nothing');
  const measure = (text: string, size: number, weight: number): number => {
    pen.font = `${weight} ${size}px ${FONT}`;
    return pen.measureText(text).width;
  };
  const host = document.createElement('div');
  const root = createRoot(host);
  flushSync(() => root.render(<Picture model={model} tokens={lightTokens()} measure={measure} />));
  const svg = host.querySelector('svg');
  if (svg === null) throw new Error('there is no picture');
  const { width, height } = svg.viewBox.baseVal;
  const text = new XMLSerializer().serializeToString(svg);
  root.unmount();

  const image = new Image();
  // The page's policy allows pictures from itself and from `data:`, not from `blob:`.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('the canvas gave nothing'));
    }, 'image/png');
  });
}

/** Custom properties of the first rule that sets the look; dark ones only come after it. */
function lightTokens(): Record<string, string> {
  for (const sheet of document.styleSheets)
    for (const rule of rulesOf(sheet)) {
      if (!(rule instanceof CSSStyleRule) || !rule.selectorText.includes(':root')) continue;
      if (rule.style.getPropertyValue('--canvas') === '') continue;
      const names = [...rule.style].filter((name) => name.startsWith('--'));
      return Object.fromEntries(
        names.map((name) => [name, rule.style.getPropertyValue(name).trim()]),
      );
    }
  return {};
}

/** A sheet of an extension may not be read. */
function rulesOf(sheet: CSSStyleSheet): readonly CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}
