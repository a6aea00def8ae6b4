import { describe, expect, it } from 'vitest'
import { roleName, shorten, shortIssuer } from '../../../../renderer/format/shorten.ts'

describe('long ids keep the ends people compare', () => {
  it.each([
    ['5f1c2d3e-aaaa-bbbb-cccc-0123456ab09e', '5f1c…b09e'],
    ['short-id', 'short-id'],
    ['exactly-11c', 'exactly-11c'],
    ['twelve-chars', 'twel…hars'],
    ['', ''],
  ])('%s becomes %s', (text, short) => {
    expect(shorten(text)).toBe(short)
  })
})

describe('issuers name region and pool', () => {
  it.each([
    ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Qx7Ab91c', 'cognito-idp.eu-west-1…Qx7Ab91c'],
    ['https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab12', 'cognito-idp.cn-north-1…Ab12'],
    ['http://127.0.0.1:9229/local_demo1', '127.0.0.1:9229/local_demo1'],
  ])('%s becomes %s', (issuer, short) => {
    expect(shortIssuer(issuer)).toBe(short)
  })
})

describe('role ARNs are called by the role', () => {
  it.each([
    ['arn:aws:iam::123456789012:role/orders-dev', 'orders-dev'],
    ['arn:aws:iam::123456789012:role/teams/eu/orders-dev', 'orders-dev'],
    ['arn:aws:sts::123456789012:assumed-role/orders-dev/CognitoIdentityCredentials', 'orders-dev'],
    ['arn:aws-cn:iam::123456789012:role/orders', 'orders'],
    ['not an arn', 'not an arn'],
  ])('%s is %s', (arn, name) => {
    expect(roleName(arn)).toBe(name)
  })
})
