/** What the lab begins with: a small check that can be run anywhere. */
export const sampleCheck = `id: "F00001"
name: Corosync waits long enough for its token
group: My checks
description: |
  A node that has not seen the token in time is fenced.
remediation: |
  Raise \`token\` in \`/etc/corosync/corosync.conf\`.
metadata:
  target_type: cluster
facts:
  - name: token
    gatherer: corosync.conf@v1
    argument: totem.token
values:
  - name: least_token
    default: 5000
    conditions:
      - value: 30000
        when: env.provider == "azure"
expectations:
  - name: token_is_long_enough
    expect: facts.token >= values.least_token
    failure_message: The token is \${facts.token} ms, and should be \${values.least_token} ms at least
`;
