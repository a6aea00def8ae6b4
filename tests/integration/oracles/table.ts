// Owns what both clients do in each situation, and why they differ.
import type { SituationName } from './situations.ts'

export interface Row {
  readonly amplify: string
  readonly ours: string
  readonly why: string
}

export const table: Record<SituationName, Row> = {
  'Cognito refuses a refresh because the user is disabled, and enables the user again': {
    amplify: 'no tokens; afterwards signed out',
    ours: 'sign-in.disabled; afterwards signed in',
    why: 'Amplify clears the session on any NotAuthorizedException and goes on as a guest, without an error; a disabled user is no dead refresh token.',
  },
  'Cognito refuses a refresh because of the client secret, which somebody corrects': {
    amplify: 'no tokens after 1 request; meanwhile signed out; afterwards signed out',
    ours: 'config.client-secret after 1 request; meanwhile signed in; afterwards signed in',
    why: 'The same: what is wrong is the configuration, and Cognito still takes the token.',
  },
  'the network is gone during a refresh': {
    amplify: 'NetworkError after 3 requests; meanwhile signed in; afterwards signed in',
    ours: 'network.offline after 1 request; meanwhile signed in; then new tokens by itself within 1 s; afterwards signed in',
    why: 'Both keep what is valid. Amplify makes three tries while its caller waits; Sesame says so at once and asks again by itself.',
  },
  'Cognito throttles a refresh': {
    amplify: 'TooManyRequestsException after 3 requests; meanwhile signed in; afterwards signed in',
    ours: 'service.throttled after 1 request; meanwhile signed in; then new tokens by itself within 1 s; afterwards signed in',
    why: 'As above: three requests to a service that has too many, or one.',
  },
  'a load balancer answers a refresh': {
    amplify: 'SyntaxError after 1 request; meanwhile signed in; afterwards signed in',
    ours: 'service.unavailable after 1 request; meanwhile signed in; then new tokens by itself within 1 s; afterwards signed in',
    why: 'Amplify lets the JSON parser speak and leaves it at that; Sesame says that the service is unavailable, and asks again.',
  },
  'the session was revoked': {
    amplify: 'no tokens after 1 request; meanwhile signed out; afterwards signed out',
    ours: 'session.revoked after 1 request; meanwhile signed out; afterwards signed out',
    why: 'Both end it. Sesame says why and keeps the record aside until the person signs in again.',
  },
  'the answer to a rotation is lost, and asked for again within the grace period': {
    amplify: 'NetworkError after 3 requests; then new tokens when somebody asks again',
    ours: 'network.offline after 1 request; then new tokens by itself within 1 s',
    why: 'Both ask again with the old token, which Cognito allows for the grace period. Sesame does not wait until somebody wants tokens, who may come too late.',
  },
  'fifty ask for a refresh at once': {
    amplify: 'new tokens by 1 request',
    ours: 'new tokens by 1 request',
    why: 'Both make one request. Sesame also from several processes (`tests/integration/races`).',
  },
  'somebody signs out while a refresh is under way': {
    amplify: 'afterwards signed in',
    ours: 'afterwards signed out',
    why: 'Amplify stores what the refresh brings after the sign-out has cleared everything; Sesame drops it and revokes the token that came.',
  },
  'Cognito is down during a sign-out': {
    amplify: 'says done; the token works on',
    ours: 'says pending; the token is revoked a little later',
    why: 'Amplify says nothing and forgets the token, which works for as long as it lives; Sesame keeps the revocation until it went through.',
  },
  'two accounts refresh at the same time': {
    amplify: 'the first gets the tokens of ana, the second those of ana',
    ours: 'the first gets the tokens of ana, the second those of dora',
    why: 'Amplify has one refresh under way in all, whoever asks; Sesame one for each profile.',
  },
}
