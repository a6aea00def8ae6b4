// Stands in for react-remove-scroll, which Radix's modal parts wrap around their content (electron.vite.config.ts).
// The original locks the page by adding a <style> element, which the content security policy refuses; this window's
// page never scrolls, so there is nothing to lock.
import type { ElementType, ReactNode } from 'react'

export interface RemoveScrollProps {
  as?: ElementType
  children: ReactNode
  [passedOn: string]: unknown
}

export const RemoveScroll = ({
  as: Element = 'div',
  children,
  // Options of the original, none of them an attribute.
  allowPinchZoom: _allowPinchZoom,
  shards: _shards,
  ...rest
}: RemoveScrollProps) => <Element {...rest}>{children}</Element>
