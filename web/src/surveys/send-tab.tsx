import type { Survey } from './queries.ts';

export function SendTab({ survey }: { survey: Survey }) {
  return <p>{survey.name}</p>;
}
