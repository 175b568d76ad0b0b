/** The kinds of objects the sandbox keeps, by the first part of their path. */
export const KINDS = [
  'sites',
  'experiments',
  'variations',
  'goals',
  'segments',
  'feature-flags',
  'personalizations',
  'targeting-rules',
  'custom-datas',
  'accounts',
] as const;
export type Kind = (typeof KINDS)[number];
