// Owns what a log line is: one JSON object with a time, a level, an event name and redacted fields. Knows no file.
import { redactFields } from './redact.ts'

export type LogLevel = 'info' | 'warn' | 'error'
export type LogFields = Readonly<Record<string, unknown>>

/** What the rest of main writes its log to. Event names are ours and constant ("ipc.refused"); everything else is a field. */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/** Where finished lines go. Neither call ever throws: a full disk must not stop the app. */
export interface LogSink {
  write(line: string): void
  /** For the last words of a crash: on disk when it returns. */
  writeNow(line: string): void
}

const reserved = new Set(['at', 'level', 'event'])

/** One line of the log, without its line end. Fields named like the line's own get an underscore. */
export const formatLine = (at: number, level: LogLevel, event: string, fields: LogFields = {}): string => {
  const named = Object.entries(fields).map(([name, value]) => [reserved.has(name) ? `_${name}` : name, value])
  return JSON.stringify({
    at: new Date(at).toISOString(),
    level,
    event,
    ...redactFields(Object.fromEntries(named)),
  })
}

/** A log over a sink. `now` gives epoch milliseconds. Errors and what comes with them are written at once. */
export const createLog = (sink: LogSink, now: () => number): Log => {
  const writer = (level: LogLevel) => (event: string, fields?: LogFields) => {
    const line = formatLine(now(), level, event, fields)
    if (level === 'error') sink.writeNow(line)
    else sink.write(line)
  }
  return { info: writer('info'), warn: writer('warn'), error: writer('error') }
}

/** For tests and for tools without a log file. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }
