//! What requests are answered: hard cases under the rules that decide them, and random policies and
//! requests on which a second evaluator, written from the rules for the tests, must agree.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use bedrock_policy::access::{
    ArnField, Caller, Decision, Difference, Layer, Outcome, Policy, Request, Side, Situation, decide,
};
use bedrock_policy::policy::parse::parse;
use serde_json::{Value, json};

#[path = "support/evaluator_cases.rs"]
mod cases;
#[path = "support/access_cases.rs"]
mod situations;

use cases::{
    ACTIONS, BAD_CONDITIONS, BAD_REQUESTS, BAD_STATEMENTS, EXCEPTIONS, PRINCIPALS, RESOURCE_VARIABLES,
    RESOURCES, SET_CONDITIONS, TEXT_CONDITIONS, TYPED_CONDITIONS, VARIABLE_CONDITIONS,
};

const ROLE: &str = "arn:aws:iam::111122223333:role/flows";
const PROMPT: &str = "arn:aws:bedrock:us-east-1:111122223333:prompt/AAAAAAAAAA";
const GET: &str = "bedrock:GetPrompt";

fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.trim().lines().map(|line| {
        let cells: Vec<_> = line.split(" | ").map(str::trim).collect();
        cells.try_into().unwrap_or_else(|cells: Vec<_>| panic!("{} cells in {line:?}", cells.len()))
    })
}

fn policy(name: &str, document: &Value) -> Policy {
    Policy::from_node(name, &parse(&document.to_string()).root.unwrap())
}

fn of(statement: &Value) -> Policy {
    policy("p", &json!({"Version": "2012-10-17", "Statement": statement}))
}

fn identity(statement: &Value) -> Situation {
    Situation { identity: vec![of(statement)], ..Situation::default() }
}

fn request(action: &str, resource: &str) -> Request {
    let mut request = Request::new(Caller::Role(ROLE.to_owned()), action, resource);
    request.owner = Some("111122223333".to_owned());
    request
}

fn allows(statement: &Value, request: &Request) -> bool {
    decide(&identity(statement), request).outcome == Outcome::Allow
}

#[test]
fn actions() {
    for [rule, pattern, action, fits] in rows(ACTIONS) {
        for (element, expected) in [("Action", fits == "yes"), ("NotAction", fits == "no")] {
            let statement = json!({"Effect": "Allow", element: [pattern, "x:y"], "Resource": "*"});
            assert_eq!(allows(&statement, &request(action, PROMPT)), expected, "{rule}: {statement}");
        }
    }
}

#[test]
fn resources() {
    for [rule, pattern, resource, fits] in rows(RESOURCES) {
        for (element, expected) in [("Resource", fits == "yes"), ("NotResource", fits == "no")] {
            for list in [json!(pattern), json!(["arn:aws:none:::none", pattern])] {
                let statement = json!({"Effect": "Allow", "Action": "*", element: list});
                assert_eq!(allows(&statement, &request(GET, resource)), expected, "{rule}: {statement}");
            }
        }
    }
    for [rule, version, pattern, resource, user, fits] in rows(RESOURCE_VARIABLES) {
        let mut document = json!({"Version": version, "Statement":
            {"Effect": "Allow", "Action": "*", "Resource": pattern}});
        if version == "-" {
            document.as_object_mut().unwrap().remove("Version");
        }
        let mut request = request("s3:GetObject", resource);
        if user != "-" {
            request = request.with("AWS:UserName", &[user]);
        }
        let situation = Situation { identity: vec![policy("p", &document)], ..Situation::default() };
        let got = decide(&situation, &request).outcome == Outcome::Allow;
        assert_eq!(got, fits == "yes", "{rule}: {document} on {resource}");
    }
}

fn with_values(request: Request, key: &str, values: &Value) -> Request {
    let values: Vec<&str> = values.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect();
    request.with(key, &values)
}

