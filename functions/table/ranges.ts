/** The end of every prefix range: sorts after any character that text holds. */
export const highest = '\u{10FFFF}';
export const startingWith = (prefix: string) => ({ from: prefix, to: prefix + highest });
