'use client';

/** A panel that is closed until somebody asks. What is in it is in the page all the same, for print and for search. */
import { useId, useState, type ReactNode } from 'react';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import styles from './fold-panel.module.css';

interface FoldPanelProps {
  readonly title: ReactNode;
  readonly subtitle: ReactNode;
  readonly show: ReactNode;
  readonly hide: ReactNode;
  readonly children: ReactNode;
}

export function FoldPanel({ title, subtitle, show, hide, children }: FoldPanelProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <Panel
      title={title}
      subtitle={subtitle}
      aside={
        <LinkButton onClick={() => setOpen(!isOpen)} opens={{ id, isOpen }}>
          {isOpen ? hide : show}
        </LinkButton>
      }
    >
      <div id={id} className={isOpen ? styles.open : styles.closed}>
        {children}
      </div>
    </Panel>
  );
}
