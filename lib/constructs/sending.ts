import { CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ConfigurationSet, EmailIdentity, EmailSendingEvent, EventDestination, Identity, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { CfnConfigurationSet as SmsConfigurationSet } from 'aws-cdk-lib/aws-smsvoice';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';

/** What SES and the text message service tell of a message; without `send`, what became of a call that nobody heard the answer of stays unknown. */
const told = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.OPEN,
  EmailSendingEvent.CLICK,
  EmailSendingEvent.RENDERING_FAILURE,
  EmailSendingEvent.DELIVERY_DELAY,
];

/**
 * Mail and text messages of a stage: what they are sent with, who may be sent from, and the topics on which the providers tell. A topic
 * leads straight to its function (docs/decisions/0014-provider-events.md).
 */
export class Sending extends Construct {
  readonly configurationSetName: string;
  readonly configurationSetArn: string;
  /** The name of the text messages' own set; undefined where the stage sends none. */
  readonly smsConfigurationSet: string | undefined;
  readonly topics: { provider: Topic; inbound: Topic };

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    const key = settings.permanent ? this.makeKey() : undefined;
    this.topics = { provider: this.makeTopic('ProviderEvents', key), inbound: this.makeTopic('MailIn', key) };
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
    });
    this.configurationSetName = set.configurationSetName;
    this.configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: set.configurationSetName,
    });
    set.addEventDestination('Told', { destination: EventDestination.snsTopic(this.topics.provider), events: told });
    if (settings.mailDomain) this.addDomain(settings.mailDomain, set);
    this.smsConfigurationSet = settings.smsOrigin ? this.makeSms(this.topics.provider) : undefined;
    // SES writes an arrived mail into the bucket and then says so here.
    this.topics.inbound.addToResourcePolicy(this.publishing(this.topics.inbound, 'ses.amazonaws.com'));
  }

  /** A key of our own, for SES may not use the one that AWS keeps for topics. It costs a dollar a month, so personal stages have none. */
  private makeKey(): Key {
    const key = new Key(this, 'Key', {
      enableKeyRotation: true,
      description: "What mail and text message providers tell, at rest in the stage's topics",
    });
    for (const service of ['ses', 'sms-voice', 'sns'])
      key.addToResourcePolicy(
        new PolicyStatement({
          actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
          resources: ['*'],
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
        }),
      );
    return key;
  }

  private makeTopic(id: string, masterKey: Key | undefined): Topic {
    const topic = new Topic(this, id, { enforceSSL: true, ...(masterKey && { masterKey }) });
    if (!masterKey)
      acknowledge(
        topic,
        "SES cannot use AWS's own key for topics, and a key of our own is a dollar a month; SNS encrypts its disks in any case.",
        'AwsSolutions-SNS2',
        'Serverless-SNSEncryption',
      );
    return topic;
  }

  private publishing(topic: ITopic, service: string): PolicyStatement {
    return new PolicyStatement({
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal(service)],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
  }

  /** The workspaces' own senders, `<tenant>@` the domain. Its records are the operator's to set: docs/runbook.md, "Mail". */
  private addDomain(domain: string, configurationSet: ConfigurationSet): void {
    const identity = new EmailIdentity(this, 'Domain', { identity: Identity.domain(domain), configurationSet });
    identity.dkimRecords.forEach(({ name, value }, at) => {
      new CfnOutput(this, `Dkim${at + 1}`, { value: `${name} CNAME ${value}` });
    });
    new CfnOutput(this, 'Mx', { value: `${domain} MX 10 inbound-smtp.${Stack.of(this).region}.amazonaws.com` });
  }

  private makeSms(topic: Topic): string {
    topic.addToResourcePolicy(this.publishing(topic, 'sms-voice.amazonaws.com'));
    const set = new SmsConfigurationSet(this, 'SmsConfigurationSet', {
      eventDestinations: [
        { eventDestinationName: 'told', enabled: true, matchingEventTypes: ['TEXT_ALL'], snsDestination: { topicArn: topic.topicArn } },
      ],
    });
    return set.ref;
  }
}
