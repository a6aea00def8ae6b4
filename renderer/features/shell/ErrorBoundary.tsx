// Owns what is left when a component throws: a sentence and a way back. Sessions live in main and are not touched.
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button, Note } from '../../ui/index.ts'

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack)
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <Note
        tone="bad"
        role="alert"
        title="Something failed that Sesame did not expect."
        actions={<Button onClick={() => this.setState({ failed: false })}>Show it again</Button>}
      >
        Your sessions are not affected. If it stays, restart Sesame and report it with the log file.
      </Note>
    )
  }
}
