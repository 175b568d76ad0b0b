/** One fact of the sheet: what is said, who said it, and where it can be tried. */
export interface Fact {
  /** Section, dash, a stable name: `1.2-token-form`. */
  readonly id: string;
  readonly section: string;
  /** The tags of the sheet, as `[S][C:A]`. `[I]` alone is a decision of ours about something unknown. */
  readonly source: string;
  readonly says: string;
  readonly test: 'reads' | 'writes' | 'staged' | 'none';
  /** Of a fact without a test: what would have to be known first. */
  readonly missing?: string;
}

const TAG = /^(\[(S|D|D-old|O|Q|T|I|C(:[A-Z]\d?)?)\])+$/;

function create(id: string, source: string, says: string, test: Fact['test']): Fact {
  if (!TAG.test(source)) throw new Error(`${id} has a source nobody knows: ${source}`);
  return { id, section: id.slice(0, id.indexOf('-')), source, says, test };
}

/** Tried by requests that change nothing: on a real account too, unless it is a decision of ours. */
export const reads = (id: string, source: string, says: string): Fact =>
  create(id, source, says, 'reads');

/** Tried by changing something: never on a real account. */
export const writes = (id: string, source: string, says: string): Fact =>
  create(id, source, says, 'writes');

/** Needs a scene only the sandbox can set: a fault, a second account, a spent window. */
export const staged = (id: string, source: string, says: string): Fact =>
  create(id, source, says, 'staged');

/** Said, but nobody can hold anything to it until `missing` is known. */
export const untested = (id: string, source: string, says: string, missing: string): Fact => ({
  ...create(id, source, says, 'none'),
  missing,
});

/** Whether a real account may be asked: it changes nothing, and somebody but us said so. */
export const runsLive = (fact: Fact): boolean =>
  fact.test === 'reads' && !/^(\[I\])+$/.test(fact.source);
