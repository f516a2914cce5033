import type { Row } from './permission-table.ts';

export const staff = ['admin', 'manager', 'sales', 'service', 'marketing', 'analyst'];

/** A row of the matrix for what has no owner: `may` for these roles, `not` for all others. */
export const who = (letters: { may: string; not: string }, ...roles: string[]): Row => {
  const cell = (role: string) => (roles.includes(role) ? letters.may : letters.not);
  return {
    admin: cell('admin'),
    manager: cell('manager'),
    sales: cell('sales'),
    service: cell('service'),
    marketing: cell('marketing'),
    analyst: cell('analyst'),
    partner: cell('partner'),
  };
};
