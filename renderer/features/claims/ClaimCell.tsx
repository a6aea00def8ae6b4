// Owns how one claim's value looks.
import { roleName, shorten, shortIssuer } from '../../format/shorten.ts'
import { times } from '../../format/time.ts'
import { unreachable } from '../../format/unreachable.ts'
import { useTicking } from '../../state/index.ts'
import { Badge, Chips, Tooltip } from '../../ui/index.ts'
import { CopyValue } from '../values/CopyValue.tsx'
import { Relative } from '../values/Relative.tsx'
import { RoleChips } from '../values/RoleChips.tsx'
import styles from './ClaimsPanel.module.css'
import type { ClaimRow, ClaimValue } from './describe.ts'

/** A time of today needs no date, except where the day matters. */
const TimeValue = ({ at, whole }: { at: number; whole: boolean }) => {
  const text = useTicking((now) => (whole ? times.full(at) : times.time(at, now)))
  return <Tooltip text={times.full(at)}>{<time dateTime={new Date(at).toISOString()}>{text}</time>}</Tooltip>
}

const ChipValues = ({ values }: { values: readonly string[] }) =>
  values.some((value) => value.startsWith('arn:')) ? <RoleChips arns={values} /> : <Chips values={values} />

const Value = ({ name, value }: { name: string; value: ClaimValue }) => {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'json':
      return <span className={styles.json}>{value.text}</span>
    case 'id':
      return <CopyValue value={value.text} short={shorten(value.text)} what={name} />
    case 'issuer':
      return <CopyValue value={value.text} short={shortIssuer(value.text)} what={name} />
    case 'role':
      return <CopyValue value={value.text} short={roleName(value.text)} what={name} />
    case 'chips':
      return <ChipValues values={value.values} />
    case 'time':
      return <TimeValue at={value.at} whole={value.whole} />
    default:
      return unreachable(value)
  }
}

/** Under a time: how far away it is, in the claim's own words. */
const Explanation = ({ row }: { row: ClaimRow }) => {
  if (row.value.kind !== 'time') return row.explanation
  return <Relative at={row.value.at} before={row.name === 'exp' ? '' : row.explanation} />
}

/** The right-hand cell: value, badge, explanation. */
export const ClaimCell = ({ row }: { row: ClaimRow }) => (
  <td>
    <span className={styles.inline}>
      <Value name={row.name} value={row.value} />
      {row.verified !== undefined && (
        <Badge tone={row.verified ? 'ok' : 'warn'}>{row.verified ? 'verified' : 'not verified'}</Badge>
      )}
    </span>
    <span className={row.expected === false ? `${styles.note} ${styles.wrong}` : styles.note}>
      <Explanation row={row} />
    </span>
  </td>
)
