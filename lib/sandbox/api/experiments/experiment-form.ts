import {
  anything,
  filledText,
  flag,
  id,
  ids,
  listOf,
  oneOf,
  record,
  text,
  type Form,
} from '@/lib/sandbox/api/form';

/** Newer and older ones; a server-side experiment of old times may still be read back. */
const TYPES = [
  ...['AI', 'CLASSIC', 'DEVELOPER', 'MVT', 'PROMPT', 'SDK_HYBRID'],
  ...['FEATURE_FLAG', 'SERVER_SIDE', 'HYBRID'],
];

export const TARGETINGS = [
  ...['SITE', 'PAGE', 'URL', 'SAVED_TEMPLATE', 'GRAPHICAL_PAGES'],
  ...['HEAT_SLICE', 'ALL_VISITORS', 'AUTOPROMO_AUTODEFINED'],
];

const rules = {
  name: filledText,
  baseURL: filledText,
  description: text,
  tags: listOf(text),
  goals: ids,
  mainGoalId: id,
  variations: ids,
  // Checked once it is known which variations there are.
  deviations: anything,
  respoolTime: anything,
  trafficAllocationMethod: oneOf('MANUAL', 'MULTI_ARMED_BANDIT', 'CONTEXTUAL_BANDIT'),
  autoOptimized: flag,
  targetingConfiguration: oneOf(...TARGETINGS),
  targetingSegmentId: id,
  commonJavaScriptCode: text,
  commonCssCode: text,
  globalScript: text,
  isMultipleTestingCorrection: flag,
  isArchived: flag,
  trackingTools: listOf(record({ name: filledText })),
  schedules: listOf(record({ dateStart: filledText, dateEnd: filledText })),
};

/** What a partial update may change. `isArchived` is an extension of this sandbox. */
export const CHANGE_FORM: Form = { rules, mandatory: ['name'] };

export const CREATE_FORM: Form = {
  rules: {
    ...rules,
    type: oneOf(...TYPES),
    executeCodeForReference: flag,
    collectingDataEnabled: flag,
    mvtVariations: listOf(record()),
    mvtAllocationSettings: record(),
  },
  mandatory: ['name', 'baseURL'],
};
