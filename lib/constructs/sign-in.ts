import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Settings } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import type { CrmFunction } from './crm-function.ts';

type SignInProps = { settings: Settings; origin: string; domainPrefix: string; preToken: CrmFunction | undefined };

/** Who may sign in: one Cognito pool a stage. People are invited, never sign up; the client is public, with code and PKCE. */
export class SignIn extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly issuer: string;

  constructor(scope: Construct, id: string, { settings, origin, domainPrefix, preToken }: SignInProps) {
    super(scope, id);
    this.pool = this.makePool(settings, origin);
    // V2 events: only they let the trigger add a claim to the access token.
    if (preToken) this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, preToken.target, LambdaVersion.V2_0);
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix }, managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN });
    this.client = this.makeClient(origin);
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.pool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    const { region, urlSuffix } = Stack.of(this);
    this.issuer = `https://cognito-idp.${region}.${urlSuffix}/${this.pool.userPoolId}`;
  }

  private makePool(settings: Settings, origin: string): UserPool {
    const { permanent, mfa, mailFrom } = settings;
    const pool = new UserPool(this, 'Pool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: mfa === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      userInvitation: {
        emailSubject: 'You are invited to Suki',
        emailBody: `Your workspace is ready: <a href="${origin}">${origin}</a><br>Sign in as {username} with the password {####}, which holds for 3 days.`,
      },
      ...(mailFrom && {
        email: UserPoolEmail.withSES({
          sesRegion: Stack.of(this).region,
          fromEmail: mailFrom,
          fromName: 'Suki',
          sesVerifiedDomain: mailFrom.split('@')[1]!,
        }),
      }),
      deletionProtection: permanent,
      removalPolicy: permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(
      pool,
      'Threat protection needs the PLUS plan, at a price a person; WAF, refused self sign-up and second factors stand instead.',
      'AwsSolutions-COG8',
    );
    if (mfa === 'optional')
      acknowledge(
        pool,
        'A stage for trying things out holds no real customers; staging and prod require a second factor.',
        'AwsSolutions-COG2',
      );
    return pool;
  }

  private makeClient(origin: string): UserPoolClient {
    return this.pool.addClient('Web', {
      generateSecret: false,
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${origin}/auth/callback`],
        logoutUrls: [`${origin}/sign-in`],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      // Counted from the sign-in, however often it is renewed.
      refreshTokenValidity: Duration.days(7),
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
  }
}
