import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Settings } from './stages.ts';

/** CloudFront takes its web ACL and certificate from us-east-1 only. `bin/deploy.ts` hands their ARNs on to the edge stack. */
export class ShieldStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props);
    const acl = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('all'),
      rules: [
        // Per address in five minutes: a whole office behind one address, each screen asking every five seconds, stays below it.
        rule(0, 'rate', { rateBasedStatement: { limit: 20_000, evaluationWindowSec: 300, aggregateKeyType: 'IP' } }, 'block'),
        managed(1, 'AWSManagedRulesAmazonIpReputationList'),
        managed(2, 'AWSManagedRulesKnownBadInputsRuleSet'),
        // Notes and mails of customers hold markup and are long, and so are cursors; `serve` bounds both and the client escapes what it shows.
        managed(3, 'AWSManagedRulesCommonRuleSet', [
          'SizeRestrictions_BODY',
          'SizeRestrictions_QUERYSTRING',
          'CrossSiteScripting_BODY',
          'GenericRFI_BODY',
          'GenericLFI_BODY',
        ]),
      ],
    });
    new CfnOutput(this, 'WebAclArn', { value: acl.attrArn });
    if (settings.domain) {
      const certificate = new Certificate(this, 'Certificate', {
        domainName: settings.domain,
        validation: CertificateValidation.fromDns(),
      });
      new CfnOutput(this, 'CertificateArn', { value: certificate.certificateArn });
    }
  }
}

const visibility = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName });

const rule = (
  priority: number,
  name: string,
  statement: CfnWebACL.StatementProperty,
  verdict: 'block' | 'group',
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  statement,
  visibilityConfig: visibility(name),
  ...(verdict === 'block' ? { action: { block: {} } } : { overrideAction: { none: {} } }),
});

/** One of AWS's own groups; the rules of `counted` are counted and do not block. */
const managed = (priority: number, name: string, counted: string[] = []) =>
  rule(
    priority,
    name,
    {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((counting) => ({ name: counting, actionToUse: { count: {} } })),
      },
    },
    'group',
  );
