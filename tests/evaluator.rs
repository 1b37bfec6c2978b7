//! Judges the judge: hard cases for `support/evaluator.rs`, each under the rule
//! of IAM's guide (or the fact sheet's section) that decides it.

use std::panic::{UnwindSafe, catch_unwind};

use serde_json::{Value, json};

#[path = "support/evaluator.rs"]
mod evaluator;

use evaluator::{
    Decision, Parsed, Principal, Request, cross_account, grants_directly, grants_to_account, identity,
    key_access, resource_based, same_account, trust,
};

use Decision::{Allow, ExplicitDeny, ImplicitDeny};

const ACCOUNT: &str = "111122223333";
const ROLE: &str = "arn:aws:iam::111122223333:role/flows";
const PROMPT: &str = "arn:aws:bedrock:us-east-1:111122223333:prompt/AAAAAAAAAA";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";
const GET: &str = "bedrock:GetPrompt";

/// rule | pattern | action | whether it fits
const ACTIONS: &str = r"
g.4: prefix and name ignore case        | BEDROCK:getprompt     | bedrock:GetPrompt | yes
elements_action: * in the name          | bedrock:Get*          | bedrock:GetPrompt | yes
elements_action: * may be empty         | bedrock:GetPrompt*    | bedrock:GetPrompt | yes
elements_action: * inside               | bedrock:*Prompt       | bedrock:GetPrompt | yes
elements_action: several *              | bedrock:*e*P*t        | bedrock:GetPrompt | yes
elements_action: the end must fit       | bedrock:*Promp        | bedrock:GetPrompt | no
elements_action: * alone                | *                     | bedrock:GetPrompt | yes
elements_action: the whole service      | bedrock:*             | bedrock:GetPrompt | yes
elements_action: no * means whole names | bedrock:Get           | bedrock:GetPrompt | no
elements_action: a longer name          | bedrock:InvokeModel   | bedrock:InvokeModelWithResponseStream | no
elements_action: another service        | bedrock-agent:*       | bedrock:GetPrompt | no
g.5: ? is one character                 | bedrock:Get?rompt     | bedrock:GetPrompt | yes
g.5: ? is not none                      | bedrock:GetPrompt?    | bedrock:GetPrompt | no
g.4: around wildcards too               | bedrock:invoke*STREAM | bedrock:InvokeModelWithResponseStream | yes
";

