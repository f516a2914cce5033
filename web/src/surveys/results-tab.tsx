import type { Survey } from './queries.ts';

export function ResultsTab({ survey }: { survey: Survey }) {
  return <p>{survey.name}</p>;
}
