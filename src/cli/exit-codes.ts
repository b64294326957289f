/** One table for every command. `exec` and `check traffic` pass on the code of the command they run where it is not 0. */
export const exitCodes: Readonly<Record<number, string>> = {
  0: 'done, and all is well',
  1: 'something is not as it should be: a check failed, a payment is unsettled, the payer was refused',
  2: 'wrong usage',
  3: 'the server or program could not be reached',
  4: 'nothing could be decided, or kakaopay-mock itself failed',
}

export const FAILED = 1
export const WRONG_USAGE = 2
export const UNREACHABLE = 3
export const UNDECIDED = 4

/** What a shell gives a program that was ended because nobody reads its output: 128 + SIGPIPE. */
export const BROKEN_PIPE = 141
