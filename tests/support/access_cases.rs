//! Hard cases of whole situations, one a row: the rule and its page, who asks, the policies, the answer.
//!
//! Shorthand of the policies: `ALL` allows everything, `GET` allows `bedrock:Get*`, `NOGET` denies it, `OTHER`
//! allows `s3:*`; `TO(x)` allows everything to the principal `x`, `NOTTO(x)` denies it. The action is
//! `bedrock:GetPrompt` on a prompt of account 1, for trust policies `sts:AssumeRole` on a role of it.
//! Callers: `ann` a user, `role` some session of a role, `ses` a session by name, `root` of account 1; `bob` a
//! user of account 2; `svc` a service; `linked` a service-linked role; `fed` a federated session; `idp` a
//! provider; `-` nobody known. The answer: its kind and the layer that decided.

/// rule | caller | policies | answer
pub(crate) const SITUATIONS: &str = r#"
logic: no policy, the default is deny            | ann | {} | implicit identity
logic: one allow is enough                       | ann | {"identity": [OTHER, GET]} | allow identity
logic: a deny overrides an allow                 | ann | {"identity": [ALL, NOGET]} | explicit identity
logic: a deny without any allow                  | ann | {"identity": [NOGET]} | explicit identity
logic: the root user needs no identity policy    | root | {} | allow identity
logic: root is denied by the resource's policy   | root | {"resource": [NOTTO("*")]} | explicit resource
SCP: root is limited by them                     | root | {"scps": [[GET], [OTHER]]} | implicit scp
SCP: every level must allow                      | ann | {"identity": [ALL], "scps": [[ALL], [OTHER]]} | implicit scp
SCP: it grants nothing                           | ann | {"scps": [[ALL]]} | implicit identity
SCP: all levels allow                            | ann | {"identity": [ALL], "scps": [[ALL], [GET]]} | allow identity
SCP: a deny at any level                         | ann | {"identity": [ALL], "scps": [[ALL], [ALL, NOGET]]} | explicit scp
SCP: limits a grant by the resource's policy     | ann | {"resource": [TO({"AWS": "ANN"})], "scps": [[OTHER]]} | implicit scp
SCP: an empty level allows nothing               | ann | {"identity": [ALL], "scps": [[]]} | implicit scp
SCP: not for service-linked roles                | linked | {"identity": [ALL], "scps": [[OTHER]]} | allow identity
SCP: not for services                            | svc | {"resource": [TO({"Service": "bedrock.amazonaws.com"})], "scps": [[OTHER]]} | allow resource
SCP: those of the caller's account, abroad too   | bob | {"identity": [ALL], "resource": [TO({"AWS": "BOB"})], "scps": [[OTHER]]} | implicit scp
RCP: every level must allow                      | ann | {"identity": [ALL], "rcps": [[TO("*")], [ONLYS3("*")]]} | implicit rcp
RCP: it grants nothing                           | ann | {"rcps": [[TO("*")]]} | implicit identity
RCP: a deny for callers of other accounts        | bob | {"identity": [ALL], "resource": [TO("*")], "rcps": [[TO("*"), NOTTO("*")]]} | explicit rcp
RCP: not for service-linked roles                | linked | {"identity": [ALL], "rcps": [[ONLYS3("*")]]} | allow identity
RCP: for services too                            | svc | {"resource": [TO("*")], "rcps": [[ONLYS3("*")]]} | implicit rcp
boundary: it limits identity policies            | ann | {"identity": [ALL], "boundary": [OTHER]} | implicit boundary
boundary: it grants nothing                      | ann | {"boundary": [ALL]} | implicit identity
boundary: both allow                             | ann | {"identity": [ALL], "boundary": [GET]} | allow identity
boundary: a deny in it                           | ann | {"identity": [ALL], "boundary": [ALL, NOGET]} | explicit boundary
boundary: its deny binds a direct grant too      | ann | {"resource": [TO({"AWS": "ANN"})], "boundary": [NOGET]} | explicit boundary
boundary: a user named is past its silence       | ann | {"resource": [TO({"AWS": "ANN"})], "boundary": [OTHER]} | allow resource
boundary: a role named is not                    | role | {"resource": [TO({"AWS": "ROLE"})], "boundary": [OTHER]} | implicit boundary
boundary: a role's session, by its role, is not  | ses | {"resource": [TO({"AWS": "ROLE"})], "boundary": [OTHER]} | implicit boundary
boundary: a session named is past its silence    | ses | {"resource": [TO({"AWS": "SES"})], "boundary": [OTHER]} | allow resource
boundary: everyone is past its silence           | role | {"resource": [TO("*")], "boundary": [OTHER]} | allow resource
boundary: by the account it is not               | ann | {"identity": [ALL], "resource": [TO({"AWS": "111111111111"})], "boundary": [OTHER]} | implicit boundary
session: it limits the role                      | ses | {"identity": [ALL], "session": [OTHER]} | implicit session
session: it grants nothing                       | ses | {"session": [ALL]} | implicit identity
session: both allow                              | ses | {"identity": [ALL], "session": [GET]} | allow identity
session: a role named is limited by it           | ses | {"resource": [TO({"AWS": "ROLE"})], "session": [OTHER]} | implicit session
session: a session named is not                  | ses | {"resource": [TO({"AWS": "SES"})], "session": [OTHER]} | allow resource
session: its deny binds a session named          | ses | {"resource": [TO({"AWS": "SES"})], "session": [NOGET]} | explicit session
session: a federated session named               | fed | {"resource": [TO({"AWS": "FED"})], "session": [OTHER]} | allow resource
resource: a role named needs no identity policy  | role | {"resource": [TO({"AWS": "ROLE"})]} | allow resource
resource: its account named is no grant          | role | {"resource": [TO({"AWS": "111111111111"})]} | implicit identity
resource: nor its root ARN                       | role | {"resource": [TO({"AWS": "arn:aws:iam::111111111111:root"})]} | implicit identity
resource: identity alone is enough at home       | role | {"identity": [ALL], "resource": [TO({"AWS": "BOB"})]} | allow identity
resource: a deny for everyone                    | role | {"identity": [ALL], "resource": [NOTTO("*")]} | explicit resource
resource: a deny for the role binds its session  | ses | {"identity": [ALL], "resource": [NOTTO({"AWS": "ROLE"})]} | explicit resource
resource: a deny for another session does not    | ses | {"identity": [ALL], "resource": [NOTTO({"AWS": "arn:aws:sts::111111111111:assumed-role/flows/t"})]} | allow identity
resource: a session of a role with a path        | ses | {"resource": [TO({"AWS": "arn:aws:iam::111111111111:role/team/flows"})]} | allow resource
resource: a role of the same name, elsewhere     | ses | {"resource": [TO({"AWS": "arn:aws:iam::222222222222:role/flows"})]} | implicit identity
resource: of another partition                   | ses | {"resource": [TO({"AWS": "arn:aws-cn:iam::111111111111:role/flows"})]} | implicit identity
resource: a service named                        | svc | {"resource": [TO({"Service": "bedrock.amazonaws.com"})]} | allow resource
resource: another service named                  | svc | {"resource": [TO({"Service": "s3.amazonaws.com"})]} | implicit resource
resource: a service has no identity policies     | svc | {"identity": [ALL]} | implicit resource
resource: nobody known, everyone allowed         | - | {"resource": [TO("*")]} | allow resource
resource: nobody known, everyone in AWS          | - | {"resource": [TO({"AWS": "*"})]} | allow resource
resource: nobody known, an account allowed       | - | {"resource": [TO({"AWS": "111111111111"})]} | implicit resource
cross: the identity side alone                   | bob | {"identity": [ALL]} | implicit resource
cross: the resource's side alone                 | bob | {"resource": [TO({"AWS": "BOB"})]} | implicit identity
cross: both, by name                             | bob | {"identity": [ALL], "resource": [TO({"AWS": "BOB"})]} | allow identity
cross: both, by account                          | bob | {"identity": [ALL], "resource": [TO({"AWS": "222222222222"})]} | allow identity
cross: both, by everyone                         | bob | {"identity": [ALL], "resource": [TO("*")]} | allow identity
cross: another account named                     | bob | {"identity": [ALL], "resource": [TO({"AWS": "111111111111"})]} | implicit resource
cross: a user named is not past its boundary     | bob | {"identity": [ALL], "boundary": [OTHER], "resource": [TO({"AWS": "BOB"})]} | implicit boundary
cross: a deny at home                            | bob | {"identity": [NOGET], "resource": [TO("*")]} | explicit identity
cross: a deny abroad                             | bob | {"identity": [ALL], "resource": [TO("*"), NOTTO({"AWS": "222222222222"})]} | explicit resource
cross: the owner is told where the ARN is not    | ann | {"owner": "222222222222", "identity": [ALL]} | implicit resource
trust: a service named                           | svc | {"trust": [TO({"Service": "bedrock.amazonaws.com"})]} | allow trust
trust: another service                           | svc | {"trust": [TO({"Service": "lambda.amazonaws.com"})]} | implicit trust
trust: identity alone never suffices             | ann | {"identity": [ALL], "trust": [TO({"AWS": "ROLE"})]} | implicit trust
trust: a user named, of the account              | ann | {"trust": [TO({"AWS": "ANN"})]} | allow trust
trust: the account hands it to identity policies | ann | {"trust": [TO({"AWS": "111111111111"})]} | implicit identity
trust: and they allow                            | ann | {"identity": [ALL], "trust": [TO({"AWS": "arn:aws:iam::111111111111:root"})]} | allow identity
trust: across accounts, one side                 | bob | {"trust": [TO({"AWS": "BOB"})]} | implicit identity
trust: across accounts, both                     | bob | {"identity": [ALL], "trust": [TO({"AWS": "BOB"})]} | allow identity
trust: a provider                                | idp | {"trust": [TO({"Federated": "accounts.google.com"})]} | allow trust
trust: another provider                          | idp | {"trust": [TO({"Federated": "www.amazon.com"})]} | implicit trust
trust: a deny                                    | svc | {"trust": [TO("*"), NOTTO({"Service": "bedrock.amazonaws.com"})]} | explicit trust
trust: an SCP at home                            | bob | {"identity": [ALL], "trust": [TO({"AWS": "BOB"})], "scps": [[OTHER]]} | implicit scp
key: identity alone never suffices               | ann | {"identity": [ALL], "key": [TO({"AWS": "BOB"})]} | implicit key
key: handed to the account, identity silent      | ann | {"key": [TO({"AWS": "arn:aws:iam::111111111111:root"})]} | implicit identity
key: handed to the account, identity allows      | ann | {"identity": [ALL], "key": [TO({"AWS": "arn:aws:iam::111111111111:root"})]} | allow identity
key: a user named                                | ann | {"key": [TO({"AWS": "ANN"})]} | allow key
key: a role named                                | role | {"key": [TO({"AWS": "ROLE"})]} | allow key
key: a role named, boundary silent               | role | {"key": [TO({"AWS": "ROLE"})], "boundary": [OTHER]} | implicit boundary
key: across accounts, the key's side alone       | bob | {"key": [TO({"AWS": "222222222222"})]} | implicit identity
key: across accounts, both                       | bob | {"identity": [ALL], "key": [TO({"AWS": "222222222222"})]} | allow identity
key: a service named                             | svc | {"key": [TO({"Service": "bedrock.amazonaws.com"})]} | allow key
key: a deny                                      | role | {"identity": [ALL], "key": [TO("*"), NOTTO({"AWS": "ROLE"})]} | explicit key
key: the root user without a word for it         | root | {"key": [TO({"AWS": "BOB"})]} | implicit key
key: the root user by its account                | root | {"key": [TO({"AWS": "111111111111"})]} | allow identity
NotPrincipal: the user and its account           | ann | {"identity": [ALL], "resource": [BUT({"AWS": ["ANN", "111111111111"]})]} | allow identity
NotPrincipal: nobody else of the account         | role | {"identity": [ALL], "resource": [BUT({"AWS": ["ANN", "111111111111"]})]} | explicit resource
NotPrincipal: session, role and account          | ses | {"identity": [ALL], "resource": [BUT({"AWS": ["SES", "ROLE", "111111111111"]})]} | allow identity
NotPrincipal: not another session of the role    | role | {"identity": [ALL], "resource": [BUT({"AWS": ["SES", "ROLE", "111111111111"]})]} | explicit resource
NotPrincipal: a service                          | svc | {"resource": [TO("*"), BUT({"Service": "bedrock.amazonaws.com"})]} | allow resource
"#;
