/** Keeps so many values by name; the one that was not asked for the longest goes first. */
export function createKept<Value>(most: number): (name: string, create: () => Value) => Value {
  const values = new Map<string, Value>();
  return (name, create) => {
    const value = values.get(name) ?? create();
    values.delete(name);
    values.set(name, value);
    if (values.size > most) values.delete(values.keys().next().value!);
    return value;
  };
}
