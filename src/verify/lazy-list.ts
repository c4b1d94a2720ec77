/** A list that is worked out anew, one by one, whenever it is gone through: however long, it takes no memory. */
export class LazyList<T> implements Iterable<T> {
  readonly #make: () => Iterable<T>;

  constructor(make: () => Iterable<T>) {
    this.#make = make;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#make()[Symbol.iterator]();
  }

  map<U>(change: (item: T) => U): LazyList<U> {
    const items = this.#make;
    return new LazyList(function* () {
      for (const item of items()) yield change(item);
    });
  }

  flatMap<U>(change: (item: T) => Iterable<U>): LazyList<U> {
    const items = this.#make;
    return new LazyList(function* () {
      for (const item of items()) yield* change(item);
    });
  }
}
