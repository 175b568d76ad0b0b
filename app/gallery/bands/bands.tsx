'use client';
import { HealthLine } from '@/components/experiment/health-line';
import { VerdictBand } from '@/components/experiment/verdict-band';
import { useFormats } from '@/components/ui/use-formats';
import { toBand } from '@/lib/core/words/band';
import { toHealthLine } from '@/lib/core/words/health-line';
import { STATES } from '@/tests/builders/states';
import { NOW_MS } from '@/tests/builders/reading';

export function BandGallery() {
  const formats = useFormats();
  return (
    <>
      <title>bands</title>
      <h1>bands</h1>
      {Object.entries(STATES).map(([name, reading]) => (
        <div key={name} data-state={name}>
          <HealthLine line={toHealthLine(reading, formats, NOW_MS)} />
          <VerdictBand band={toBand(reading, NOW_MS, formats)} />
        </div>
      ))}
    </>
  );
}
