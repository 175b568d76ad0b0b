import type { Problem } from '@/lib/core/problem/problem';
import type { CallRepository } from '@/lib/server/store/call-repository';
import type { CatalogueRepository } from '@/lib/server/store/catalogue-repository';
import type { CitationRepository } from '@/lib/server/store/citation-repository';
import type { DecisionRepository } from '@/lib/server/store/decision-repository';
import type { FactRepository } from '@/lib/server/store/fact-repository';
import type { HistoryRepository } from '@/lib/server/store/history-repository';
import type { LookRepository } from '@/lib/server/store/look-repository';
import type { NoteRepository } from '@/lib/server/store/note-repository';
import type { PlanRepository } from '@/lib/server/store/plan-repository';
import type { RequestRepository } from '@/lib/server/store/request-repository';
import type { VariationNameRepository } from '@/lib/server/store/variation-name-repository';

export interface Repositories {
  readonly looks: LookRepository;
  readonly catalogues: CatalogueRepository;
  readonly names: VariationNameRepository;
  readonly facts: FactRepository;
  readonly plans: PlanRepository;
  readonly calls: CallRepository;
  readonly histories: HistoryRepository;
  readonly citations: CitationRepository;
  readonly requests: RequestRepository;
  readonly notes: NoteRepository;
  readonly decisions: DecisionRepository;
}

/**
 * What survives a restart. A write that resolved is kept; one that was refused may be kept later, when the disk is
 * back, and is read as if it were. Repositories throw; `toStoreProblem` words what they throw.
 */
export interface Store extends Repositories {
  /** Why nothing, or not everything, is remembered at the moment; null while all is. */
  problem(): Problem | null;
  /** Called when what could not be read before can be: what was recalled so far lacks it. The answer ends it. */
  onReturn(listener: () => void): () => void;
  /** Bytes on the disk, the log of what was written last included; null where it cannot be told. */
  sizeBytes(): number | null;
  close(): Promise<void>;
}
