const movable = Symbol.for('suki.clock');

/** The only reader of the clock. The offset is set by the local product alone, on `globalThis`, because bundles share no modules. */
export const now = (): number => Date.now() + ((globalThis as { [movable]?: { offsetMs: number } })[movable]?.offsetMs ?? 0);

/** The machine's own time, for tokens, signatures and presigned URLs, which others check by theirs. */
export const machineNow = (): number => Date.now();

export const isoOf = (time: number) => new Date(time).toISOString();