#[test]
fn conditions() {
    let tables = [TEXT_CONDITIONS, TYPED_CONDITIONS, SET_CONDITIONS, VARIABLE_CONDITIONS];
    for [rule, operator, wanted, values, holds] in tables.into_iter().flat_map(rows) {
        let mut request =
            request(GET, PROMPT).with("aws:username", &["ann"]).with("aws:PrincipalArn", &[ROLE]);
        if values != "-" {
            request = with_values(request, "AWS:k", &serde_json::from_str(values).unwrap());
        }
        let wanted: Value = serde_json::from_str(wanted).unwrap();
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {operator: {"aws:K": wanted}}});
        let situation = identity(&statement);
        let decision = decide(&situation, &request);
        assert_eq!(decision.outcome == Outcome::Allow, holds == "yes", "{rule}: {statement} with {values}");
        assert!(decision.doubts.is_empty(), "{rule}");
    }
}

#[test]
fn principals() {
    let who = |cell: &str| match cell {
        "ROLE" => Caller::read(ROLE).unwrap(),
        "BOB" => Caller::read("arn:aws:iam::444455556666:user/Bob").unwrap(),
        "EVE" => Caller::read("arn:aws:iam::444455556666:user/Eve").unwrap(),
        service => Caller::read(service).unwrap(),
    };
    let all = of(&json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let asked = |name: &str| {
        let mut request = Request::new(who(name), "kms:Decrypt", "*");
        request.owner = request.caller.account().map(str::to_owned);
        request
    };
    for [rule, element, asking, reached] in rows(PRINCIPALS) {
        let element: Value = serde_json::from_str(element).unwrap();
        let key = Side::Key(of(&json!({"Effect": "Allow", "Principal": element,
            "Action": "kms:*", "Resource": "*"})));
        let mut situation = Situation { side: key, ..Situation::default() };
        let alone = decide(&situation, &asked(asking)).outcome == Outcome::Allow;
        situation.identity.push(all.clone());
        let together = decide(&situation, &asked(asking)).outcome == Outcome::Allow;
        assert_eq!((alone, together), (reached == "direct", reached != "no"), "{rule}: {element}");
    }
    for [rule, element, asking, denied] in rows(EXCEPTIONS) {
        let element: Value = serde_json::from_str(element).unwrap();
        let side = Side::Resource(of(&json!({"Effect": "Deny", "NotPrincipal": element,
            "Action": "*", "Resource": "*"})));
        let situation = Situation { side, ..Situation::default() };
        let got = decide(&situation, &asked(asking)).outcome;
        assert_eq!(got == Outcome::ExplicitDeny, denied == "yes", "{rule}: {element}");
    }
}

#[test]
fn what_has_no_rule_is_doubted_and_never_decides() {
    let tells = |condition: &str, context: &Value| {
        let condition: Value = serde_json::from_str(condition).unwrap();
        let mut asked = request(GET, PROMPT);
        for (key, values) in context.as_object().unwrap() {
            asked = with_values(asked, key, values);
        }
        for effect in ["Allow", "Deny"] {
            let statement = json!({"Effect": effect, "Action": "*", "Resource": "*", "Condition": condition});
            let situation = identity(&statement);
            let decision = decide(&situation, &asked);
            assert_eq!(decision.outcome, Outcome::ImplicitDeny, "{statement}");
            assert_eq!(decision.doubts.len(), 1, "{statement}");
        }
    };
    // Two spellings of a key, a name that is no key and an operator without keys have their plain reading.
    let plain = ["twice", "not a condition key", "without a key"];
    for [what, condition] in rows(BAD_CONDITIONS).filter(|[what, _]| !plain.contains(what)) {
        assert!(!what.is_empty());
        tells(condition, &json!({"aws:K": ["a"], "aws:n": ["1"]}));
    }
    for [what, condition, context] in rows(BAD_REQUESTS).filter(|[what, _, _]| *what != "twice") {
        let context: Value = serde_json::from_str(context).unwrap();
        // Positive tests of what cannot be read are false, and that is sure.
        if !matches!(what, "cannot read" | "has several values") {
            tells(condition, &context);
        }
    }
    for statement in [
        json!({"Effect": "Deny", "Action": "*", "Resource": "key/1"}),
        json!({"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s*:::b"}),
        json!({"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::${aws:none}"}),
        json!({"Effect": "Deny", "Action": "*"}),
        json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Principal": "*"}),
        json!({"Effect": "Deny", "Action": 1, "Resource": "*"}),
        json!({"Effect": "deny", "Action": "*", "Resource": "*"}),
        json!({"Effect": "Deny", "Action": "*", "NotAction": "s3:*", "Resource": "*"}),
        json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Conditions": {}}),
    ] {
        let situation = identity(&statement);
        let decision = decide(&situation, &request(GET, PROMPT));
        assert_eq!(decision.outcome, Outcome::ImplicitDeny, "{statement}");
        assert_eq!(decision.doubts.len(), 1, "{statement}");
    }
}

#[test]
fn what_iam_would_refuse_allows_nothing() {
    for [what, statement] in rows(BAD_STATEMENTS) {
        let statement: Value = serde_json::from_str(statement).unwrap();
        assert!(!allows(&statement, &request(GET, PROMPT)), "{what}: {statement}");
    }
    let later =
        json!({"Version": "2012-10-18", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}});
    let situation = Situation { identity: vec![policy("p", &later)], ..Situation::default() };
    let decision = decide(&situation, &request(GET, PROMPT));
    assert_eq!((decision.outcome, decision.doubts.len()), (Outcome::ImplicitDeny, 1));
}

