'use client';

/** Says a decision once to screen readers when it changes; numbers that merely move are not announced. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { LiveRegion } from '@/components/ui/live-region';
import { usePlainWords } from '@/components/ui/said';
import type { Band } from '@/lib/core/words/band';

export function DecisionAnnouncer({ band }: { readonly band: Band }) {
  const t = useTranslations('page');
  const plain = usePlainWords();
  const headline = plain(band.headlineInFull);
  const [known, setKnown] = useState({ headline, text: '' });
  if (known.headline !== headline) {
    const sentence = band.sentence ? plain(band.sentence) : '';
    const asked = band.asked ? plain(band.asked) : '';
    const key = asked === '' ? 'announce' : 'announceAsked';
    setKnown({ headline, text: t(key, { headline, asked, sentence }) });
  }
  return <LiveRegion text={known.text} />;
}
