import 'server-only';

/** One wrong variable: its name, what is wrong, how to mend it. Never its value where that may be a secret. */
export interface ConfigFault {
  readonly variable: string;
  readonly fault: string;
  readonly fix: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;
