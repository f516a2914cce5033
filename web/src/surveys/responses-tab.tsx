import type { Survey } from './queries.ts';

export function ResponsesTab({ survey }: { survey: Survey }) {
  return <p>{survey.name}</p>;
}
