import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { workers } from '../../lib/services.ts';
import { fileOf, spaFunction } from '../../lib/spa.ts';
import { ana, both, prod } from './stages.ts';
import { type Json, resourcesOf, type StackTemplate, synthesised } from './synthesised.ts';

describe('the one origin', () => {
  const config = () => resourcesOf(prod(), 'AWS::CloudFront::Distribution')[0]!.Properties.DistributionConfig;

  it('sends the paths of the API to the API uncached, and everything else to the client', () => {
    expect(config().CacheBehaviors.map((behaviour: Json) => behaviour.PathPattern)).toEqual(['/v1/*', '/p/api/*', '/healthz', '/p/f/*']);
    const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const [framed, ...api] = config().CacheBehaviors.toReversed();
    for (const behaviour of api) expect(behaviour.CachePolicyId).toBe(disabled);
    const { TargetOriginId, CachePolicyId, FunctionAssociations } = config().DefaultCacheBehavior;
    expect(framed).toMatchObject({ TargetOriginId, CachePolicyId, FunctionAssociations });
    expect(config().CustomErrorResponses).toBeUndefined();
  });

  it('tells the API by a header from the secret that the request came through it', () => {
    const api = config().Origins.find((origin: Json) => origin.CustomOriginConfig);
    expect(api.OriginCustomHeaders[0].HeaderName).toBe('x-origin-secret');
    expect(JSON.stringify(api.OriginCustomHeaders[0].HeaderValue)).toMatch(/resolve:secretsmanager:.*OriginSecret.*:SecretString:value/);
    expect(api.CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
  });

  it('serves screens by prefix and files as they are', () => {
    const sandbox = createContext({});
    runInContext(spaFunction, sandbox);
    const served = (uri: string) => runInContext(`handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`, sandbox);
    expect(['/', '/customers', '/customers/cus_01', '/auth/callback', '/a.b/c'].map(served)).toEqual(Array(5).fill('/index.html'));
    for (const file of ['/assets/index-1a.js', '/config.json', '/favicon.svg', '/manifest.webmanifest', '/docs/openapi.json'])
      expect(served(file)).toBe(file);
    expect(['/docs', '/docs/', '/docs/api', '/docs/problems/stale'].map(served)).toEqual([
      '/docs/index.html',
      '/docs/index.html',
      '/docs/api.html',
      '/docs/problems/stale.html',
    ]);
    expect(['/p/u/', '/p/u/batis001.AbC-_d', '/p/u/a/b.js'].map(served)).toEqual(Array(3).fill('/preferences.html'));
    expect(['/p/s/', '/p/s/batis001.AbC-_d'].map(served)).toEqual(Array(2).fill('/survey.html'));
    for (const path of [
      '/',
      '/p/u/batis001.AbC-_d',
      '/p/s/batis001.AbC-_d',
      '/p/f/batis001.01J9Z3T8Q4V6N2K7M5R0B1C2D3',
      '/p/f',
      '/p/form',
      '/p/survey',
      '/p/user',
      '/docs',
      '/docs/',
      '/docs/problems/stale',
      '/docs/openapi.json',
      '/documents',
      '/assets/a.js',
      '/a.b/c',
      '/x.svg',
    ])
      expect(fileOf(path)).toBe(served(path));
  });

  it('allows no inline script and no foreign page around it', () => {
    const policies = JSON.stringify(resourcesOf(prod(), 'AWS::CloudFront::ResponseHeadersPolicy'));
    expect(policies).toContain("script-src 'self';");
    expect(policies).toContain("frame-ancestors 'none'");
    expect(policies).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('lets other sites show web forms in a frame, and nothing else', () => {
    const [distribution] = resourcesOf(prod(), 'AWS::CloudFront::Distribution');
    const { DefaultCacheBehavior, CacheBehaviors } = distribution!.Properties.DistributionConfig;
    const open = resourcesOf(prod(), 'AWS::CloudFront::ResponseHeadersPolicy').filter(({ Properties }) =>
      JSON.stringify(Properties).includes('frame-ancestors *'),
    );
    expect(open).toHaveLength(1);
    const { SecurityHeadersConfig } = open[0]!.Properties.ResponseHeadersPolicyConfig;
    expect(SecurityHeadersConfig.FrameOptions).toBeUndefined();
    const framed = [DefaultCacheBehavior, ...CacheBehaviors].filter(({ ResponseHeadersPolicyId }: { ResponseHeadersPolicyId: unknown }) =>
      JSON.stringify(ResponseHeadersPolicyId).includes(open[0]!.id),
    );
    expect(framed.map(({ PathPattern }: { PathPattern?: string }) => PathPattern)).toEqual(['/p/f/*']);
  });

  it('lets browsers upload from this origin only, and forgets after a day what no row points to', () => {
    const uploads = resourcesOf(ana(), 'AWS::S3::Bucket').find(({ id }) => id.startsWith('Uploads'))!.Properties;
    const [cors] = uploads.CorsConfiguration.CorsRules;
    expect(JSON.stringify(cors.AllowedOrigins)).toMatch(
      /^\[\{"Fn::Join":\["",\["https:\/\/",\{"Fn::GetAtt":\["ClientDistribution[0-9A-F]+","DomainName"\]\}\]\]\}\]$/,
    );
    expect(uploads.LifecycleConfiguration.Rules).toContainEqual({
      Id: 'unreferenced',
      Status: 'Enabled',
      ExpirationInDays: 1,
      TagFilters: [{ Key: 'state', Value: 'pending' }],
    });
  });

  it('opens no bucket to the public', () => {
    for (const { Properties } of both('AWS::S3::Bucket'))
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
  });
});

describe('sign-in', () => {
  it('invites people and lets nobody sign up', () => {
    for (const { Properties } of both('AWS::Cognito::UserPool')) {
      expect(Properties.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
      expect(Properties.UserPoolTier).toBe('ESSENTIALS');
      const preToken = Object.values(workers).some(({ trigger }) => trigger.kind === 'preToken');
      if (preToken) expect(Properties.LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe('V2_0');
    }
    expect(resourcesOf(prod(), 'AWS::Cognito::UserPool')[0]!.Properties.MfaConfiguration).toBe('ON');
  });

  it('gives the client code and PKCE, and no secret', () => {
    for (const { Properties } of both('AWS::Cognito::UserPoolClient')) {
      expect(Properties).toMatchObject({
        GenerateSecret: false,
        AllowedOAuthFlows: ['code'],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
      });
      expect(Properties.CallbackURLs).toHaveLength(1);
    }
  });
});

describe('sending', () => {
  const events = ['send', 'reject', 'bounce', 'complaint', 'delivery', 'open', 'click', 'renderingFailure', 'deliveryDelay'];

  it('is told everything of a message, that it was taken above all: without that a lost answer stays unknown', () => {
    for (const stage of [prod(), ana()]) {
      const [destination] = resourcesOf(stage, 'AWS::SES::ConfigurationSetEventDestination');
      expect(destination?.Properties.EventDestination).toMatchObject({ Enabled: true, MatchingEventTypes: events });
      expect(destination?.Properties.EventDestination.SnsDestination.TopicARN).toEqual({ Ref: expect.stringMatching(/ProviderEvents/) });
    }
  });

  it('lets only the own configuration set of the own account publish what became of mail', () => {
    const [policy] = resourcesOf(ana(), 'AWS::SNS::TopicPolicy').filter(({ id }) => /ProviderEvents/.test(id));
    const [publisher, ...others] = policy!.Properties.PolicyDocument.Statement.filter(
      ({ Effect, Principal }: Json) => Effect === 'Allow' && Principal.Service,
    );
    expect(others).toEqual([]);
    expect(publisher).toMatchObject({ Action: 'sns:Publish', Principal: { Service: 'ses.amazonaws.com' } });
    expect(JSON.stringify(publisher.Condition.StringEquals['AWS:SourceArn'])).toContain('configuration-set/');
    expect(publisher.Condition.StringEquals['AWS:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
  });

  it('encrypts what providers tell by a key of the stage where it is permanent, and spends no dollar on one where it is not', () => {
    const topics = (stage: Record<string, StackTemplate>) => resourcesOf(stage, 'AWS::SNS::Topic').filter(({ part }) => part === 'data');
    for (const { Properties } of topics(prod())) expect(Properties.KmsMasterKeyId).toBeDefined();
    expect([topics(ana()).length, resourcesOf(ana(), 'AWS::KMS::Key').length]).toEqual([2, 0]);
    for (const { Properties } of resourcesOf(prod(), 'AWS::KMS::Key')) expect(Properties.EnableKeyRotation).toBe(true);
  });

  it('has a domain of its own where one is given, and says its DNS records', () => {
    const stage = synthesised('prod', { domain: 'crm.example.com' });
    expect(resourcesOf(stage, 'AWS::SES::EmailIdentity').map(({ Properties }) => Properties.EmailIdentity)).toEqual([
      'mail.crm.example.com',
    ]);
    expect(Object.keys(stage.data.Outputs ?? {}).filter((name) => /Dkim|Mx/.test(name))).toHaveLength(4);
    expect(resourcesOf(ana(), 'AWS::SES::EmailIdentity')).toEqual([]);
  });

  it('takes mail in by a rule of its own in the set that all stages share, and SES may write under one prefix only', () => {
    const stage = synthesised('prod', { domain: 'crm.example.com', receiptRules: 'suki' });
    const [rule] = resourcesOf(stage, 'AWS::SES::ReceiptRule');
    expect(rule?.Properties).toMatchObject({
      RuleSetName: 'suki',
      Rule: { Enabled: true, ScanEnabled: true, Recipients: ['mail.crm.example.com'] },
    });
    expect(rule?.DependsOn).toEqual([expect.stringMatching(/^UploadsPolicy/)]);
    expect(resourcesOf(stage, 'AWS::SES::ReceiptRuleSet')).toEqual([]);
    const policy = resourcesOf(stage, 'AWS::S3::BucketPolicy').find(({ id }) => id.startsWith('UploadsPolicy'));
    const writers = policy!.Properties.PolicyDocument.Statement.filter(({ Principal }: Json) => Principal.Service === 'ses.amazonaws.com');
    expect(writers).toHaveLength(1);
    expect(JSON.stringify(writers[0].Resource)).toContain('/mail-in/*');
    expect(JSON.stringify(writers[0].Condition.ArnLike)).toContain('receipt-rule-set/suki:receipt-rule/*');
    expect(resourcesOf(ana(), 'AWS::SES::ReceiptRule')).toEqual([]);
  });

  it('sends text messages only where a number or a pool is given', () => {
    const set = 'AWS::SMSVOICE::ConfigurationSet';
    expect(resourcesOf(prod(), set)).toEqual([]);
    const [made] = resourcesOf(synthesised('prod', { smsOrigin: 'pool-0123456789' }), set);
    expect(made?.Properties.EventDestinations[0]).toMatchObject({ Enabled: true, MatchingEventTypes: ['TEXT_ALL'] });
  });
});
