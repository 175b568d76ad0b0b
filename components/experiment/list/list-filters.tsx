'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { isFiltered, NO_FILTER, type ListFilter } from '@/components/experiment/list/filter-rows';
import type { Row } from '@/components/experiment/list/to-rows';
import { ChipSelect } from '@/components/ui/chip-select';
import { LinkButton } from '@/components/ui/link-button';
import { SearchField } from '@/components/ui/search-field';
import styles from './list-filters.module.css';

interface ListFiltersProps {
  readonly rows: readonly Row[];
  readonly filter: ListFilter;
  readonly onChange: (change: Partial<ListFilter>) => void;
  readonly children: ReactNode;
}

const STATUSES = ['active', 'paused', 'stopped', 'draft'] as const;

export function ListFilters({ rows, filter, onChange, children }: ListFiltersProps) {
  const t = useTranslations('list');
  const projects = [...new Set(rows.map((row) => row.project))].toSorted();
  return (
    <div className={styles.filters} role="search">
      <SearchField
        label={t('search')}
        hint={t('searchHint')}
        value={filter.text}
        onChange={(text) => onChange({ text })}
      />
      <ChipSelect
        label={t('project')}
        value={filter.project}
        isChanged={filter.project !== ''}
        options={[
          { value: '', label: t('allOf', { n: projects.length }) },
          ...projects.map((name) => ({ value: name, label: name })),
        ]}
        onChange={(project) => onChange({ project })}
      />
      <ChipSelect
        label={t('status.label')}
        value={filter.status}
        isChanged={filter.status !== ''}
        options={[
          { value: '', label: t('all') },
          ...STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
        onChange={(status) => onChange({ status })}
      />
      {isFiltered(filter) && (
        <LinkButton onClick={() => onChange(NO_FILTER)}>{t('reset')}</LinkButton>
      )}
      <span className={styles.end}>{children}</span>
    </div>
  );
}
