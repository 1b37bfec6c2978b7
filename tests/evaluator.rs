//! Judges the judge: hard cases for `support/evaluator.rs`, each under the rule
//! of IAM's guide (or the fact sheet's section) that decides it.

use std::panic::{UnwindSafe, catch_unwind};

use serde_json::{Value, json};

#[path = "support/evaluator_cases.rs"]
mod cases;
#[path = "support/evaluator.rs"]
mod evaluator;

use evaluator::{
    Decision, Parsed, Principal, Request, cross_account, grants_directly, grants_to_account, identity,
    key_access, resource_based, same_account, trust,
};

use Decision::{Allow, ExplicitDeny, ImplicitDeny};
use cases::{
    ACTIONS, BAD_CONDITIONS, BAD_REQUESTS, BAD_STATEMENTS, EXCEPTIONS, PRINCIPALS, RESOURCE_VARIABLES,
    RESOURCES, SET_CONDITIONS, TEXT_CONDITIONS, TYPED_CONDITIONS, VARIABLE_CONDITIONS,
};

const ACCOUNT: &str = "111122223333";
const ROLE: &str = "arn:aws:iam::111122223333:role/flows";
const PROMPT: &str = "arn:aws:bedrock:us-east-1:111122223333:prompt/AAAAAAAAAA";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";
const GET: &str = "bedrock:GetPrompt";

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
