//! Random policies and requests over a grammar that reaches everything the evaluators know: every operator and
//! set, variables with and without values, wildcards in every field, all principals, both versions.
//!
//! Left out is what IAM has no rule for, at which the tests' evaluator stops: several values without a set
//! operator, and negations over variables without a value.

use serde_json::{Map, Value, json};

use super::random::Random;

pub(crate) const ONE: &str = "111111111111";
pub(crate) const TWO: &str = "222222222222";
pub(crate) const ROLE: &str = "arn:aws:iam::111111111111:role/team/flows";
pub(crate) const ANN: &str = "arn:aws:iam::111111111111:user/ann";
pub(crate) const BOB: &str = "arn:aws:iam::222222222222:user/bob";
pub(crate) const SERVICE: &str = "bedrock.amazonaws.com";

pub(crate) const ACTIONS: &[&str] =
    &["bedrock:GetPrompt", "bedrock:InvokeModel", "s3:GetObject", "kms:Decrypt", "sts:AssumeRole"];
const ACTION_PATTERNS: &[&str] = &[
    "*",
    "*",
    "*",
    "bedrock:*",
    "bedrock:Get*",
    "BEDROCK:get?rompt",
    "s3:*Obj*",
    "kms:Decrypt",
    "bedrock:*o*e*",
    "sts:Assume*",
    "bedrock:GetPrompt?",
    "s3:getobject",
];
pub(crate) const RESOURCES: &[&str] = &[
    "arn:aws:bedrock:us-east-1:111111111111:prompt/A",
    "arn:aws:bedrock:us-east-1:111111111111:prompt/A:3",
    "arn:aws:bedrock:us-east-1:222222222222:prompt/A",
    "arn:aws:bedrock:eu-west-1::foundation-model/a.b:0",
    "arn:aws:s3:::b/ann/x",
    "arn:aws:s3:::b/é*/x",
    "arn:aws:kms:us-east-1:111111111111:key/k",
    "arn:aws:logs:us:9:store/a:1:finance/d",
    "*",
];
const TEXTS: &[&str] = &["a", "A", "ab", "b", "", "a*", "aé", "ann", "${aws:always}", "x?"];
const TEXT_PATTERNS: &[&str] =
    &["a", "A", "ab", "", "a*", "?", "*", "*b", "a?", "${*}", "a${*}", "x${?}", "${$}{aws:always}"];
const SURE_VARIABLES: &[&str] =
    &["${aws:always}", "${AWS:Always}", "${aws:always}*", "${aws:maybe, 'a'}", "${aws:maybe,'ann'}"];
const OPEN_VARIABLES: &[&str] = &["${aws:maybe}", "${aws:maybe}*", "a${aws:never}"];
const ARNS: &[&str] = &[
    "arn:aws:iam::111111111111:role/flows",
    "arn:aws:iam::1:user/ann",
    "arn:aws:s:us:1:r/a:b",
    "arn:aws:s:::r",
    "bob",
];
const ARN_PATTERNS: &[&str] = &[
    "*",
    "arn:*:*:*:*:*",
    "arn:aws:iam::*:role/*",
    "arn:aws:s:us:1:r/*",
    "arn:aws:s:*:*:r",
    "arn:aws:s:u?:1:r/a*",
    "arn:aws:s:::r",
    "arn:aws:s:*:::r",
];
const NUMBERS: &[&str] = &["1", "1.0", "2", "-1.5", "10", "9"];
const DATES: &[&str] = &[
    "2020",
    "2020-01",
    "2020-01-01T00:00:00Z",
    "2020-01-01T01:30+01:30",
    "1577836800",
    "2020-02-29",
    "1969-12-31T23:59:59.5Z",
    "-1",
    "2100-03-01",
];
const BOOLS: &[&str] = &["true", "false", "TRUE"];
const BINARIES: &[&str] = &["QQ==", "QUI=", "qq==", "AAAA"];
const ADDRESSES: &[&str] = &["10.0.0.1", "203.0.113.9", "203.0.113.200", "2001:db8::1", "::1"];
const NETWORKS: &[&str] =
    &["10.0.0.0/8", "0.0.0.0/0", "203.0.113.0/25", "2001:db8::/32", "::/0", "10.0.0.1", "::1/128"];

