/** Words for screen readers when they change. It is on the page from the start, else the first change would be missed. */
export function LiveRegion({ text }: { readonly text: string }) {
  return (
    <p className="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
      {text}
    </p>
  );
}
