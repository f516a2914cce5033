import { AwsCallError, callAws, elements, type Identity } from './aws-call.ts';

/** The physical ids of a deployed stack's resources of one type; none where there is no such stack. */
export async function physicalIds(
  who: Identity,
  { stack, type, logical = /./ }: { stack: string; type: string; logical?: RegExp },
): Promise<string[]> {
  try {
    const query = { Action: 'DescribeStackResources', Version: '2010-05-15', StackName: stack };
    const members = (await callAws(who, { service: 'cloudformation', query })).split('<member>');
    const wanted = members.filter(
      (member) => member.includes(`<ResourceType>${type}<`) && logical.test(elements(member, 'LogicalResourceId')[0] ?? ''),
    );
    return wanted.flatMap((member) => elements(member, 'PhysicalResourceId'));
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ValidationError') return [];
    throw error;
  }
}
