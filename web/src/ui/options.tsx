type Value = string | number;

/** The lines of a `Select`: each value by its words, or as it is. */
export const Options = <T extends Value>({ of, words = String }: { of: readonly T[]; words?: (value: T) => string }) =>
  of.map((value) => (
    <option key={value} value={value}>
      {words(value)}
    </option>
  ));

/** The lines of a `Select` of records: each by its name. */
export const NameOptions = ({ of }: { of: readonly { id: string; name: string }[] }) =>
  of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
