import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  type HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { routeKey } from '../functions/kernel/route.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { acknowledgeRights } from './constructs/acknowledge-rights.ts';
import { Canary } from './constructs/canary.ts';
import { CrmFunction } from './constructs/crm-function.ts';
import type { DataStack } from './data-stack.ts';
import type { EdgeStack } from './edge-stack.ts';
import { environmentOf } from './environment.ts';
import { httpMemory, httpSeconds } from './limits.ts';
import { accessStatements, secretStatement } from './rights.ts';
import { defaultService, services } from './services.ts';
import type { Settings } from './stages.ts';
import { targetsOf } from './targets.ts';

type ApiProps = StackProps & { settings: Settings; data: DataStack; edge: EdgeStack; code: (name: string) => Code };

/** What a request's line in the access log says: no address, no path with its ids, nothing of a person. */
const accessLine = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integration: '$context.integrationErrorMessage',
};

/** A function a service, and the gateway's routes from the same tables that the functions dispatch by. */
export class ApiStack extends Stack {
  readonly functions: CrmFunction[] = [];
  readonly serverErrors: Metric;
  private readonly routes: HttpRoute[] = [];

  constructor(scope: Construct, id: string, { settings, data, edge, code, ...props }: ApiProps) {
    super(scope, id, props);
    const targets = targetsOf(data, edge);
    for (const [name, service] of Object.entries(services)) {
      const fn = new CrmFunction(this, name, {
        settings,
        code: code(name),
        environment: environmentOf({ settings, data, edge }),
        statements: [...accessStatements(service, targets), secretStatement(targets)],
        timeout: Duration.seconds(httpSeconds),
        memory: httpMemory,
        kind: 'http',
      });
      acknowledgeRights(fn.role, service, { data, edge });
      this.functions.push(fn);
      const integration = new HttpLambdaIntegration(`${name}Integration`, fn.target, { scopePermissionToRoute: false });
      for (const route of Object.values(service.routes))
        this.addRoute(edge.httpApi, routeKey(route), { integration, routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]) });
      if (name === defaultService) this.addRoute(edge.httpApi, '$default', { integration, routeKey: HttpRouteKey.DEFAULT });
    }
    this.makeStage(settings, edge.httpApi);
    this.serverErrors = edge.httpApi.metricServerError({ period: Duration.minutes(1), statistic: 'sum' });
    if (settings.permanent) new Canary(this, 'Canary', { functions: this.functions, shared: [this.makeRollBackAlarm()] });
  }

  private addRoute(httpApi: HttpApi, id: string, options: { integration: HttpLambdaIntegration; routeKey: HttpRouteKey }): void {
    const route = new HttpRoute(this, id, { httpApi, ...options });
    acknowledge(
      route,
      '`serve` authenticates in every function: origin secret, token or key, member and workspace (docs/decisions).',
      'AwsSolutions-APIG4',
    );
    this.routes.push(route);
  }

  /** Here and not beside its API: route settings must name routes that are there already. */
  private makeStage(settings: Settings, httpApi: HttpApi): void {
    const logGroup = new LogGroup(this, 'AccessLog', {
      retention: settings.logDays,
      removalPolicy: settings.permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.rate, burstLimit: settings.throttle.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: AccessLogFormat.custom(JSON.stringify(accessLine)) },
    });
    const { rate: ThrottlingRateLimit, burst: ThrottlingBurstLimit } = settings.publicThrottle;
    const keys = Object.values(services).flatMap(({ routes }) =>
      Object.values(routes)
        .filter(({ permission }) => permission === 'public')
        .map(routeKey),
    );
    (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
      ['$default', ...keys].map((key) => [key, { ThrottlingRateLimit, ThrottlingBurstLimit }]),
    );
    stage.node.addDependency(...this.routes);
  }

  /** Not the one of `watch-stack.ts`, which is deployed after the functions that this one takes back. */
  private makeRollBackAlarm(): Alarm {
    return new Alarm(this, 'ServerErrors', {
      alarmDescription: 'The API answers 5xx: a version on trial is taken back. docs/runbook.md, "Roll back".',
      metric: this.serverErrors,
      threshold: 5,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
