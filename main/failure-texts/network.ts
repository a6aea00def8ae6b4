// Owns the failures of the network and of services that do not answer as they should.
import type { FailureText } from './failure-text.ts'

export const network = {
  'network.offline': {
    message: 'The endpoint could not be reached.',
    remedy: 'Check the network; Sesame tries again by itself.',
  },
  'network.timed-out': {
    message: 'The endpoint did not answer in time.',
    remedy: 'Try again; Sesame also does so by itself.',
  },
  'network.bad-answer': {
    message: 'The endpoint answered with something that is not a Cognito answer.',
    remedy: 'Check for a captive portal or a proxy, and the endpoint of this profile.',
  },
  'network.certificate': {
    message: "The endpoint's certificate is not trusted on this machine.",
    remedy: "Check the endpoint, or add your organisation's certificate to the system's.",
  },
  'network.proxy': {
    message: 'The proxy of this network refused the connection.',
    remedy:
      "Check the proxy of the system's settings or HTTPS_PROXY: its address, and its user and password.",
  },
  'service.throttled': {
    message: 'Cognito asks for fewer requests.',
    remedy: 'Wait; Sesame tries again by itself.',
  },
  'service.unavailable': {
    message: 'Cognito had an internal error.',
    remedy: 'Wait; Sesame tries again by itself.',
  },
  'service.refused': {
    message: 'Cognito refused the request for a reason that Sesame does not know.',
    remedy: 'Read what Cognito said, and report it if it should be known.',
  },
} as const satisfies Record<string, FailureText>
