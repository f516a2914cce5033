/** Rules, and beside them the campaigns that are entered by an event; apart from the rules' own schema, which whoever writes a trigger need not carry. */
export const rulePartition = (tenant: string) => `T#${tenant}#RULE`;
