import { expect, test } from 'vitest';
import { userClassesIn } from './userClassesIn';

test('finds the classes whose users Locust would make, in their order', () => {
  const text = `
import locust
from locust import FastHttpUser, HttpUser, task


class Helper:
    abstract = True


class Base(HttpUser):
    abstract = True

    @task
    def read(self):
        self.client.get("/")

abstract = True

class Reader(Base):
    wait_time = locust.between(1, 2)


class Hurried(
    Helper,
    locust.FastHttpUser,
):
    abstract = False


class Step(locust.SequentialTaskSet):
    pass


    class Inner(HttpUser):
        pass
`;
  expect(userClassesIn(text)).toEqual(['Reader', 'Hurried']);
});

test('finds none in a file that has none', () => {
  expect(userClassesIn('')).toEqual([]);
  expect(userClassesIn('from shop.users import *\n')).toEqual([]);
});
