//! What holds for every kind.

use super::*;
use crate::catalog::reference::Reference;

pub(crate) fn context<'a>(
    regions: &'a Regions,
    refinements: &'a [std::borrow::Cow<'a, str>],
    profiles: &'a [Profile],
) -> Context<'a> {
    Context {
        partition: Given::Value("aws"),
        region: Given::Value("us-east-1"),
        account: Given::Value("123456789012"),
        flow: Given::Value("FLOW123456"),
        refinements,
        profiles,
        choices: &[],
        regions,
    }
}

fn facet(name: &str, facet: &str, value: &str, refinements: &[&str]) -> Vec<String> {
    let regions = &Reference::builtin().regions();
    let refinements: Vec<_> = refinements.iter().map(|r| std::borrow::Cow::Borrowed(*r)).collect();
    let mut out = Texts::default();
    let kind = kind(name).unwrap();
    assert!(
        (kind.fill)(facet, Given::Value(value), &context(regions, &refinements, &[]), &mut out),
        "{name}.{facet}"
    );
    out.iter().map(|text| text.as_str().to_owned()).collect()
}

fn codes(name: &str, value: &str) -> Vec<&'static str> {
    let regions = &Reference::builtin().regions();
    (kind(name).unwrap().check)(value, &context(regions, &[], &[])).iter().map(|p| p.code).collect()
}

#[test]
fn every_kind_takes_its_example_and_fills_exactly_the_facets_it_names() {
    let regions = &Reference::builtin().regions();
    let context = context(regions, &[], &[]);
    for kind in KINDS.iter().filter(|kind| kind.name != "choice") {
        assert!((kind.check)(kind.example, &context).is_empty(), "{} refuses its own example", kind.name);
        for (facet, _) in kind.facets {
            for given in [Given::Value(kind.example), Given::Hole("x"), Given::Open("*")] {
                assert!((kind.fill)(facet, given, &context, &mut Texts::default()), "{}.{facet}", kind.name);
            }
        }
        assert!(!(kind.fill)("no-such-facet", Given::Value(kind.example), &context, &mut Texts::default()));
    }
    assert!(KINDS.is_sorted_by_key(|kind| kind.name));
}

#[test]
fn a_pinned_prompt_gives_both_forms_and_a_bare_one_gives_one() {
    let bare = "arn:aws:bedrock:us-east-1:123456789012:prompt/PROMPT1234";
    assert_eq!(facet("prompt", "arns", bare, &[]), [bare]);
    assert_eq!(facet("prompt", "arns", &format!("{bare}:3"), &[]), [format!("{bare}:3"), bare.to_owned()]);
    assert_eq!(facet("prompt", "arns", "PROMPT1234:3", &[]), [format!("{bare}:3"), bare.to_owned()]);
}

#[test]
fn an_unknown_label_is_never_taken_for_a_geography() {
    assert_eq!(facet("model", "form", "deepseek.v3.2", &[]), ["foundation-model"]);
    assert_eq!(facet("model", "form", "us.deepseek.r1-v1:0", &[]), ["geographic-profile"]);
    assert_eq!(facet("model", "form", "us-gov.anthropic.claude-x-v1:0", &[]), ["geographic-profile"]);
    assert_eq!(facet("model", "form", "mx.amazon.nova-lite-v1:0", &[]), ["foundation-model"]);
    assert_eq!(facet("model", "form", "global.amazon.nova-2-lite-v1:0", &[]), ["global-profile"]);
}

#[test]
fn legs_of_a_geographic_profile_follow_the_regions_or_stay_a_star() {
    let id = "us.amazon.nova-lite-v1:0";
    assert_eq!(
        facet("model", "arn", id, &[]),
        ["arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0"]
    );
    assert_eq!(
        facet("model", "models", id, &[]),
        ["arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0"]
    );
    assert_eq!(
        facet("model", "models", id, &["us-west-2", "us-east-1"]),
        [
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
            "arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0",
        ]
    );
    assert_eq!(
        facet("model", "models", "global.amazon.nova-2-lite-v1:0", &[]),
        [
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-2-lite-v1:0",
            "arn:aws:bedrock:::foundation-model/amazon.nova-2-lite-v1:0",
        ]
    );
}

#[test]
fn a_profile_response_gives_the_legs() {
    let regions = &Reference::builtin().regions();
    let profiles = [Profile {
        arn: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456".into(),
        id: "abc123def456".into(),
        models: vec!["arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0".into()],
    }];
    let mut out = Texts::default();
    let arn = profiles[0].arn.clone();
    model::fill("models", Given::Value(&arn), &context(regions, &[], &profiles), &mut out);
    let texts: Vec<_> = out.iter().map(Text::as_str).collect();
    assert_eq!(texts, ["arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0"]);
    // The person's own list wins over a response.
    let mut out = Texts::default();
    let listed = [std::borrow::Cow::Borrowed("us-east-2")];
    model::fill("models", Given::Value(&arn), &context(regions, &listed, &profiles), &mut out);
    assert!(out.iter().all(|text| !text.as_str().contains("us-west-2")), "{out:?}");
}

#[test]
fn values_of_a_wrong_form_are_told_apart() {
    assert_eq!(codes("account", "12345678901"), ["value-form"]);
    assert_eq!(codes("region", "us-east-9"), ["region-unknown"]);
    assert_eq!(codes("region", "us-gov-west-1"), ["partition-mismatch"]);
    assert_eq!(codes("kms-key", "alias/my-key"), ["key-alias"]);
    assert_eq!(codes("kms-key", "arn:aws:kms:us-east-1:123456789012:alias/my-key"), ["key-alias"]);
    assert_eq!(codes("agent-alias", "AGENT12345"), ["value-form"]);
    assert_eq!(
        codes("agent-alias", "arn:aws:bedrock:us-east-1:123456789012:agent/AGENT12345"),
        ["arn-of-another-kind"]
    );
    assert_eq!(codes("flow", "arn:aws:bedrock:us-east-1:123456789012:flows/FLOW123456"), ["flow-arn-plural"]);
    assert_eq!(codes("bucket", "amzn-s3-demo-bucket"), ["bucket-name-reserved"]);
    assert_eq!(codes("bucket", "192.168.0.1"), ["value-form"]);
    assert_eq!(codes("lambda-function", "arn:aws:lambda:us-east-1:123456789012:function:f:"), ["value-form"]);
    assert_eq!(codes("lambda-function", "f:$LATEST"), [""; 0]);
    assert_eq!(codes("principal", "arn:aws:sts::123456789012:assumed-role/r/s"), ["session-arn"]);
    assert_eq!(codes("principal", "somebody"), ["value-form"]);
    assert_eq!(
        codes("model", "arn:aws:bedrock:us-east-1:123456789012:foundation-model/x.y"),
        ["model-arn-has-account"]
    );
    assert_eq!(codes("model", "no-dot"), ["value-form"]);
    assert_eq!(
        codes("prompt", "arn:aws-cn:bedrock:cn-north-1:123456789012:prompt/PROMPT1234"),
        ["partition-mismatch"]
    );
}

#[test]
fn placeholders_are_told_from_policy_variables() {
    assert_eq!(placeholder("a${account-id}b"), Some("${account-id}"));
    assert_eq!(placeholder("${aws:PrincipalAccount}"), None);
    assert_eq!(placeholder("${aws:PrincipalTag/team, 'none'}${*}"), None);
    assert_eq!(placeholder("x<bucket>y"), Some("<bucket>"));
}
