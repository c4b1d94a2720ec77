/** An open object or list. One is used again and again for all at its depth: there may be millions. */
export class Container<T> {
  readonly parent: Container<T> | undefined;
  isList = false;
  /** In its parent object; of the root, its path. */
  key: string | undefined;
  /** Its number in its parent list. */
  index = 0;
  /** An object that is cut out. */
  item: Item<T> | undefined;
  /** Commas so far. */
  commas = 0;
  /** Its JSON path, once somebody has asked. */
  #path: string | undefined;
  #inside: Container<T> | undefined;

  constructor(parent: Container<T> | undefined) {
    this.parent = parent;
  }

  /** The one that opens in it. */
  opened(isList: boolean, key: string | undefined, item: Item<T> | undefined): Container<T> {
    this.#inside ??= new Container(this);
    return this.#inside.begun(isList, key, this.commas, item);
  }

  begun(isList: boolean, key: string | undefined, index: number, item: Item<T> | undefined): this {
    this.isList = isList;
    this.key = key;
    this.index = index;
    this.item = item;
    this.commas = 0;
    this.#path = undefined;
    return this;
  }

  /** Its JSON path: `$.tracks.children[0]`. */
  path(): string {
    const { parent, key, index } = this;
    if (parent === undefined) return key ?? "$";
    this.#path ??= parent.path() + (key === undefined ? `[${index}]` : `.${key}`);
    return this.#path;
  }
}

/** The text of an object that is cut out, with `null` for each item cut out of it. */
export interface Item<T> {
  text: string;
  /** The line it begins on. */
  readonly line: number;
  /** What was made of those: by the path of their list, at their place in it. */
  readonly made: Map<string, T[]>;
}
