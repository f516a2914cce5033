/**
 * Stands in for the SDK's credential provider chain in the bundles: a Lambda's credentials come by environment, and the chain
 * (SSO, profiles, instance metadata) is 132 KiB of each bundle.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken } = process.env;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
