import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts findings of cdk-nag on one construct, each with the reason why it stays. `ids` are as cdk-nag prints them. */
export const acknowledge = (construct: IConstruct, reason: string, ...ids: string[]): void =>
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
