// Owns one token as a table: every claim named and explained, with what the signature check said.
import { Check, X } from 'lucide-react'
import type { ClaimsView, TokenView } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'
import { Badge } from '../../ui/index.ts'
import { ClaimCell } from './ClaimCell.tsx'
import styles from './ClaimsPanel.module.css'
import { describeClaims, filterClaims } from './describe.ts'

const SignatureBadge = ({ verification }: { verification: TokenView['verification'] }) => {
  switch (verification.kind) {
    case 'verified':
      return (
        <Badge tone="ok">
          <Check size={11} strokeWidth={3} aria-hidden="true" /> Signature verified
        </Badge>
      )
    case 'refused':
      return (
        <Badge tone="bad">
          <X size={11} strokeWidth={3} aria-hidden="true" /> Signature refused
        </Badge>
      )
    case 'unchecked':
      return <Badge tone="warn">Signature not checked</Badge>
    default:
      return unreachable(verification)
  }
}

export const TokenCaption = ({ title, token }: { title: string; token: TokenView }) => (
  <>
    <span className={styles.caption}>
      {title} <SignatureBadge verification={token.verification} />
    </span>
    {token.verification.kind !== 'verified' && (
      <span className={styles.reason}>{token.verification.reason}</span>
    )}
  </>
)

export interface TokenTableProps {
  title: string
  token: TokenView
  /** Its claims before the last refresh. */
  before: TokenView['payload'] | undefined
  expected: ClaimsView['expected']
  /** What was typed into the filter. */
  filter: string
}

export const TokenTable = ({ title, token, before, expected, filter }: TokenTableProps) => {
  const rows = filterClaims(describeClaims(token.payload, expected, before), filter)
  return (
    <div>
      <table className={styles.table}>
        <caption>
          <TokenCaption title={title} token={token} />
        </caption>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className={styles.row} data-changed={row.change?.kind}>
              <th scope="row" className={styles.name}>
                {row.name}
              </th>
              <ClaimCell row={row} />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={styles.empty}>No claim matches the filter.</p>}
    </div>
  )
}
