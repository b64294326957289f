/** A value, or the promise of one. A store in memory has nothing to wait for, and waiting costs more than what is waited for. */
export type Later<T> = T | Promise<T>

/** Goes on with a value: at once where it is there, else when it comes. */
export const andThen = <T, R>(value: Later<T>, next: (value: T) => Later<R>): Later<R> =>
  value instanceof Promise ? value.then(next) : next(value)
