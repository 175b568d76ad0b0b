'use client';

/** What a form of this page knows while somebody fills it: what was typed stays, whatever becomes of the sending. */
import { useRef, useState } from 'react';
import type { FormEvent, RefObject } from 'react';
import type { NoteFault, Parsed } from '@/lib/core/notes/parse-notes';
import { isProblemError } from '@/lib/core/problem/problem';

export interface FormFault {
  /** '' where no field is at fault. */
  readonly field: string;
  readonly fault: NoteFault | 'refused';
  readonly detail: string;
}

interface FormState {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly fault: FormFault | null;
  readonly isSending: boolean;
  readonly submit: (event: FormEvent) => void;
}

/** `read` makes the input of what was typed, by the rules of the server; `send` rejects when it was not kept. */
export function useForm<Input>(
  read: () => Parsed<Input>,
  send: (input: Input) => Promise<void>,
): FormState {
  const form = useRef<HTMLFormElement>(null);
  const [fault, setFault] = useState<FormFault | null>(null);
  const [isSending, setSending] = useState(false);

  const show = (next: FormFault): void => {
    setFault(next);
    const control = form.current?.elements.namedItem(next.field);
    if (control instanceof HTMLElement) control.focus();
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isSending) return;
    const parsed = read();
    if (!parsed.ok) return show({ field: parsed.field, fault: parsed.fault, detail: '' });
    setFault(null);
    setSending(true);
    send(parsed.value)
      .catch((error: unknown) => {
        const problem = isProblemError(error) ? error.problem : null;
        show({ field: problem?.field ?? '', fault: 'refused', detail: problem?.detail ?? '' });
      })
      .finally(() => setSending(false));
  };

  return { form, fault, isSending, submit };
}
