import { describe, expect, it } from 'vitest';
import { queryString } from '../../web/src/api/query-string.ts';
import { hitDetail } from '../../web/src/customers/hit-detail.ts';
import { columnsOf, columnsText, customersSearch, filtersOf, isFiltered, listQuery } from '../../web/src/customers/search.ts';
import { whereOf } from '../../web/src/exports/where.ts';

describe('the URL of a list', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(
      customersSearch({ kind: 'person', lifecycle: 'gone', country: 'ph', sort: '-createdAt', evil: 'x', tag: ' wholesale ' }),
    ).toEqual({
      kind: 'person',
      country: 'PH',
      sort: '-createdAt',
      tag: 'wholesale',
    });
  });

  it('says nothing of the usual columns', () => {
    expect(columnsText(columnsOf({}))).toBeUndefined();
    expect(columnsOf({ columns: columnsText(['city', 'email']) })).toEqual(['email', 'city']);
  });

  it('asks for no order that is not served', () => {
    expect(listQuery({ sort: '-createdAt' })).toMatchObject({ sort: '-createdAt' });
    expect(listQuery({ sort: '-createdAt', scope: 'own' })).not.toHaveProperty('sort');
    expect(listQuery({ sort: '-createdAt', archived: 'yes' })).not.toHaveProperty('sort');
  });

  it('becomes the filter of the API, the same for a list and an export', () => {
    const search = customersSearch({ lifecycle: 'active', tag: 'hotel' });
    expect(queryString(listQuery(search))).toBe('?limit=50&lifecycle=active&tags=hotel');
    expect(whereOf(search)).toEqual({
      and: [
        { field: 'lifecycle', op: 'eq', value: 'active' },
        { field: 'tags', op: 'eq', value: 'hotel' },
      ],
    });
    expect(filtersOf({})).toEqual({});
    expect(isFiltered({ scope: 'own' })).toBe(true);
  });
});

describe('a hit of the search', () => {
  const plain = (text: string) => text.replace(/[\u2066\u2069]/g, '');

  it('is read by its e-mail, its phone and the rest, without the words of its name', () => {
    const detail = 'helene fournier +33639981742 +33465712008 helene.fournier@courriel.example lyon 69002';
    expect(plain(hitDetail({ name: 'Hélène Fournier', detail }))).toBe('helene.fournier@courriel.example · +33639981742 · Lyon 69002');
    expect(hitDetail({ name: 'นภา แสงทอง', detail: 'นภา แสงทอง กรุงเทพ' })).toBe('กรุงเทพ');
  });

  it('never shows half a word', () => {
    const detail = `${'a'.repeat(112)} lyon mar`;
    expect(hitDetail({ name: 'x', detail })).not.toMatch(/Mar$/);
  });
});