/// The kinds of value: letter of the key, operators, the policy's values, the request's.
type Kind = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);
const KINDS: &[Kind] = &[
    ("S", &["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"], TEXT_PATTERNS, TEXTS),
    ("S", &["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"], TEXT_PATTERNS, TEXTS),
    ("A", &["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], ARN_PATTERNS, ARNS),
    (
        "N",
        &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        NUMBERS,
        NUMBERS,
    ),
    (
        "D",
        &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        DATES,
        DATES,
    ),
    ("B", &["Bool"], BOOLS, BOOLS),
    ("Y", &["BinaryEquals"], BINARIES, BINARIES),
    ("I", &["IpAddress", "NotIpAddress"], NETWORKS, ADDRESSES),
];

/// Where a policy is attached, as far as its grammar differs by it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Identity,
    Resource,
    Trust,
}

/// A document of one to `most` statements.
pub(crate) fn document(random: &mut Random, place: Place, most: usize) -> Value {
    let count = 1 + random.below(most);
    let mut statements: Vec<Value> = (0..count).map(|_| statement(random, place)).collect();
    let mut out = Map::new();
    if random.chance(90) {
        let version = if random.chance(90) { "2012-10-17" } else { "2008-10-17" };
        out.insert("Version".into(), version.into());
    }
    let single = statements.len() == 1 && random.chance(30);
    out.insert("Statement".into(), if single { statements.remove(0) } else { statements.into() });
    Value::Object(out)
}

fn statement(random: &mut Random, place: Place) -> Value {
    let mut out = Map::new();
    let denies = random.chance(20);
    out.insert("Effect".into(), if denies { "Deny" } else { "Allow" }.into());
    let not = random.chance(15);
    out.insert(
        if not { "NotAction" } else { "Action" }.into(),
        some(random, 2, |r| (*r.pick(ACTION_PATTERNS)).into()),
    );
    if place != Place::Trust {
        let not = random.chance(15);
        let list = some(random, 3, |r| resource(r, not).into());
        out.insert(if not { "NotResource" } else { "Resource" }.into(), list);
    }
    if place != Place::Identity {
        let not = random.chance(12);
        out.insert(if not { "NotPrincipal" } else { "Principal" }.into(), principal(random, not));
    }
    if random.chance(if denies { 70 } else { 40 }) {
        out.insert("Condition".into(), condition(random));
    }
    Value::Object(out)
}

/// One value, or a list of up to `most`.
fn some(random: &mut Random, most: usize, mut one: impl FnMut(&mut Random) -> Value) -> Value {
    if random.chance(50) {
        return one(random);
    }
    let count = 1 + random.below(most);
    (0..count).map(|_| one(random)).collect::<Vec<_>>().into()
}

/// A pattern made from a resource by opening parts of it.
fn resource(random: &mut Random, sure: bool) -> String {
    if random.chance(25) {
        return "*".to_owned();
    }
    let text = *random.pick(&RESOURCES[..RESOURCES.len() - 1]);
    let mut fields: Vec<String> = text.splitn(6, ':').map(str::to_owned).collect();
    for _ in 0..random.below(4) {
        let at = *random.pick(&[1, 3, 3, 4, 4, 5, 5, 5]);
        let letters: Vec<char> = fields[at].chars().collect();
        let from = random.below(letters.len() + 1);
        let to = from + random.below(letters.len() + 1 - from);
        let middle = match random.below(6) {
            0..=3 => "*",
            4 => "?",
            _ if at < 5 => "*",
            _ if sure || random.chance(70) => *random.pick(SURE_VARIABLES),
            _ => *random.pick(OPEN_VARIABLES),
        };
        let begin: String = letters[..from].iter().collect();
        let end: String = letters[to..].iter().collect();
        // Nothing is put into a variable that stands there already.
        if !fields[at].contains('$') {
            fields[at] = format!("{begin}{middle}{end}");
        }
    }
    if random.chance(6) {
        fields.truncate(3 + random.below(3));
    }
    fields.join(":")
}

fn principal(random: &mut Random, not: bool) -> Value {
    if !not && random.chance(25) {
        return if random.chance(50) { json!("*") } else { json!({"AWS": "*"}) };
    }
    let mut aws: Vec<String> = Vec::new();
    for _ in 0..=random.below(3) {
        let account = *random.pick(&[ONE, TWO]);
        let (name, of) = match random.below(7) {
            0 => (account.to_owned(), account),
            1 => (format!("arn:aws:iam::{account}:root"), account),
            2 | 3 => (ROLE.to_owned(), ONE),
            4 => (ANN.to_owned(), ONE),
            5 => (BOB.to_owned(), TWO),
            _ => ("arn:aws:iam::111111111111:role/other".to_owned(), ONE),
        };
        if not && !aws.iter().any(|one| one == of) {
            aws.push(of.to_owned());
        }
        aws.push(name);
    }
    match random.below(5) {
        0 => json!({"Service": [SERVICE, "s3.amazonaws.com"]}),
        1 => json!({"Service": "s3.amazonaws.com", "AWS": aws}),
        2 => json!({"AWS": aws, "Federated": "accounts.google.com"}),
        _ => json!({"AWS": aws}),
    }
}

fn condition(random: &mut Random) -> Value {
    let mut block = Map::new();
    for _ in 0..=random.below(2) {
        let (letter, operators, wanted, _) = *random.pick(KINDS);
        let many = random.chance(40);
        let key = spelled(random, &format!("{}:{letter}", if many { "m" } else { "aws" }));
        if random.chance(10) {
            let absent = random.pick(&[json!("true"), json!("false"), json!(true)]).clone();
            block.insert("Null".into(), json!({ key: absent }));
            continue;
        }
        let name = *random.pick(operators);
        let set = match random.below(3) {
            0 if !many => "",
            _ if !many && random.chance(60) => "",
            1 => "ForAllValues:",
            _ => "ForAnyValue:",
        };
        let if_exists = if random.chance(25) { "IfExists" } else { "" };
        let negated = name.contains("Not");
        let values = some(random, 3, |r| wanted_value(r, letter, wanted, negated));
        block.insert(format!("{set}{name}{if_exists}"), json!({ key: values }));
    }
    Value::Object(block)
}

fn wanted_value(random: &mut Random, letter: &str, wanted: &[&str], negated: bool) -> Value {
    let with_variables = matches!(letter, "S") && random.chance(25);
    if with_variables {
        let variables = if negated || random.chance(60) { SURE_VARIABLES } else { OPEN_VARIABLES };
        return (*random.pick(variables)).into();
    }
    if letter == "A" && random.chance(20) {
        return "arn:aws:iam::1:user/${aws:always}".into();
    }
    let text = *random.pick(wanted);
    match (letter, serde_json::from_str::<Value>(text)) {
        ("N" | "B", Ok(number)) if random.chance(30) => number,
        _ => text.into(),
    }
}

fn spelled(random: &mut Random, key: &str) -> String {
    if random.chance(20) { key.to_uppercase() } else { key.to_owned() }
}

/// A context: keys and values, every key once.
pub(crate) fn context(random: &mut Random) -> Vec<(String, Vec<&'static str>)> {
    let mut out = vec![(spelled(random, "aws:always"), vec![*random.pick(&["ann", "a", "*", "b/x"])])];
    if random.chance(50) {
        out.push(("aws:maybe".to_owned(), vec![*random.pick(&["a", "ann", "A"])]));
    }
    for (letter, _, _, values) in KINDS.iter().filter(|kind| kind.1[0] != "StringEqualsIgnoreCase") {
        if random.chance(60) {
            out.push((spelled(random, &format!("aws:{letter}")), vec![*random.pick(values)]));
        }
        if random.chance(60) {
            let empty = random.chance(10);
            let count = random.below(4);
            let values = (0..count).map(|_| if empty { "" } else { *random.pick(values) }).collect();
            out.push((spelled(random, &format!("m:{letter}")), values));
        }
    }
    out
}
