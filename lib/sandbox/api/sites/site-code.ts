/** Ten lower-case letters and digits that no other id has: a walk through all of them in a stride prime to their number. */
export function toSiteCode(id: number): string {
  const all = 36n ** 10n;
  const place = (BigInt(id) * 2_276_831_927_459_311n) % all;
  return place.toString(36).padStart(10, '0');
}
