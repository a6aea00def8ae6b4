// Names what a handler of the contract is: typed arguments in, a Result out, never an Electron event.
import type { RequestName } from '../../preload/channels.ts'
import type { RequestArgs, RequestValue } from '../../preload/contract.ts'
import type { Result } from '../failure.ts'

export type Handler<N extends RequestName> = (
  ...args: RequestArgs<N>
) => Result<RequestValue<N>> | Promise<Result<RequestValue<N>>>

/** Handlers by request name; one for each, or the compiler says which is missing. */
export type Handlers<N extends RequestName = RequestName> = { readonly [K in N]: Handler<K> }
