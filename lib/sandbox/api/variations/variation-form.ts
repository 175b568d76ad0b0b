import {
  anything,
  filledText,
  flag,
  id,
  oneOf,
  record,
  text,
  whole,
  type Form,
  type Rule,
} from '@/lib/sandbox/api/form';

/** JSON in a text, or as it is. */
const textOrRecord: Rule = (value, path, checks) =>
  typeof value === 'string' ? value : record()(value, path, checks);

const rules = {
  name: filledText,
  color: whole(),
  jsCode: text,
  cssCode: text,
  isJsCodeAfterDomReady: flag,
  forceNoFlicker: flag,
  shadowDom: flag,
  customJson: textOrRecord,
  redirection: record({
    type: oneOf('GLOBAL_REDIRECTION', 'PARAMETER_REDIRECTION'),
    url: text,
    includeQueryParameters: flag,
  }),
  redirectionStrings: anything,
  prompt: record({ textInput: text, promptSource: text }),
  widgetTemplateInput: text,
  expositionFrequencySameVisit: whole(),
  expositionFrequencySameVisitor: whole(),
  expositionFrequencyDelaySecondsBetweenTwoExpositions: whole(),
  expositionFrequencySameVisitorDelaySeconds: whole(),
  // CODE_BASE, WIDGET and others nobody has listed.
  creationMode: filledText,
  aiBuilder: anything,
  generatedJsCode: text,
  generatedCssCode: text,
};

/** A new variation belongs to nobody: an experimentId sent with it is passed over. */
export const CREATE_FORM: Form = { rules, mandatory: ['name'] };

/** An existing one can be attached. */
export const CHANGE_FORM: Form = { rules: { ...rules, experimentId: id }, mandatory: ['name'] };
