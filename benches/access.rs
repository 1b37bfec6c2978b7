//! How long a decision takes, and the compiling of the policies it is made from.
//!
//! Run with `cargo bench --bench access`. The role has twenty statements such as the builder writes: ARNs of
//! one Region and account, conditions on source and Region, one deny.

#![allow(clippy::expect_used, reason = "a bench stops at the first surprise")]

use bedrock_policy::access::{Caller, Decision, Outcome, Policy, Request, Situation, decide};
use bedrock_policy::policy::parse::parse;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// A role of twenty statements, as text.
fn role() -> String {
    let mut statements: Vec<String> = (0..18)
        .map(|number| {
            format!(
                r#"{{"Sid":"S{number}","Effect":"Allow","Action":["bedrock:Get{number}*","bedrock:InvokeModel"],
                "Resource":["arn:aws:bedrock:us-east-1:111122223333:prompt/P{number}","arn:aws:bedrock:*::foundation-model/m{number}*"],
                "Condition":{{"StringEquals":{{"aws:RequestedRegion":["us-east-1","us-west-2"]}},
                "ArnLike":{{"aws:SourceArn":"arn:aws:bedrock:us-east-1:111122223333:flow/*"}}}}}}"#
            )
        })
        .collect();
    statements.push(r#"{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:RequestedRegion":["us-east-1"]}}}"#.to_owned());
    statements.push(r#"{"Effect":"Allow","Action":"bedrock:GetPrompt","Resource":"arn:aws:bedrock:us-east-1:111122223333:prompt/*"}"#.to_owned());
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

fn compiled(text: &str) -> Situation {
    let root = parse(text).root.expect("the bench's own policy");
    Situation { identity: vec![Policy::from_node("role", &root)], ..Situation::default() }
}

fn request(action: &str, resource: &str) -> Request {
    Request::new(Caller::Role("arn:aws:iam::111122223333:role/flows".to_owned()), action, resource)
        .with("aws:RequestedRegion", &["us-east-1"])
        .with("aws:SourceArn", &["arn:aws:bedrock:us-east-1:111122223333:flow/F"])
}

fn judged(bencher: Bencher<'_, '_>, asked: &Request, expected: Outcome) {
    let situation = compiled(&role());
    assert_eq!(decide(&situation, asked).outcome, expected);
    bencher.bench(|| decide(black_box(&situation), black_box(asked)).outcome);
}

#[divan::bench]
fn allowed_by_the_last_statement(bencher: Bencher<'_, '_>) {
    let prompt = "arn:aws:bedrock:us-east-1:111122223333:prompt/P";
    judged(bencher, &request("bedrock:GetPrompt", prompt), Outcome::Allow);
}

#[divan::bench]
fn every_statement_speaks_of_the_action(bencher: Bencher<'_, '_>) {
    let model = "arn:aws:bedrock:us-east-1::foundation-model/other.model-v1:0";
    judged(bencher, &request("bedrock:InvokeModel", model), Outcome::ImplicitDeny);
}

#[divan::bench]
fn the_nearest_of_twenty(bencher: Bencher<'_, '_>) {
    let situation = compiled(&role());
    let model = "arn:aws:bedrock:us-east-1::foundation-model/other.model-v1:0";
    let asked = request("bedrock:InvokeModel", model);
    let decision: Decision<'_> = decide(&situation, &asked);
    bencher.bench(|| {
        let nearest = decision.nearest(black_box(&situation), black_box(&asked));
        nearest.map(|nearest| nearest.differences.len())
    });
}

#[divan::bench]
fn reading_and_compiling_the_role(bencher: Bencher<'_, '_>) {
    let text = role();
    bencher.bench(|| compiled(black_box(&text)).identity.len());
}
