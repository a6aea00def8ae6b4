// Owns the names that may cross the bridge. No types from main, no validator: the preload bundle is this and little more.

export const requestNames = [
  'app.load',
  'app.setTheme',
  'app.setEndWarnings',
  'app.networkBack',
  'app.dismissNotice',
  'profiles.recognise',
  'profiles.add',
  'profiles.update',
  'profiles.duplicate',
  'profiles.move',
  'profiles.remove',
  'profiles.check',
  'signIn.begin',
  'signIn.answer',
  'signIn.cancel',
  'session.refresh',
  'session.signOut',
  'session.signOutEverywhere',
  'session.claims',
  'session.revealToken',
  'session.copyToken',
  'session.activity',
  'credentials.fetch',
  'credentials.copy',
  'credentials.test',
  'credentials.preflight',
  'credentials.copyConsoleLink',
  'awsFiles.preview',
  'awsFiles.apply',
  'vault.retry',
  'clipboard.clear',
] as const

export const eventNames = [
  'profiles.changed',
  'vault.changed',
  'clipboard.changed',
  'appearance.changed',
  'endWarnings.changed',
  'clock.changed',
  'notices.changed',
  'activity.added',
  'signOutEverywhere.progress',
  'app.command',
] as const

export type RequestName = (typeof requestNames)[number]
export type EventName = (typeof eventNames)[number]
