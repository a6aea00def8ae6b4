// Owns drawing a QR code as one path of an SVG: no image is fetched, no inline style is needed.
import { encode } from 'uqr'
import styles from './steps.module.css'

/** A QR code with the quiet zone of four modules that ISO/IEC 18004 asks for. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { border: 4, ecc: 'M' })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return (
    <svg
      className={styles.qr}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> needs a source to fetch; this is drawn in place
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  )
}
