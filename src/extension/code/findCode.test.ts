import { expect, test } from 'vitest';
import { findCode } from './findCode';

const text = `import os

class Goods(View):
    def get(self, request):
        return 1

class Order(View):
    @method_decorator(cached)
    @other
    async def get(self, request):
        return 2

def get_all():
    return 3
`;

test('the definition of that name nearest to where it stood, from its first decorator on', () => {
  expect(findCode(text, { name: 'get', line: 4 })).toBe(3);
  expect(findCode(text, { name: 'get', line: 8 })).toBe(7);
  expect(findCode(text, { name: 'get', line: 30 })).toBe(7);
  expect(findCode(text, { name: 'Order', line: 1 })).toBe(6);
});

test('code that has gone, and names that are none, are found nowhere', () => {
  expect(findCode(text, { name: 'get_al', line: 13 })).toBeNull();
  expect(findCode(text, { name: '<lambda>', line: 1 })).toBeNull();
  expect(findCode(text.replaceAll('\n', '\r\n'), { name: 'get_all', line: 13 })).toBe(12);
});
