import { Duration, SecretValue } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { contentSecurityPolicy, framedPages, framedSecurityPolicy, pageHeaders } from '../csp.ts';
import { apiPaths, spaFunction } from '../spa.ts';
import type { Settings } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';

type ClientDistributionProps = {
  settings: Settings;
  files: Bucket;
  apiDomain: string;
  originSecret: Secret;
  /** Origins that the client may call besides its own. */
  connect: string[];
  accessLogs: Bucket | undefined;
  webAclArn?: string;
  certificateArn?: string;
};

const hsts = { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true };

/** One origin for client and API. The API's paths pass uncached, with the secret header by which functions know CloudFront. */
export class ClientDistribution extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: ClientDistributionProps) {
    super(scope, id);
    const { settings, accessLogs, webAclArn, certificateArn } = props;
    const api = this.apiBehaviour(props);
    const client = this.clientBehaviour(props);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Suki, stage ${settings.stage}`,
      defaultBehavior: client,
      additionalBehaviors: {
        ...Object.fromEntries(apiPaths.map((path) => [path, api])),
        [`${framedPages}*`]: { ...client, responseHeadersPolicy: this.pagePolicy('FramedHeaders', framedSecurityPolicy) },
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_200,
      ...(webAclArn && { webAclId: webAclArn }),
      ...(settings.domain &&
        certificateArn && {
          domainNames: [settings.domain],
          certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
      ...(accessLogs && { enableLogging: true, logBucket: accessLogs, logFilePrefix: 'distribution/' }),
    });
    this.acknowledgeFindings(settings);
  }

  private clientBehaviour({ files, connect }: ClientDistributionProps): BehaviorOptions {
    const spa = new EdgeFunction(this, 'Routes', {
      code: FunctionCode.fromInline(spaFunction),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'screens of the client',
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(files),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Age is the object's own: /assets/ immutable, index.html and config.json no-cache (bin/deploy.ts).
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      functionAssociations: [{ function: spa, eventType: FunctionEventType.VIEWER_REQUEST }],
      responseHeadersPolicy: this.pagePolicy('PageHeaders', contentSecurityPolicy(connect)),
    };
  }

  /** The headers of a page; who may frame it says its policy, and for old browsers once more a header of its own. */
  private pagePolicy(id: string, policy: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
        contentTypeOptions: { override: true },
        ...(policy !== framedSecurityPolicy && { frameOptions: { frameOption: HeadersFrameOption.DENY, override: true } }),
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: hsts,
      },
      customHeadersBehavior: {
        customHeaders: (['Cross-Origin-Opener-Policy', 'Permissions-Policy'] as const).map((header) => ({
          header,
          value: pageHeaders[header],
          override: true,
        })),
      },
    });
  }

  private apiBehaviour({ apiDomain, originSecret, settings }: ClientDistributionProps): BehaviorOptions {
    // CloudFormation writes the value by dynamic reference. A version in it makes a rotation a change that CloudFormation sees.
    const version = settings.originVersion && { versionId: settings.originVersion };
    const value = SecretValue.secretsManager(originSecret.secretArn, { jsonField: 'value', ...version }).unsafeUnwrap();
    return {
      origin: new HttpOrigin(apiDomain, {
        customHeaders: { 'x-origin-secret': value },
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        readTimeout: Duration.seconds(30),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: new ResponseHeadersPolicy(this, 'ApiHeaders', {
        securityHeadersBehavior: { contentTypeOptions: { override: true }, strictTransportSecurity: hsts },
      }),
    };
  }

  private acknowledgeFindings(settings: Settings): void {
    acknowledge(
      this.distribution,
      'A workspace may be anywhere; who is let in is decided by sign-in, not by country.',
      'AwsSolutions-CFR1',
    );
    if (!settings.permanent)
      acknowledge(
        this.distribution,
        'A personal stage has no WAF ($5 a month and more) and keeps no access logs; it holds no real customers.',
        'AwsSolutions-CFR2',
        'AwsSolutions-CFR3',
      );
    if (!settings.domain)
      acknowledge(
        this.distribution,
        "Without a domain of its own the stage has CloudFront's certificate, whose least protocol cannot be set. Give -c domain.",
        'AwsSolutions-CFR4',
      );
  }
}
