// Owns the list of faults that are also made with the real thing: the operating system's keyring, its bus, a real disk. Each names its
// test, and faults.test.ts fails where there is none of that name.

const faultsFile = 'tests/integration/vault/faults.test.ts'
const keychainFile = 'tests/integration/vault/keychain.test.ts'
const crashFile = 'tests/integration/crash/crash.test.ts'

export interface RealFault {
  readonly what: string
  readonly happens: string
  readonly file: string
  readonly test: string
}

export const realFaults: readonly RealFault[] = [
  {
    what: 'gnome-keyring is locked in the middle',
    happens: 'the next write is kept in memory and said to be unsaved',
    file: keychainFile,
    test: 'a keyring that is locked under a running vault is noticed at the next write',
  },
  {
    what: 'gnome-keyring is locked, and unlocked again',
    happens: 'saved then',
    file: keychainFile,
    test: 'a write stays in memory as unsaved and is saved when the keyring is open again',
  },
  {
    what: 'gnome-keyring is locked and Sesame is killed',
    happens: 'the encrypted file has the session, and the keyring gets it when it is open',
    file: faultsFile,
    test: 'the keyring is locked: what the encrypted file holds outlives a crash, and is in the keyring when it is open',
  },
  {
    what: 'a session is removed while gnome-keyring is locked, and Sesame is killed',
    happens: 'it never comes back',
    file: keychainFile,
    test: 'a session removed while it is locked never comes back, a crash in between included',
  },
  {
    what: 'D-Bus goes in the middle, and comes back',
    happens: 'kept in memory meanwhile, saved then',
    file: faultsFile,
    test: 'the bus goes and comes back: kept in memory meanwhile, saved then',
  },
  {
    what: 'D-Bus goes for good',
    happens: 'the next run finds the session as it was last saved',
    file: faultsFile,
    test: 'the bus goes for good: the next run finds the session as it was last saved',
  },
  {
    what: 'the keyring daemon dies and another one takes its place',
    happens: 'it takes the next write, without a restart of ours',
    file: keychainFile,
    test: 'a daemon that was started anew takes the next write, without a restart of ours',
  },
  {
    what: 'the keyring daemon hangs, and goes on',
    happens: 'the call times out, the next is refused at once, and all is made good when it goes on',
    file: keychainFile,
    test: 'a call that hangs times out, refuses the next at once, and is made good when the daemon goes on',
  },
  {
    what: 'the disk is full: a file system of its own without a free byte',
    happens: 'the keychain is enough',
    file: faultsFile,
    test: 'the disk is full',
  },
  {
    what: 'the disk takes no byte more (RLIMIT_FSIZE)',
    happens: 'the keychain is enough',
    file: faultsFile,
    test: 'the disk takes no byte more',
  },
  {
    what: 'the disk takes no byte more while gnome-keyring is locked',
    happens: 'kept in memory and said so',
    file: faultsFile,
    test: 'the disk takes no byte more while the keyring is locked: kept in memory and said so',
  },
  {
    what: 'the folder takes no files',
    happens: 'the keychain is enough',
    file: faultsFile,
    test: 'the folder takes no files',
  },
  {
    what: 'SIGKILL at a random instant of sign-in, refresh and sign-out',
    happens:
      'the session is the old one or the new one, refreshable; nothing is half-written, and no earlier sign-in lives on at Cognito',
    file: crashFile,
    test: 'in a %s, %i kills at random instants leave the old session or the new one, refreshable, and nothing half-written or left behind',
  },
]
