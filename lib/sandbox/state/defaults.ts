import type { Row } from './row';

/** What an experiment has that nobody has said anything about. */
export const EXPERIMENT_DEFAULTS: Row = {
  description: '',
  tags: [],
  goals: [],
  trafficAllocationMethod: 'MANUAL',
  targetingConfiguration: 'SITE',
  autoOptimized: false,
  collectingDataEnabled: true,
  executeCodeForReference: true,
  isArchived: false,
  isLegacyEditor: false,
  isMultipleTestingCorrection: false,
  commonJavaScriptCode: '',
  commonCssCode: '',
  globalScript: '',
  trackingTools: [],
  mvtVariations: [],
};

/** The targeting rule an experiment is made with. No source gives the words of its settings: these are ours. */
export const RULE_DEFAULTS: Row = {
  segmentConfiguration: 'ALL_VISITORS',
  triggerConfiguration: 'ALL_PAGES',
  targetingConfigurationParam: 'SITE',
};

export const VARIATION_DEFAULTS: Row = {
  color: 0,
  jsCode: '',
  cssCode: '',
  isJsCodeAfterDomReady: true,
  forceNoFlicker: false,
  shadowDom: false,
  creationMode: 'CODE_BASE',
};

export const SITE_DEFAULTS: Row = {
  isScriptActive: true,
  isKameleoonEnabled: true,
  isAudienceUsed: false,
  description: '',
  domainNames: [],
  trackingScript: '',
  type: 'SITE_JS',
  siteType: 'OTHER',
  behaviorWhenTimeout: 'RUN',
  dataStorage: 'STANDARD_COOKIE',
  indicators: [],
  captureEventMethod: 'CLICK',
  experimentConfig: { minWiningReliability: 95 },
  personalizationConfig: {},
  audienceConfig: {},
};

/** What a segment has that nobody said anything about. */
export const SEGMENT_DEFAULTS: Row = {
  description: '',
  tags: [],
  audienceTracking: false,
  audienceTrackingEditable: true,
  isFavorite: false,
  userVisible: true,
  usedBySegmentCondition: false,
  experimentAmount: 0,
  experiments: [],
  personalizationAmount: 0,
  personalizations: [],
  featureFlagAmount: 0,
};
