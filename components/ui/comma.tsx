/** Between facts that a drawn dot parts for the eye: without it they run together where the page is read out or copied. */
export const Comma = () => <span className="visually-hidden">, </span>;
