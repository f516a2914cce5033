/** Where an export gets its rows: page after page, from a place that is kept between two workers. */
export type Page = { lines: string; rows: number; next: Place };
export type Place = Record<string, unknown> | undefined;
export type Source = { headers: string[]; page: (after: Place) => Promise<Page> };
