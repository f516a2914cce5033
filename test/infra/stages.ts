import { type Found, resourcesOf, type StackTemplate, synthesised } from './synthesised.ts';

/** The stages that tests look at, each synthesised when it is first asked for. */
const stages: Record<string, Record<string, StackTemplate>> = {};
export const stageNamed = (name: string) => {
  stages[name] ??= synthesised(name);
  return stages[name];
};

export const prod = () => stageNamed('prod');
export const ana = () => stageNamed('ana');
export const every = () => ['dev', 'staging', 'prod', 'ana'].map(stageNamed);
export const both = (type: string): Found[] => every().flatMap((one) => resourcesOf(one, type));

export const functionNamed = (one: Record<string, StackTemplate>, name: string) =>
  resourcesOf(one, 'AWS::Lambda::Function').find(({ id }) => id.startsWith(`${name}Function`))!;
