'use client';

/** A figure that changes in place: a changed one rests 600 ms on a sunken ground, at most once in 5 s. */
import { useEffect, useRef } from 'react';

const LASTING_MS = 600;
const AT_MOST_EVERY_MS = 5_000;

export function FigureCell({
  text,
  className,
}: {
  readonly text: string;
  readonly className?: string | undefined;
}) {
  const ref = useRef<HTMLSpanElement>(null);
  const last = useRef({ text, atMs: 0 });
  useEffect(() => {
    const element = ref.current;
    const nowMs = performance.now();
    if (element === null || last.current.text === text) return;
    const isTooSoon = last.current.atMs > 0 && nowMs - last.current.atMs < AT_MOST_EVERY_MS;
    last.current = { text, atMs: isTooSoon ? last.current.atMs : nowMs };
    if (isTooSoon || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const sunken = getComputedStyle(element).getPropertyValue('--sunken');
    element.animate([{ backgroundColor: sunken }, { backgroundColor: sunken }], LASTING_MS);
  }, [text]);
  return (
    <span ref={ref} className={className}>
      {text}
    </span>
  );
}
