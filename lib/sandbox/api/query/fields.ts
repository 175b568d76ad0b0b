import type { Kind } from '@/lib/sandbox/state/kind';
import type { State } from '@/lib/sandbox/state/state';

const DATED = ['id', 'name', 'siteId', 'description', 'tags', 'createdBy', 'dateCreated'];
const USED = ['experimentAmount', 'experiments', 'personalizationAmount', 'personalizations'];

/** What the documentation knows of a kind: a field no row has at the moment is still a field. */
const DOCUMENTED: Readonly<Record<Kind, readonly string[]>> = {
  sites: [
    ...['id', 'code', 'name', 'url', 'isScriptActive', 'description', 'dateCreated', 'domainNames'],
    ...['isKameleoonEnabled', 'isAudienceUsed', 'trackingScript', 'type', 'siteType'],
    ...['behaviorWhenTimeout', 'dataStorage', 'indicators', 'captureEventMethod'],
    ...['experimentConfig', 'personalizationConfig', 'audienceConfig'],
  ],
  experiments: [
    ...DATED,
    ...['baseURL', 'siteCode', 'type', 'status', 'deviations', 'respoolTime', 'variations'],
    ...['goals', 'mainGoalId', 'trafficAllocationMethod', 'autoOptimized'],
    ...['targetingConfiguration', 'targetingSegmentId', 'targetingRule', 'commonJavaScriptCode'],
    ...['commonCssCode', 'globalScript', 'executeCodeForReference', 'collectingDataEnabled'],
    ...['isMultipleTestingCorrection', 'isLegacyEditor', 'isArchived', 'dateModified'],
    ...['dateStarted', 'dateEnded', 'dateStatusModified', 'dateCollectingDataStopped'],
    ...['trackingTools', 'mvtVariations', 'mvtAllocationSettings', 'schedules'],
  ],
  variations: [
    ...['id', 'name', 'siteId', 'experimentId', 'personalizationId', 'color', 'jsCode', 'cssCode'],
    ...['isJsCodeAfterDomReady', 'forceNoFlicker', 'shadowDom', 'customJson', 'redirection'],
    ...['redirectionStrings', 'prompt', 'widgetTemplateInput', 'creationMode', 'aiBuilder'],
    ...['expositionFrequencySameVisit', 'expositionFrequencySameVisitor', 'generatedJsCode'],
    ...['expositionFrequencyDelaySecondsBetweenTwoExpositions', 'generatedCssCode'],
    ...['expositionFrequencySameVisitorDelaySeconds'],
  ],
  goals: [
    ...[...DATED, ...USED, 'accessLimiters', 'customDatas', 'dateModified', 'featureFlagAmount'],
    ...['hasMultipleConversions', 'holdoutAmount', 'holdouts', 'isActive', 'isArchived'],
    ...['mentalistWeight', 'params', 'status', 'targetingSegmentMentalist', 'trackingTools'],
    'type',
  ],
  segments: [
    ...[...DATED, ...USED, 'segmentType', 'conditionsData', 'audienceTracking', 'dateModified'],
    ...['audienceTrackingEditable', 'isFavorite', 'userVisible', 'hasSegmentCondition'],
    ...['usedBySegmentCondition', 'featureFlagAmount'],
  ],
  'feature-flags': [
    ...[...DATED, 'featureKey', 'siteCode', 'status', 'variations', 'environmentConfigurations'],
    ...['primaryGoalId', 'secondaryGoalIds', 'archived', 'health', 'dateModified'],
  ],
  personalizations: [
    ...[...DATED, 'status', 'javaScriptCode', 'cssCode', 'variationId', 'variationIds', 'goals'],
    ...['mainGoalId', 'targetingConfiguration', 'targetingSegmentId', 'dateModified'],
  ],
  'targeting-rules': [
    ...['id', 'siteId', 'experimentId', 'segmentConfiguration', 'segmentId'],
    ...['triggerConfiguration', 'triggerId', 'targetingConfigurationParam'],
  ],
  'custom-datas': [...DATED, 'index', 'type', 'values', 'dateModified'],
  accounts: ['id', 'email', 'firstName', 'lastName'],
};

const documented = new Map(
  Object.entries(DOCUMENTED).map(([kind, names]) => [kind, new Set(names)]),
);

/** What rows of a kind may be filtered and sorted by. */
export interface Fields {
  has(field: string): boolean;
}

export function toFields(kind: Kind, state: State): Fields {
  const has = (field: string): boolean =>
    documented.get(kind)?.has(field) === true || state.of(kind).fields.has(field);
  return { has };
}