#[test]
fn hostile_patterns_and_ten_thousand_statements_end_soon() {
    let stars = "*a".repeat(1000);
    let long = "a".repeat(2000);
    let statement = json!({"Effect": "Allow", "Action": format!("s3:{stars}b"),
        "Resource": [format!("arn:aws:x:*{stars}*:*{stars}*:{stars}b"), format!("arn:aws:x:*:*:{stars}b")],
        "Condition": {"StringLike": {"aws:K": format!("{stars}b")}}});
    let asked = Request::new(
        Caller::Role(ROLE.to_owned()),
        &format!("s3:{long}b"),
        &format!("arn:aws:x:{long}:{long}:{long}:b{long}"),
    )
    .with("aws:k", &[&long]);
    assert!(!allows(&statement, &asked));
    let many: Vec<Value> = (0..10_000)
        .map(|n| json!({"Effect": "Allow", "Action": format!("s3:G{n}"), "Resource": "*"}))
        .collect();
    let situation = identity(&many.into());
    let decision = decide(&situation, &request("s3:G9999", PROMPT));
    assert_eq!(decision.by.map(|found| found.index), Some(9_999));
}

const CALLERS: &[(&str, &str)] = &[
    ("ann", "arn:aws:iam::111111111111:user/ann"),
    ("role", "arn:aws:iam::111111111111:role/flows"),
    ("ses", "arn:aws:sts::111111111111:assumed-role/flows/s"),
    ("fed", "arn:aws:sts::111111111111:federated-user/f"),
    ("root", "111111111111"),
    ("bob", "arn:aws:iam::222222222222:user/bob"),
    ("svc", "bedrock.amazonaws.com"),
    ("idp", "accounts.google.com"),
    ("linked", "arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"),
    ("-", "*"),
];

