/** How far a clock is from the system's, or where it stands still. A value: every move makes a new one. Instants and times in ms. */
export interface Clock {
  /** Epoch ms where it stands; null while it runs. */
  readonly frozen_at: number | null
  readonly offset_ms: number
}

export const SYSTEM_CLOCK: Clock = { frozen_at: null, offset_ms: 0 }

/** Epoch ms that the clock shows when the system's shows `system`. */
export const shows = (clock: Clock, system: number): number => clock.frozen_at ?? system + clock.offset_ms

/** A move of a clock, given what the system's shows. */
export type Move = (clock: Clock, system: number) => Clock

export const freeze =
  (at?: number): Move =>
  (clock, system) => {
    const instant = at ?? shows(clock, system)
    return { frozen_at: instant, offset_ms: instant - system }
  }

/** Lets it run, `ms` from the system's. */
export const offset =
  (ms: number): Move =>
  () => ({ frozen_at: null, offset_ms: ms })

/** On by `ms`, back where they are negative; a clock that stands goes on standing. */
export const advance =
  (ms: number): Move =>
  (clock, system) =>
    to(shows(clock, system) + ms)(clock, system)

export const to =
  (at: number): Move =>
  (clock, system) => ({ frozen_at: clock.frozen_at === null ? null : at, offset_ms: at - system })

export const resume: Move = () => SYSTEM_CLOCK
