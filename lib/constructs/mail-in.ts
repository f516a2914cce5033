import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnReceiptRule } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Where SES puts what arrives. */
export const mailInPrefix = 'mail-in/';

/**
 * The stage's rule in the account's set of receipt rules: what arrives at its domain is checked, written into the bucket, and told on the
 * topic. The set is one for all stages, made and made active by hand: docs/runbook.md, "Mail in".
 */
export class MailIn extends Construct {
  constructor(scope: Construct, id: string, props: { ruleSet: string; domain: string; bucket: Bucket; topic: ITopic }) {
    super(scope, id);
    const { ruleSet, domain, bucket, topic } = props;
    const { account } = Stack.of(this);
    const sourceArn = Stack.of(this).formatArn({ service: 'ses', resource: 'receipt-rule-set', resourceName: `${ruleSet}:receipt-rule/*` });
    const { policyDependable } = bucket.addToResourcePolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        resources: [`${bucket.bucketArn}/${mailInPrefix}*`],
        conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': sourceArn } },
      }),
    );
    const rule = new CfnReceiptRule(this, 'Rule', {
      ruleSetName: ruleSet,
      rule: {
        enabled: true,
        scanEnabled: true,
        tlsPolicy: 'Optional',
        recipients: [domain],
        actions: [{ s3Action: { bucketName: bucket.bucketName, objectKeyPrefix: mailInPrefix, topicArn: topic.topicArn } }],
      },
    });
    // SES tries the bucket when the rule is made.
    if (policyDependable) rule.node.addDependency(policyDependable);
  }
}