/// The shorthand of the table written out.
fn written_out(text: &str, trust: bool) -> Value {
    let tail = if trust { "" } else { r#","Resource":"*""# };
    let mut text = text.to_owned();
    for (name, effect, element, action) in [
        ("ONLYS3(", "Allow", "Principal", "s3:*"),
        ("NOTTO(", "Deny", "Principal", "*"),
        ("TO(", "Allow", "Principal", "*"),
        ("BUT(", "Deny", "NotPrincipal", "*"),
    ] {
        let head = format!(r#"{{"Effect":"{effect}","Action":"{action}"{tail},"{element}":("#);
        text = text.replace(name, &head);
    }
    text = text.replace(":(", ":").replace(')', "}");
    for (name, effect, action) in
        [("NOGET", "Deny", "bedrock:Get*"), ("OTHER", "Allow", "s3:*"), ("ALL", "Allow", "*")]
    {
        text = text.replace(name, &format!(r#"{{"Effect":"{effect}","Action":"{action}","Resource":"*"}}"#));
    }
    text = text.replace("[GET", "[{\"Effect\":\"Allow\",\"Action\":\"bedrock:Get*\",\"Resource\":\"*\"}");
    text = text.replace(" GET", "{\"Effect\":\"Allow\",\"Action\":\"bedrock:Get*\",\"Resource\":\"*\"}");
    for (name, arn) in CALLERS {
        text = text.replace(&format!("\"{}\"", name.to_uppercase()), &format!("\"{arn}\""));
    }
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn situation(parts: &Value) -> Situation {
    let one = |name: &str| parts.get(name).map(of);
    let levels = |name: &str| {
        let levels = parts.get(name).and_then(Value::as_array).into_iter().flatten();
        levels.map(|level| vec![of(level)]).collect()
    };
    let side = one("resource").map(Side::Resource).or(one("trust").map(Side::Trust));
    Situation {
        identity: one("identity").into_iter().collect(),
        boundary: one("boundary"),
        session: one("session").into_iter().collect(),
        scps: levels("scps"),
        rcps: levels("rcps"),
        side: side.or(one("key").map(Side::Key)).unwrap_or_default(),
    }
}

fn shown(decision: &Decision<'_>) -> String {
    let outcome = match decision.outcome {
        Outcome::Allow => "allow",
        Outcome::ExplicitDeny => "explicit",
        Outcome::ImplicitDeny => "implicit",
    };
    let layer = match decision.layer {
        Layer::Rcp(_) => "rcp",
        Layer::Scp(_) => "scp",
        Layer::Resource => "resource",
        Layer::Trust => "trust",
        Layer::Key => "key",
        Layer::Identity => "identity",
        Layer::Boundary => "boundary",
        Layer::Session => "session",
    };
    format!("{outcome} {layer}")
}

#[test]
fn whole_situations() {
    let mut count = 0;
    for [rule, caller, policies, expected] in rows(situations::SITUATIONS) {
        let arn = CALLERS.iter().find(|(name, _)| *name == caller).unwrap().1;
        let trust = policies.contains("\"trust\"");
        let parts = written_out(policies, trust);
        // Identity statements of the trust rows keep their resource.
        let situation = situation(&parts);
        let (action, resource) = if trust {
            ("sts:AssumeRole", "arn:aws:iam::111111111111:role/target")
        } else {
            (GET, "arn:aws:bedrock:us-east-1:111111111111:prompt/P")
        };
        let mut request = Request::new(Caller::read(arn).unwrap(), action, resource);
        request.owner = parts.get("owner").and_then(Value::as_str).map(str::to_owned);
        let decision = decide(&situation, &request);
        assert_eq!(shown(&decision), expected, "{rule}: {caller} {policies}");
        assert!(decision.doubts.is_empty(), "{rule}: doubted");
        count += 1;
    }
    assert!(count >= 80, "only {count} rows");
}

#[test]
fn the_nearest_statement_and_what_differs() {
    let statements = json!([
        {"Sid": "Far", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Sid": "Near", "Effect": "Allow", "Action": "bedrock:Get*",
         "Resource": "arn:aws:bedrock:eu-west-1:111122223333:prompt/*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}},
    ]);
    let situation = identity(&statements);
    let asked = request(GET, PROMPT).with("aws:requestedregion", &["us-east-1"]);
    let decision = decide(&situation, &asked);
    let nearest = decision.nearest(&situation, &asked).unwrap();
    assert_eq!((nearest.found.index, nearest.found.statement.sid.as_deref()), (1, Some("Near")));
    let [Difference::Resource { field, wanted, .. }, Difference::Condition { operator, key, had, .. }] =
        nearest.differences.as_slice()
    else {
        panic!("{:?}", nearest.differences);
    };
    assert_eq!(
        (*field, *wanted),
        (Some(ArnField::Region), "arn:aws:bedrock:eu-west-1:111122223333:prompt/*")
    );
    assert_eq!(
        (*operator, *key, had.as_slice()),
        ("StringEquals", "aws:RequestedRegion", &["us-east-1".to_owned()][..])
    );
    let asked = request("bedrock:DeletePrompt", PROMPT);
    let decision = decide(&situation, &asked);
    let nearest = decision.nearest(&situation, &asked).unwrap();
    assert!(
        matches!(&nearest.differences[0], Difference::Action { wanted, .. } if wanted == &["bedrock:Get*"])
    );
}
