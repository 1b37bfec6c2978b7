//! The tables of hard cases that the tests' own evaluator is judged by: one case a line, its cells
//! separated by bars, the rule last.

/// rule | pattern | action | whether it fits
pub(crate) const ACTIONS: &str = r"
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
pub(crate) const RESOURCES: &str = r"
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
resource: nor after a * that does      | arn:aws:x:*:9?store/a:1:finance/*   | arn:aws:x:us:9:store/a:1:finance/d | no
resource: / after a * that does        | arn:aws:x:*:store?a:1:finance/*     | arn:aws:x:us:9:store/a:1:finance/d | yes
resource: nor more than there are     | arn:aws:x:*:*:*:*:*:*:finance/d    | arn:aws:x:us:9:store/a:1:finance/d | no
resource: no match to be found        | arn:aws:x:*:2:finance/*            | arn:aws:x:us:9:store/a:1:finance/d | no
";

/// rule | operator | values in the policy | values in the request, if any | whether it holds
pub(crate) const TEXT_CONDITIONS: &str = r#"
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

pub(crate) const TYPED_CONDITIONS: &str = r#"
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

pub(crate) const SET_CONDITIONS: &str = r#"
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

pub(crate) const VARIABLE_CONDITIONS: &str = r#"
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
pub(crate) const RESOURCE_VARIABLES: &str = r"
variables: in Resource           | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/ann/x | ann | yes
variables: another user's        | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/bob/x | ann | no
variables: no value, no match    | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/${aws:username}/x | - | no
variables: a value is plain text | 2012-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/bob/x | *   | no
g.3: none in the older language  | 2008-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/ann/x | ann | no
g.3: there they are plain text   | 2008-10-17 | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/${aws:username}/x | ann | yes
g.3: without Version, the older  | -          | arn:aws:s3:::b/${aws:username}/* | arn:aws:s3:::b/${aws:username}/x | ann | yes
";

/// rule | principal element | who asks | how it is reached
pub(crate) const PRINCIPALS: &str = r#"
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
pub(crate) const EXCEPTIONS: &str = r#"
the guide's example excepts Bob      | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | BOB  | no
and nobody else of his account       | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | EVE  | yes
nor of others                        | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | ROLE | yes
nor a service                        | {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]} | s3.amazonaws.com | yes
an account alone excepts all in it   | {"AWS": "444455556666"}              | EVE  | no
but no other account                 | {"AWS": "444455556666"}              | ROLE | yes
a service                            | {"Service": "bedrock.amazonaws.com"} | bedrock.amazonaws.com | no
"#;

/// what the judge must say | a statement IAM would refuse, or has no rule for
pub(crate) const BAD_STATEMENTS: &str = r#"
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
pub(crate) const BAD_CONDITIONS: &str = r#"
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
pub(crate) const BAD_REQUESTS: &str = r#"
needs a set operator  | {"StringEquals": {"aws:K": "a"}}              | {"aws:K": ["a", "b"]}
cannot read           | {"NumericEquals": {"aws:K": "1"}}             | {"aws:K": ["one"]}
cannot read           | {"DateLessThan": {"aws:K": "2020"}}           | {"aws:K": ["soon"]}
has several values    | {"StringEquals": {"aws:K": "${aws:L}"}}       | {"aws:K": ["a"], "aws:L": ["a", "b"]}
IAM gives no rule     | {"StringNotEquals": {"aws:K": "${aws:none}"}} | {"aws:K": ["a"]}
twice                 | {"StringEquals": {"aws:K": "a"}}              | {"aws:K": ["a"], "aws:k": ["a"]}
"#;