/// rule | pattern | resource | whether it fits
const RESOURCES: &str = r"
resource: *                           | *                                  | arn:aws:s3:::b         | yes
g.10: an operation without types      | *                                  | *                      | yes
g.10: no ARN stands for *             | arn:*:s3:*:*:*                     | *                      | no
resource: exact                       | arn:aws:s3:::b                     | arn:aws:s3:::b         | yes
g.4: case-sensitive                   | arn:aws:s3:::B                     | arn:aws:s3:::b         | no
a.4: an ARN is no prefix              | arn:aws:x:r:1:prompt/A             | arn:aws:x:r:1:prompt/A:3 | no
resource: * takes a colon             | arn:aws:x:r:1:prompt/*             | arn:aws:x:r:1:prompt/A:3 | yes
resource: * before a colon            | arn:aws:x:r:1:prompt/*:3           | arn:aws:x:r:1:prompt/A:3 | yes
resource: another version             | arn:aws:x:r:1:prompt/*:4           | arn:aws:x:r:1:prompt/A:3 | no
resource: ? takes a colon at the end  | arn:aws:x:r:1:prompt/A?3           | arn:aws:x:r:1:prompt/A:3 | yes
g.5: * crosses /                      | arn:aws:s3:::b/*/c                 | arn:aws:s3:::b/1/2/c   | yes
the guide: bucket/1/2/test/3/object   | arn:aws:s3:::b/*/test/*            | arn:aws:s3:::b/1/2/test/3/object.jpg | yes
the guide: bucket//test/object        | arn:aws:s3:::b/*/test/*            | arn:aws:s3:::b//test/object.jpg | yes
the guide: not bucket/1-test/object   | arn:aws:s3:::b/*/test/*            | arn:aws:s3:::b/1-test/object.jpg | no
resource: a bucket is not its objects | arn:aws:s3:::b                     | arn:aws:s3:::b/o       | no
resource: objects are not the bucket  | arn:aws:s3:::b/*                   | arn:aws:s3:::b         | no
g.5: a whole segment                  | arn:aws:x:*:1:prompt/*             | arn:aws:x:us-east-1:1:prompt/A | yes
g.5: parts of a segment               | arn:aws:x:us-*-1:*:p*/A            | arn:aws:x:us-east-1:1:prompt/A | yes
g.5: the partition                    | arn:*:x:us-east-1:1:prompt/A       | arn:aws:x:us-east-1:1:prompt/A | yes
g.5: another region                   | arn:aws:x:eu-*:1:prompt/A          | arn:aws:x:us-east-1:1:prompt/A | no
ARN: another service                  | arn:aws:y:*:*:*                    | arn:aws:x:us-east-1:1:prompt/A | no
g.9: an empty account                 | arn:aws:x:*::foundation-model/*    | arn:aws:x:r::foundation-model/a.b:0 | yes
g.5: * fits an empty segment          | arn:aws:x:*:*:foundation-model/*   | arn:aws:x:r::foundation-model/a.b:0 | yes
ARN: empty is not any                 | arn:aws:x:*::prompt/*              | arn:aws:x:r:1:prompt/A | no
ARN: a number is not empty            | arn:aws:x:r:1:foundation-model/*   | arn:aws:x:r::foundation-model/a.b:0 | no
g.5: fewer than six segments          | arn:aws:x                          | arn:aws:x:r:1:prompt/A | yes
g.5: fewer, but another region        | arn:aws:x:s                        | arn:aws:x:r:1:prompt/A | no
resource: a final * runs past colons  | arn:aws:x:*:1:finance/*            | arn:aws:x:us:9:store/a:1:finance/d | yes
resource: with letters before it      | arn:aws:x:u*:1:finance/*           | arn:aws:x:us:9:store/a:1:finance/d | yes
resource: an inner * does not         | arn:aws:x:u*a:1:finance/*          | arn:aws:x:us:9:store/a:1:finance/d | no
resource: ? does not                  | arn:aws:x:us?9:store/a:1:finance/* | arn:aws:x:us:9:store/a:1:finance/d | no
resource: nor more than there are     | arn:aws:x:*:*:*:*:*:*:finance/d    | arn:aws:x:us:9:store/a:1:finance/d | no
resource: no match to be found        | arn:aws:x:*:2:finance/*            | arn:aws:x:us:9:store/a:1:finance/d | no
";

/// rule | operator | values in the policy | values in the request, if any | whether it holds
const TEXT_CONDITIONS: &str = r#"
StringEquals: case-sensitive     | StringEquals              | "V"          | ["v"]     | no
StringEquals: * is no wildcard   | StringEquals              | "v*"         | ["vw"]    | no
StringEquals: * equals itself    | StringEquals              | "v*"         | ["v*"]    | yes
several values: OR               | StringEquals              | ["a", "b"]   | ["b"]     | yes
several values, negated: NOR     | StringNotEquals           | ["a", "b"]   | ["b"]     | no
several values: none             | StringNotEquals           | ["a", "b"]   | ["c"]     | yes
missing key, positive            | StringEquals              | "a"          | -         | no
missing key, negated             | StringNotEquals           | "a"          | -         | yes
missing key: * is not absence    | StringLike                | "*"          | -         | no
no values: the key is absent     | StringEquals              | "a"          | []        | no
IfExists: missing                | StringEqualsIfExists      | "a"          | -         | yes
IfExists: present, another       | StringEqualsIfExists      | "a"          | ["b"]     | no
IfExists: negated, missing       | StringNotEqualsIfExists   | "a"          | -         | yes
IgnoreCase                       | StringEqualsIgnoreCase    | "ABC"        | ["abC"]   | yes
IgnoreCase, negated              | StringNotEqualsIgnoreCase | "ABC"        | ["abC"]   | no
IgnoreCase: * is no wildcard     | StringEqualsIgnoreCase    | "a*"         | ["AB"]    | no
StringLike: wildcards            | StringLike                | "a*c?"       | ["abbcd"] | yes
StringLike: case-sensitive       | StringLike                | "A*"         | ["ab"]    | no
StringLike: the empty text       | StringLike                | ["", "home/"] | [""]     | yes
StringLike: ? is a whole letter  | StringLike                | "?"          | ["é"]     | yes
StringLike: ? is one letter      | StringLike                | "*a??"       | ["aé"]    | no
StringNotLike                    | StringNotLike             | ["x", "a*"]  | ["ab"]    | no
the guide's example, StringLike  | StringLike                | "arn:aws:s:*:1:finance/*" | ["arn:aws:s:us:9:store/abc:1:finance/d"] | yes
the guide's example, ArnLike     | ArnLike                   | "arn:aws:s:*:1:finance/*" | ["arn:aws:s:us:9:store/abc:1:finance/d"] | no
ArnEquals is ArnLike             | ArnEquals                 | "arn:aws:s:*:1:r/*" | ["arn:aws:s:x:1:r/a:b"] | yes
ArnLike: wildcard in any part    | ArnLike                   | "arn:a*:?:x:1:r"    | ["arn:aws:s:x:1:r"]     | yes
ArnLike: case-sensitive          | ArnLike                   | "arn:aws:s:::R"     | ["arn:aws:s:::r"]       | no
ArnLike: not an ARN              | ArnLike                   | "arn:*:*:*:*:*"     | ["bob"]                 | no
ArnLike: the sixth part whole    | ArnLike                   | "arn:aws:s:::r"     | ["arn:aws:s:::r:2"]     | no
ArnLike: colons in the sixth     | ArnLike                   | "arn:aws:s:::r:*"   | ["arn:aws:s:::r:2"]     | yes
ArnLike: * alone                 | ArnLike                   | "*"                 | ["arn:aws:s:::r"]       | yes
ArnNotEquals is ArnNotLike       | ArnNotEquals              | "arn:aws:s:*:1:*"   | ["arn:aws:s:x:1:r"]     | no
ArnNotLike: missing              | ArnNotLike                | "arn:aws:s:*:1:*"   | -                       | yes
"#;

const TYPED_CONDITIONS: &str = r#"
Numeric: by value                   | NumericEquals            | "1.0"           | ["1"]            | yes
Numeric: not as text                | NumericLessThan          | "10"            | ["9"]            | yes
grammar: a number without quotes    | NumericLessThanEquals    | 10              | ["10"]           | yes
Numeric: strict                     | NumericGreaterThan       | "10"            | ["10"]           | no
Numeric: strict too                 | NumericLessThan          | "10"            | ["10.0"]         | no
Numeric: decimals, signs            | NumericGreaterThanEquals | "-1.5"          | ["-1.49"]        | yes
Numeric: NOR                        | NumericNotEquals         | ["1", "2"]      | ["2.0"]          | no
Numeric: missing                    | NumericLessThan          | "10"            | -                | no
Date: one instant, two zones        | DateEquals               | "2020-01-01T01:30:00+01:30" | ["2020-01-01T00:00:00Z"] | yes
Date: a zone behind                 | DateEquals               | "2020-02-29T23:59:59-00:01" | ["2020-03-01T00:00:59Z"] | yes
Date: epoch time                    | DateEquals               | "2020-01-01T00:00:01Z" | ["1577836801"] | yes
Date: a leap day                    | DateEquals               | "951782400"     | ["2000-02-29"]   | yes
Date: a century without one         | DateEquals               | "2100-03-01"    | ["4107542400"]   | yes
Date: before the epoch              | DateEquals               | "-86400"        | ["1969-12-31"]   | yes
Date: fractions                     | DateLessThan             | "2020-01-01T00:00:01.50Z" | ["2020-01-01T00:00:01.499Z"] | yes
Date: a year, a month               | DateLessThanEquals       | "2024"          | ["2024-01"]      | yes
Date: strict                        | DateGreaterThan          | "2020-03-01T00:00Z" | ["2020-03-01"] | no
Date: at or after                   | DateGreaterThanEquals    | "2020-03-01"    | ["2020-03-01T00:00:00Z"] | yes
Date: negated, missing              | DateNotEquals            | "2020"          | -                | yes
Bool                                | Bool                     | "true"          | ["false"]        | no
grammar: a Boolean without quotes   | Bool                     | false           | ["false"]        | yes
Bool: missing is not false          | Bool                     | "false"         | -                | no
BoolIfExists: missing               | BoolIfExists             | "false"         | -                | yes
Binary: byte for byte               | BinaryEquals             | "QmluYXJ5VmFsdWVJbkJhc2U2NA==" | ["QmluYXJ5VmFsdWVJbkJhc2U2NA=="] | yes
Binary: other bytes                 | BinaryEquals             | "QQ=="          | ["qq=="]         | no
IpAddress: in range                 | IpAddress                | "203.0.113.0/24" | ["203.0.113.255"] | yes
IpAddress: out of range             | IpAddress                | "203.0.113.0/25" | ["203.0.113.128"] | no
IpAddress: alone means /32          | IpAddress                | "203.0.113.1"   | ["203.0.113.2"]  | no
IpAddress: /0                       | IpAddress                | "0.0.0.0/0"     | ["203.0.113.2"]  | yes
IpAddress: IPv6 beside IPv4         | IpAddress                | ["10.0.0.0/8", "2001:DB8:1234:5678::/64"] | ["2001:db8:1234:5678::9"] | yes
IpAddress: all of IPv6, not IPv4    | IpAddress                | "::/0"          | ["2001:db8::1"]  | yes
IpAddress: families do not mix      | IpAddress                | "::/0"          | ["203.0.113.2"]  | no
NotIpAddress: NOR                   | NotIpAddress             | ["10.0.0.0/8", "192.168.0.0/16"] | ["192.168.1.1"] | no
NotIpAddress: missing               | NotIpAddress             | "10.0.0.0/8"    | -                | yes
Null true: the key must be absent   | Null                     | "true"          | ["v"]            | no
Null true: it is absent             | Null                     | true            | -                | yes
Null false: the key must be present | Null                     | "false"         | -                | no
Null false: it is present           | Null                     | "false"         | ["v"]            | yes
"#;

const SET_CONDITIONS: &str = r#"
ForAllValues: a subset              | ForAllValues:StringEquals       | ["a", "b"] | ["b"]       | yes
ForAllValues: one outside           | ForAllValues:StringEquals       | ["a", "b"] | ["a", "c"]  | no
ForAllValues: missing               | ForAllValues:StringEquals       | ["a", "b"] | -           | yes
ForAllValues: an empty value        | ForAllValues:StringEquals       | ["a", "b"] | [""]        | yes
ForAllValues, negated: none of them | ForAllValues:StringNotEquals    | ["a", "b"] | ["c", "d"]  | yes
ForAllValues, negated: one of them  | ForAllValues:StringNotEquals    | ["a", "b"] | ["a", "c"]  | no
ForAnyValue: one inside             | ForAnyValue:StringEquals        | ["a", "b"] | ["c", "b"]  | yes
ForAnyValue: all outside            | ForAnyValue:StringEquals        | ["a", "b"] | ["c"]       | no
ForAnyValue: missing                | ForAnyValue:StringEquals        | ["a", "b"] | -           | no
ForAnyValue: an empty value         | ForAnyValue:StringLike          | "*"        | [""]        | no
ForAnyValue, negated: one outside   | ForAnyValue:StringNotEquals     | ["a", "b"] | ["a", "c"]  | yes
ForAnyValue, negated: all inside    | ForAnyValue:StringNotEquals     | ["a", "b"] | ["a", "b"]  | no
ForAnyValue, negated: missing       | ForAnyValue:StringNotEquals     | ["a", "b"] | -           | no
ForAnyValue and IfExists: missing   | ForAnyValue:StringLikeIfExists  | ["a", "b"] | -           | yes
g.7: ForAllValues on Booleans       | ForAllValues:Bool               | "true"     | ["true", "false"] | no
ForAnyValue on ARNs                 | ForAnyValue:ArnLike             | "arn:aws:s:*::r" | ["x", "arn:aws:s:e::r"] | yes
"#;

const VARIABLE_CONDITIONS: &str = r#"
variables: from the context         | StringEquals    | "is-${aws:username}"       | ["is-ann"]  | yes
variables: key names ignore case    | StringEquals    | "${AWS:UserName}"          | ["ann"]     | yes
variables: no value, no match       | StringLike      | "${aws:none}*"             | ["${aws:none}"] | no
variables: other values still count | StringLike      | ["${aws:none}", "v"]       | ["v"]       | yes
variables: the default              | StringEquals    | "${aws:none, 'dflt'}"      | ["dflt"]    | yes
variables: the default not needed   | StringNotEquals | "${aws:username, 'dflt'}"  | ["ann"]     | no
variables: an escaped *             | StringLike      | "a${*}c"                   | ["abc"]     | no
variables: an escaped * is a *      | StringLike      | "a${*}c"                   | ["a*c"]     | yes
variables: escaped ? and $          | StringEquals    | "${?}${$}{x}"              | ["?${x}"]   | yes
variables: a whole ARN              | ArnEquals       | "${aws:PrincipalArn}" | ["arn:aws:iam::111122223333:role/flows"] | yes
variables: in an ARN operator       | ArnEquals       | "arn:aws:iam::1:user/${aws:username}" | ["arn:aws:iam::1:user/ann"] | yes
"#;

/// rule | policy language | resource | request's resource | request's user name, if any | whether it fits
const RESOURCE_VARIABLES: &str = r"
variables: in Resource           | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/ann/x | ann | yes
variables: another user's        | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/bob/x | ann | no
variables: no value, no match    | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/${aws:username}/x | - | no
variables: a value is plain text | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/bob/x | *   | no
g.3: none in the older language  | 2008-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/ann/x | ann | no
g.3: there they are plain text   | 2008-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/${aws:username}/x | ann | yes
g.3: without Version, the older  | -          | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/${aws:username}/x | ann | yes
";

/// rule | principal element | who asks | how it is reached
const PRINCIPALS: &str = r#"
an account id means all in it       | {"AWS": "111122223333"}                      | ROLE | account
its root ARN means the same         | {"AWS": "arn:aws:iam::111122223333:root"}    | ROLE | account
another account                     | {"AWS": "arn:aws:iam::111122223333:root"}    | BOB  | no
an account is no service            | {"AWS": "111122223333"}                      | bedrock.amazonaws.com | no
the root of another partition       | {"AWS": "arn:aws-cn:iam::111122223333:root"} | ROLE | no
by its own ARN                      | {"AWS": ["999999999999", "arn:aws:iam::111122223333:role/flows"]} | ROLE | direct
by name and through the account     | {"AWS": ["111122223333", "arn:aws:iam::111122223333:role/flows"]} | ROLE | direct
in any order                        | {"AWS": ["arn:aws:iam::111122223333:role/flows", "111122223333"]} | ROLE | direct
another name                        | {"AWS": "arn:aws:iam::111122223333:role/flow"}  | ROLE | no
names are case-sensitive            | {"AWS": "arn:aws:iam::444455556666:user/bob"}   | BOB  | no
* is everyone                       | "*"                                          | BOB  | direct
AWS * is everyone                   | {"AWS": "*"}                                 | BOB  | direct
* takes in services                 | "*"                                          | bedrock.amazonaws.com | direct
a service by name, one of several   | {"Service": ["a.amazonaws.com", "bedrock.amazonaws.com"]} | bedrock.amazonaws.com | direct
another service                     | {"Service": "bedrock.amazonaws.com"}         | s3.amazonaws.com | no
a service is no AWS principal       | {"Service": "bedrock.amazonaws.com"}         | ROLE | no
kinds of principal join by OR       | {"Service": "a.amazonaws.com", "AWS": "111122223333"} | ROLE | account
a federated user is none of them    | {"Federated": "graph.facebook.com"}          | ROLE | no
"#;

/// rule | `NotPrincipal` of a Deny | who asks | whether denied
const EXCEPTIONS: &str = r#"
the guide's example excepts Bob      | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | BOB  | no
and nobody else of his account       | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | EVE  | yes
nor of others                        | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | ROLE | yes
nor a service                        | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | s3.amazonaws.com | yes
an account alone excepts all in it   | {"AWS": "444455556666"}              | EVE  | no
but no other account                 | {"AWS": "444455556666"}              | ROLE | yes
a service                            | {"Service": "bedrock.amazonaws.com"} | bedrock.amazonaws.com | no
"#;

/// what the judge must say | a statement IAM would refuse, or has no rule for
const BAD_STATEMENTS: &str = r#"
neither Allow nor     | {"Effect": "allow", "Action": "*", "Resource": "*"}
unknown element       | {"Effect": "Allow", "action": "*", "Resource": "*"}
not an object         | "Allow"
no statement          | []
neither Action nor    | {"Effect": "Allow", "Resource": "*"}
both Action and       | {"Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*"}
both Resource and     | {"Effect": "Allow", "Action": "*", "Resource": "*", "NotResource": "*"}
an empty list         | {"Effect": "Allow", "Action": [], "Resource": "*"}
an empty list         | {"Effect": "Allow", "Action": "*", "Resource": []}
not a string          | {"Effect": "Allow", "Action": [["s3:Get"]], "Resource": "*"}
not an action         | {"Effect": "Allow", "Action": "GetItem", "Resource": "*"}
not an action         | {"Effect": "Allow", "Action": "bed*:Get", "Resource": "*"}
wildcard in the serv  | {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s*:::b"}
neither an ARN nor *  | {"Effect": "Allow", "Action": "*", "Resource": "key/1"}
before the fifth col  | {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:${aws:x}::b"}
not an AWS principal  | {"Effect": "Allow", "Action": "*", "Principal": {"AWS": "arn:aws:iam::111122223333:role/*"}}
not an AWS principal  | {"Effect": "Allow", "Action": "*", "Principal": {"AWS": "1111-2222-3333"}}
not a service princi  | {"Effect": "Allow", "Action": "*", "Principal": {"Service": "*"}}
unknown principal     | {"Effect": "Allow", "Action": "*", "Principal": {"Role": "r"}}
no principal in       | {"Effect": "Allow", "Action": "*", "Principal": {}}
leaves nobody         | {"Effect": "Deny", "Action": "*", "NotPrincipal": "*"}
but not its account   | {"Effect": "Deny", "Action": "*", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/r"}}
"#;

/// what the judge must say | a condition IAM would refuse, or has no rule for
const BAD_CONDITIONS: &str = r#"
unknown condition op  | {"StringMatches": {"aws:K": "a"}}
unknown condition op  | {"stringEquals": {"aws:K": "a"}}
unknown condition op  | {"ForSomeValues:StringEquals": {"aws:K": "a"}}
unknown condition op  | {"StringIfExistsEquals": {"aws:K": "a"}}
Null takes neither    | {"NullIfExists": {"aws:K": "true"}}
Null takes neither    | {"ForAnyValue:Null": {"aws:K": "true"}}
not a value for Nume  | {"NumericEquals": {"aws:K": "1e3"}}
not a value for Nume  | {"NumericEquals": {"aws:K": "${aws:n}"}}
not a value for Date  | {"DateEquals": {"aws:K": "2023-02-29"}}
not a value for Date  | {"DateEquals": {"aws:K": "2023-02-28T10:00:00"}}
not a value for Bool  | {"Bool": {"aws:K": "yes"}}
not a value for Bool  | {"Bool": {"aws:K": "${aws:b}"}}
not a value for Bina  | {"BinaryEquals": {"aws:K": "A-=="}}
not a value for Ip    | {"IpAddress": {"aws:K": "10.0.0.0/33"}}
not a value for Ip    | {"IpAddress": {"aws:K": "2001:db8::1"}}
not a value for Arn   | {"ArnLike": {"aws:K": "arn:aws:s3"}}
an empty list         | {"StringEquals": {"aws:K": []}}
without a key         | {"StringEquals": {}}
not a condition value | {"StringEquals": {"aws:K": null}}
not a condition key   | {"StringEquals": {"key": "a"}}
twice                 | {"StringEquals": {"aws:K": "a", "aws:k": "b"}}
unclosed variable     | {"StringEquals": {"aws:K": "${aws:n"}}
not a variable        | {"StringEquals": {"aws:K": "${}"}}
not a variable        | {"StringEquals": {"aws:K": "${aws:a b}"}}
single quotes         | {"StringEquals": {"aws:K": "${aws:n, x}"}}
"#;

/// what the judge must say | a condition | the request's context
const BAD_REQUESTS: &str = r#"
needs a set operator  | {"StringEquals": {"aws:K": "a"}}              | {"aws:K": ["a", "b"]}
cannot read           | {"NumericEquals": {"aws:K": "1"}}             | {"aws:K": ["one"]}
cannot read           | {"DateLessThan": {"aws:K": "2020"}}           | {"aws:K": ["soon"]}
has several values    | {"StringEquals": {"aws:K": "${aws:L}"}}       | {"aws:K": ["a"], "aws:L": ["a", "b"]}
IAM gives no rule     | {"StringNotEquals": {"aws:K": "${aws:none}"}} | {"aws:K": ["a"]}
twice                 | {"StringEquals": {"aws:K": "a"}}              | {"aws:K": ["a"], "aws:k": ["a"]}
"#;

fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.trim().lines().map(|line| {
        let cells: Vec<_> = line.split(" | ").map(str::trim).collect();
        let count = cells.len();
        let Ok(cells) = cells.try_into() else {
            panic!("{count} cells in {line:?}");
        };
        cells
    })
}

fn yes(cell: &str) -> bool {
    match cell {
        "yes" => true,
        "no" => false,
        _ => panic!("neither yes nor no: {cell:?}"),
    }
}

fn from_json(cell: &str) -> Value {
    serde_json::from_str(cell).unwrap_or_else(|error| panic!("{cell}: {error}"))
}

fn role() -> Principal {
    who("ROLE")
}

/// `ROLE`, `BOB`, `EVE`, or a service.
fn who(cell: &str) -> Principal {
    let (arn, account) = match cell {
        "ROLE" => (ROLE, ACCOUNT),
        "BOB" => ("arn:aws:iam::444455556666:user/Bob", "444455556666"),
        "EVE" => ("arn:aws:iam::444455556666:user/Eve", "444455556666"),
        service => return Principal::Service(service.to_owned()),
    };
    Principal::Aws { arn: arn.to_owned(), account: account.to_owned() }
}

fn request(action: &str, resource: &str) -> Request {
    Request::new(role(), action, resource)
}

fn parsed(statement: &Value) -> Parsed {
    Parsed::new(&json!({"Version": "2012-10-17", "Statement": statement}))
}

/// One identity-based statement against one request.
fn allows(statement: &Value, request: &Request) -> bool {
    identity(&[&parsed(statement)], request) == Allow
}

fn fails<T>(message: &str, act: impl FnOnce() -> T + UnwindSafe) {
    let Err(cause) = catch_unwind(act) else {
        panic!("no panic where one must say {message:?}");
    };
    let text =
        cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    assert!(
        text.is_some_and(|text| text.starts_with("evaluator: ") && text.contains(message)),
        "{text:?} does not say {message:?}"
    );
}

#[test]
fn actions() {
    for [rule, pattern, action, fits] in rows(ACTIONS) {
        let statement =
            |element: &str| json!({"Effect": "Allow", element: [pattern, "x:y"], "Resource": "*"});
        for (element, expected) in [("Action", yes(fits)), ("NotAction", !yes(fits))] {
            let statement = statement(element);
            let got = allows(&statement, &request(action, PROMPT));
            assert_eq!(got, expected, "{rule}: {statement}");
            let got = parsed(&statement).could_match_action(action);
            assert_eq!(got, expected, "could_match_action: {rule}: {statement}");
        }
    }
}

#[test]
fn resources() {
    for [rule, pattern, resource, fits] in rows(RESOURCES) {
        for (element, expected) in [("Resource", yes(fits)), ("NotResource", !yes(fits))] {
            for list in [json!(pattern), json!(["arn:aws:none:::none", pattern])] {
                let statement = json!({"Effect": "Allow", "Action": "*", element: list});
                let got = allows(&statement, &request(GET, resource));
                assert_eq!(got, expected, "{rule}: {statement} on {resource}");
            }
        }
    }
}

#[test]
fn conditions() {
    let tables = [TEXT_CONDITIONS, TYPED_CONDITIONS, SET_CONDITIONS, VARIABLE_CONDITIONS];
    for [rule, operator, wanted, values, holds] in tables.into_iter().flat_map(rows) {
        let mut request =
            request(GET, PROMPT).with("aws:username", &["ann"]).with("aws:PrincipalArn", &[ROLE]);
        if values != "-" {
            let values = from_json(values);
            let values: Vec<_> = values.as_array().into_iter().flatten().collect();
            let values: Vec<_> = values.iter().filter_map(|value| value.as_str()).collect();
            // g.4: key names ignore case.
            request = request.with("AWS:k", &values);
        }
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {operator: {"aws:K": from_json(wanted)}}});
        let got = allows(&statement, &request);
        assert_eq!(got, yes(holds), "{rule}: {statement} with {values}");
    }
}

#[test]
fn variables_in_resources() {
    for [rule, version, pattern, resource, user, fits] in rows(RESOURCE_VARIABLES) {
        let mut policy = json!({"Version": version, "Statement":
            {"Effect": "Allow", "Action": "*", "Resource": pattern}});
        if let (Some(top), "-") = (policy.as_object_mut(), version) {
            top.remove("Version");
        }
        let mut request = request("s3:GetObject", resource);
        if user != "-" {
            request = request.with("AWS:UserName", &[user]);
        }
        let got = identity(&[&Parsed::new(&policy)], &request) == Allow;
        assert_eq!(got, yes(fits), "{rule}: {policy} on {resource}");
    }
}

#[test]
fn condition_parts_join_by_and() {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
        "StringEquals": {"aws:A": "a", "aws:B": "b"}, "NumericLessThan": {"aws:N": "5"}}});
    let two = request(GET, PROMPT).with("aws:A", &["a"]).with("aws:N", &["4"]);
    let all = two.clone().with("aws:B", &["b"]);
    assert!(allows(&statement, &all), "operators and keys: AND");
    assert!(!allows(&statement, &two), "every key");
    assert!(!allows(&statement, &all.with("aws:N", &["6"])), "every operator");
    let empty = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}});
    assert!(allows(&empty, &request(GET, PROMPT)), "EMPTY_OBJECT_CONDITION: no effect");
}

#[test]
fn statements_and_policies_join() {
    let grant = parsed(&json!({"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}));
    let deny = parsed(&json!([
        {"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"},
        {"Effect": "Deny", "NotAction": "bedrock:Get*", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:bedrock:*:111122223333:*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*",
         "Condition": {"StringNotEqualsIfExists": {"aws:RequestedRegion": "us-east-1"}}},
    ]));
    let get = request(GET, PROMPT).with("aws:RequestedRegion", &["us-east-1"]);
    let asking = |action: &str, resource: &str| Request {
        action: action.to_owned(),
        resource: resource.to_owned(),
        ..get.clone()
    };
    let update = asking("bedrock:UpdatePrompt", PROMPT);
    let foreign = asking("bedrock:GetFlow", "arn:aws:bedrock:r:999999999999:flow/F");
    let untyped = asking("bedrock:GetX", "*");
    let other = asking("s3:GetObject", "*");
    let nowhere = request(GET, PROMPT);
    let cases = [
        ("no policy: implicit deny", &[][..], &get, ImplicitDeny),
        ("one allow suffices", &[&grant], &get, Allow),
        ("nothing speaks of it", &[&grant], &other, ImplicitDeny),
        ("no deny applies", &[&grant, &deny], &get, Allow),
        ("a deny overrides any allow", &[&grant, &deny], &update, ExplicitDeny),
        ("in any order", &[&deny, &grant], &update, ExplicitDeny),
        ("NotResource", &[&grant, &deny], &foreign, ExplicitDeny),
        ("NotResource, no type", &[&grant, &deny], &untyped, ExplicitDeny),
        ("IfExists: missing, so denied", &[&grant, &deny], &nowhere, ExplicitDeny),
    ];
    for (rule, policies, request, expected) in cases {
        assert_eq!(identity(policies, request), expected, "{rule}");
    }
    assert!(grant.could_match_action("BEDROCK:Any") && !grant.could_match_action("kms:Decrypt"));
    assert!(deny.could_match_action("kms:Decrypt"), "a deny speaks of it too");
}

#[test]
fn principals() {
    for [rule, element, asking, reached] in rows(PRINCIPALS) {
        let statement = |effect: &str| {
            parsed(&json!({"Effect": effect, "Principal": from_json(element),
                "Action": "kms:*", "Resource": "*"}))
        };
        let (grant, deny) = (statement("Allow"), statement("Deny"));
        let request = Request::new(who(asking), "kms:Decrypt", KEY);
        let got = (
            grants_directly(&grant, &request),
            grants_to_account(&grant, &request),
            resource_based(&grant, &request),
            resource_based(&deny, &request),
        );
        let expected = match reached {
            "direct" => (true, false, Allow, ExplicitDeny),
            "account" => (false, true, Allow, ExplicitDeny),
            "no" => (false, false, ImplicitDeny, ImplicitDeny),
            _ => panic!("{reached}"),
        };
        // Named both ways, a principal needs no more than its name.
        assert_eq!(got, expected, "elements_principal: {rule}");
    }
}

#[test]
fn exceptions_by_not_principal() {
    for [rule, element, asking, denied] in rows(EXCEPTIONS) {
        let deny = parsed(&json!({"Effect": "Deny", "NotPrincipal": from_json(element),
            "Action": "*", "Resource": "*"}));
        let request = Request::new(who(asking), "kms:Decrypt", KEY);
        let expected = if yes(denied) { ExplicitDeny } else { ImplicitDeny };
        assert_eq!(resource_based(&deny, &request), expected, "elements_notprincipal: {rule}");
    }
}

#[test]
fn two_sides() {
    let key_policy = |principal: &str| {
        parsed(&json!([
            {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "kms:*", "Resource": "*"},
            {"Effect": "Deny", "Principal": "*", "Action": "kms:Schedule*", "Resource": "*"},
        ]))
    };
    let to_account = key_policy(ACCOUNT);
    let by_name = key_policy(ROLE);
    let to_others = key_policy("999999999999");
    let ask = request("kms:Decrypt", KEY);
    let schedule = request("kms:ScheduleKeyDeletion", KEY);
    // Identity side, key policy, request; a key's answer, another resource's.
    let cases = [
        (Allow, &to_account, &ask, Allow, Allow),
        (ImplicitDeny, &to_account, &ask, ImplicitDeny, ImplicitDeny),
        (ImplicitDeny, &by_name, &ask, Allow, Allow),
        (Allow, &to_others, &ask, ImplicitDeny, Allow),
        (ExplicitDeny, &by_name, &ask, ExplicitDeny, ExplicitDeny),
        (Allow, &to_account, &schedule, ExplicitDeny, ExplicitDeny),
    ];
    for (row, (side, policy, request, key, other)) in cases.into_iter().enumerate() {
        assert_eq!(key_access(side, policy, request), key, "KMS, row {row}");
        assert_eq!(same_account(side, policy, request), other, "same account, row {row}");
    }
    assert!(grants_directly(&by_name, &ask) && !grants_directly(&by_name, &schedule));
    assert!(grants_to_account(&to_account, &ask) && !grants_to_account(&to_account, &schedule));
    for (side, resource, expected) in [
        (Allow, Allow, Allow),
        (Allow, ImplicitDeny, ImplicitDeny),
        (ImplicitDeny, Allow, ImplicitDeny),
        (ImplicitDeny, ImplicitDeny, ImplicitDeny),
        (Allow, ExplicitDeny, ExplicitDeny),
        (ExplicitDeny, ImplicitDeny, ExplicitDeny),
    ] {
        let got = cross_account(side, resource);
        assert_eq!(got, expected, "cross-account: {side:?} and {resource:?}");
    }
}

#[test]
fn trust_policies() {
    let policy = parsed(&json!({"Effect": "Allow",
        "Principal": {"Service": "bedrock.amazonaws.com"}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT},
            "ArnLike": {"AWS:SourceArn": "arn:aws:bedrock:us-east-1:111122223333:flow/*"}}}));
    let bare = |service: &str, action: &str| Request::new(who(service), action, ROLE);
    let asking = |service: &str, action: &str, account: &str, source: &str| {
        bare(service, action).with("aws:SourceAccount", &[account]).with("aws:sourcearn", &[source])
    };
    let (bedrock, assume) = ("bedrock.amazonaws.com", "sts:AssumeRole");
    let flow = "arn:aws:bedrock:us-east-1:111122223333:flow/F";
    let cases = [
        ("all fits", asking(bedrock, assume, ACCOUNT, flow), Allow),
        ("service", asking("s3.amazonaws.com", assume, ACCOUNT, flow), ImplicitDeny),
        ("action", asking(bedrock, "sts:TagSession", ACCOUNT, flow), ImplicitDeny),
        ("account", asking(bedrock, assume, "999999999999", flow), ImplicitDeny),
        ("source", asking(bedrock, assume, ACCOUNT, PROMPT), ImplicitDeny),
        ("missing keys", bare(bedrock, assume), ImplicitDeny),
    ];
    for (rule, request, expected) in cases {
        assert_eq!(trust(&policy, &request), expected, "{rule}");
    }
}

#[test]
fn no_shrugging_at_documents() {
    for [message, statement] in rows(BAD_STATEMENTS) {
        fails(message, move || parsed(&from_json(statement)));
    }
    for [message, condition] in rows(BAD_CONDITIONS) {
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": from_json(condition)});
        fails(message, move || parsed(&statement));
    }
    let empty = json!({"Version": "2012-10-17"});
    fails("no Statement", move || Parsed::new(&empty));
    let later = json!({"Version": "2012-10-18", "Statement": []});
    fails("unknown Version", move || Parsed::new(&later));
}

#[test]
fn no_shrugging_at_requests() {
    for [message, condition, context] in rows(BAD_REQUESTS) {
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": from_json(condition)});
        let mut request = request(GET, PROMPT);
        request.context = serde_json::from_str(context).unwrap_or_default();
        fails(message, move || allows(&statement, &request));
    }
    let several = request("bedrock:*", PROMPT);
    fails("not one action", move || identity(&[], &several));
    let unresolved = parsed(&json!({"Effect": "Deny", "Action": "*",
        "NotResource": "arn:aws:s3:::${aws:none}"}));
    fails("NotResource with a variable", move || identity(&[&unresolved], &request(GET, PROMPT)));
}

#[test]
fn no_shrugging_at_the_wrong_kind() {
    let plain = || parsed(&json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let named = || parsed(&json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}));
    let ask = || request("kms:Decrypt", KEY);
    fails("not an identity-based statement", || identity(&[&named()], &ask()));
    fails("not a resource policy statement", || resource_based(&plain(), &ask()));
    fails("not a trust policy statement", || trust(&named(), &ask()));
    fails("not a trust policy statement", || trust(&plain(), &ask()));
    fails("not a user or role", || {
        let session = Principal::Aws {
            arn: "arn:aws:sts::111122223333:assumed-role/flows/s".to_owned(),
            account: ACCOUNT.to_owned(),
        };
        resource_based(&named(), &Request::new(session, "kms:Decrypt", KEY))
    });
}

/// All words over an alphabet up to a length.
fn words(alphabet: &str, longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..longest {
        let longer =
            |word: &String| alphabet.chars().map(|letter| format!("{word}{letter}")).collect::<Vec<_>>();
        last = last.iter().flat_map(longer).collect();
        all.extend_from_slice(&last);
    }
    all
}

/// Every short pattern on every short text, beside the recursion that defines
/// wildcards.
#[test]
fn wildcards_agree_with_their_definition() {
    fn fits(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => (0..=text.len()).any(|taken| fits(rest, &text[taken..])),
            ([b'?', pattern @ ..], [_, text @ ..]) => fits(pattern, text),
            ([want, pattern @ ..], [have, text @ ..]) => want == have && fits(pattern, text),
            _ => false,
        }
    }
    let texts = words("ab", 5);
    for pattern in words("ab*?", 5) {
        let policy = parsed(&json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {"StringLike": {"aws:K": pattern}}}));
        for text in &texts {
            let request = request(GET, PROMPT).with("aws:K", &[text]);
            let got = identity(&[&policy], &request) == Allow;
            let expected = fits(pattern.as_bytes(), text.as_bytes());
            assert_eq!(got, expected, "{pattern} {text}");
        }
    }
}

/// The same for resources: a wildcard stays between colons, but for a `*` that
/// ends its part and for all in the sixth part.
#[test]
fn resources_agree_with_their_definition() {
    fn fits(pattern: &[u8], colons_left: usize, text: &[u8]) -> bool {
        let free = colons_left == 0;
        match (pattern, text) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => {
                let free = free || rest.first() == Some(&b':');
                (0..=text.len())
                    .take_while(|&taken| free || !text[..taken].contains(&b':'))
                    .any(|taken| fits(rest, colons_left, &text[taken..]))
            }
            ([b'?', rest @ ..], [have, text @ ..]) => {
                (free || *have != b':') && fits(rest, colons_left, text)
            }
            ([want, rest @ ..], [have, text @ ..]) => {
                let left = colons_left.saturating_sub(usize::from(*want == b':'));
                want == have && fits(rest, left, text)
            }
            _ => false,
        }
    }
    let parts = ["", "a", "*", "a*", "*a", "?", "a*b"];
    let texts = words("ab:", 6);
    for (region, account) in parts.iter().flat_map(|one| parts.map(|two| (*one, two))) {
        for tail in ["*", "a", "a*b", "?b", "*:b"] {
            let pattern = format!("arn:*:s:{region}:{account}:{tail}");
            let policy = parsed(&json!({"Effect": "Allow", "Action": "*", "Resource": pattern}));
            for text in &texts {
                let request = request(GET, &format!("arn:p:s:{text}"));
                let got = identity(&[&policy], &request) == Allow;
                let expected = fits(pattern.as_bytes(), 5, request.resource.as_bytes());
                assert_eq!(got, expected, "{pattern} {}", request.resource);
            }
        }
    }
}

/// Patterns and texts made to provoke backtracking.
#[test]
fn wildcards_stay_cheap() {
    let pattern = format!("arn:aws:x:*:*:{}b", "*a".repeat(200));
    let policy = parsed(&json!({"Effect": "Allow", "Action": "*", "Resource": pattern}));
    let arn = format!("arn:aws:x:{}:{}", ":".repeat(40), "a".repeat(1000));
    assert_eq!(identity(&[&policy], &request(GET, &arn)), ImplicitDeny);
}
