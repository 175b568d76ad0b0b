'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ChipSelect } from '@/components/ui/chip-select';
import { LinkButton } from '@/components/ui/link-button';
import { SearchField } from '@/components/ui/search-field';
import type { Project } from '@/lib/core/experiment/experiment';
import { isFiltered, LIST_STATUSES, NO_FILTER, type ListFilter } from '@/lib/core/live/list-ask';
import styles from './list-filters.module.css';

interface ListFiltersProps {
  /** All there are, whatever is shown. */
  readonly projects: readonly Project[];
  readonly filter: ListFilter;
  readonly onChange: (change: Partial<ListFilter>) => void;
  readonly children: ReactNode;
}

export function ListFilters({ projects, filter, onChange, children }: ListFiltersProps) {
  const t = useTranslations('list');
  // An address may name one that has gone since.
  const isUnknown = filter.project !== '' && !projects.some(({ id }) => id === filter.project);
  return (
    <div className={styles.filters} role="search">
      <SearchField
        label={t('search')}
        hint={t('searchHint')}
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      <ChipSelect
        label={t('project')}
        value={filter.project}
        isChanged={filter.project !== ''}
        options={[
          { value: '', label: t('allOf', { n: projects.length }) },
          ...projects.map(({ id, name }) => ({ value: id, label: name })),
          ...(isUnknown ? [{ value: filter.project, label: filter.project }] : []),
        ]}
        onChange={(project) => onChange({ project })}
      />
      <ChipSelect
        label={t('status.label')}
        value={filter.status}
        isChanged={filter.status !== ''}
        options={[
          { value: '', label: t('all') },
          ...LIST_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) })),
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
