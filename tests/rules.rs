//! Rules beyond the two examples that each message has: the borders at which they begin and end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use bedrock_policy::blueprint::{Blueprint, Scope, edit};
use bedrock_policy::catalog::Catalog;
use bedrock_policy::catalog::document::DocumentKind;
use bedrock_policy::compose::{Bundle, compose};
use bedrock_policy::lint::{Finding, lint, lint_text};
use serde_json::{Value, json};

/// What is raised about a blueprint of these values.
fn built(region: &str, sets: &[&str]) -> Vec<Finding> {
    let (catalog, blueprint) = (Catalog::builtin(), wanted(region, sets));
    lint(catalog, &blueprint, &compose(catalog, &blueprint))
}

/// The blueprint of a Region that these settings make.
fn wanted(region: &str, sets: &[&str]) -> Blueprint {
    let (region, account) = (Some(region.to_owned()), Some("123456789012".to_owned()));
    let scope = Scope { region, account, ..Scope::default() };
    let mut blueprint = Blueprint { scope, ..Blueprint::default() };
    for set in sets {
        edit::set(&mut blueprint, Catalog::builtin(), set).unwrap();
    }
    blueprint
}

/// The codes among these that are raised.
fn codes(findings: &[Finding], of: &[&str]) -> Vec<String> {
    let found = findings.iter().map(|finding| finding.code).filter(|code| of.contains(code));
    found.map(str::to_owned).collect()
}

fn detail<'a>(finding: &'a Finding, name: &str) -> &'a str {
    finding.details.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

/// What is raised about one statement that somebody brought.
fn brought(kind: DocumentKind, statement: &Value) -> Vec<String> {
    let policy = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
    let findings = lint_text(Catalog::builtin(), "example", kind, &policy);
    findings.iter().map(|finding| finding.code.to_owned()).collect()
}

#[test]
fn a_profile_is_called_where_its_label_has_it() {
    let told = |region: &str, model: &str| {
        let model = format!("flow-node/prompt.model={model}");
        let findings = built(region, &["flow.id=FLOW123456", &model]);
        codes(&findings, &["profile-of-another-partition", "profile-geography"]).join(" ")
    };
    let (apart, unseen) = ("profile-of-another-partition", "profile-geography");
    for (region, model, wanted) in [
        ("us-east-1", "us.amazon.nova-lite-v1:0", ""),
        ("ca-central-1", "us.amazon.nova-lite-v1:0", ""),
        ("il-central-1", "eu.amazon.nova-lite-v1:0", ""),
        ("us-east-1", "eu.amazon.nova-lite-v1:0", unseen),
        ("eu-west-1", "jp.amazon.nova-lite-v1:0", unseen),
        ("ap-northeast-1", "jp.amazon.nova-lite-v1:0", ""),
        ("sa-east-1", "global.amazon.nova-2-lite-v1:0", ""),
        ("us-gov-west-1", "us-gov.anthropic.claude-3-haiku-20240307-v1:0", ""),
        ("us-gov-west-1", "global.amazon.nova-2-lite-v1:0", apart),
        ("us-gov-west-1", "eu.amazon.nova-lite-v1:0", apart),
        // A listing shows one in GovCloud: not certain, so not an error.
        ("us-gov-west-1", "us.amazon.nova-lite-v1:0", ""),
        ("us-east-1", "us-gov.anthropic.claude-3-haiku-20240307-v1:0", apart),
        ("us-east-1", "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.a.b-v1:0", ""),
        ("us-east-1", "deepseek.v3.2", ""),
    ] {
        assert_eq!(told(region, model), wanted, "{model} from {region}");
    }
}

#[test]
fn the_legs_of_a_profile_are_those_of_its_own_principal() {
    let profile = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0";
    let other = |model: &str| format!("people/manage-prompts.model={model}");
    let sets = ["flow.id=FLOW123456", "author.principal=role/PromptAuthor"];
    let all = |more: &str| built("us-east-1", &[&sets[..], &[more]].concat());
    assert!(codes(&all(&other("us.amazon.nova-lite-v1:0")), &["profile-leg-missing"]).is_empty());

    // The same documents, the statement for the models behind the profile given to somebody else.
    let catalog = Catalog::builtin();
    let blueprint = wanted(
        "us-east-1",
        &[
            "flow.id=FLOW123456",
            "author.principal=role/PromptAuthor",
            "people/manage-prompts.model=us.amazon.nova-lite-v1:0",
            "flow-node/prompt.model=us.amazon.nova-lite-v1:0",
        ],
    );
    let mut bundle = compose(catalog, &blueprint);
    let role = bundle.documents.iter_mut().find(|document| document.name == "flow-role").unwrap();
    let only = json!({ "Version": "2012-10-17", "Statement": [
        { "Sid": "A", "Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": profile },
    ] });
    role.root = bedrock_policy::policy::parse::parse(&only.to_string()).root.unwrap();
    let findings = lint(catalog, &blueprint, &bundle);
    let missing: Vec<&Finding> =
        findings.iter().filter(|finding| finding.code == "profile-leg-missing").collect();
    assert_eq!(missing.len(), 1, "the prompt author's models are none of the flow's role");
    assert_eq!(missing[0].document.as_deref(), Some("flow-role"));
}

#[test]
fn another_accounts_resources_are_told_by_what_they_are() {
    const HALVES: &[&str] =
        &["other-half-missing", "guardrail-not-shared", "knowledge-base-not-shared", "no-other-half"];
    let theirs =
        |service: &str, resource: &str| format!("arn:aws:{service}:us-east-1:210987654321:{resource}");
    let told = |set: String| {
        let findings = built("us-east-1", &["flow.id=FLOW123456", "runner.principal=role/Caller", &set]);
        codes(&findings, HALVES).join(" ")
    };
    for (parameter, arn, wanted) in [
        ("flow-node/lex.bot-alias", theirs("lex", "bot-alias/BOT1234567/ALIAS12345"), "no-other-half"),
        (
            "flow-node/agent.agent-alias",
            theirs("bedrock", "agent-alias/AGENT12345/ALIAS12345"),
            "no-other-half",
        ),
        ("people/run-flows.alias", theirs("bedrock", "flow/FLOW123456/alias/ALIAS12345"), "no-other-half"),
        ("flow-node/prompt.model", theirs("bedrock", "provisioned-model/abcdef123456"), "no-other-half"),
        (
            "flow-node/knowledge-base.knowledge-base",
            theirs("bedrock", "knowledge-base/KB12345678"),
            "knowledge-base-not-shared",
        ),
        ("flow/guardrail.guardrail", theirs("bedrock", "guardrail/gr1234567890"), "guardrail-not-shared"),
        ("flow-node/lambda-function.function", theirs("lambda", "function:theirs"), ""),
    ] {
        assert_eq!(told(format!("{parameter}={arn}")), wanted, "{arn}");
    }
    let findings = built(
        "us-east-1",
        &[
            "flow.id=FLOW123456",
            "flow/guardrail.guardrail=arn:aws:bedrock:us-east-1:210987654321:guardrail/gr1234567890",
            "flow/guardrail.profile=us.guardrail.v1:0",
            "flow/guardrail.profile-regions=us-west-2",
        ],
    );
    let causes = findings.iter().filter(|finding| finding.code == "guardrail-not-shared");
    let parameters: Vec<_> = causes.map(|finding| finding.cause.parameter.as_deref().unwrap()).collect();
    assert_eq!(parameters, ["guardrail"; 3], "the guardrail is to blame, not the scope");
}

/// Whichever origin comes first, a value of the scope is blamed only where nothing says more.
#[test]
fn the_scope_is_not_blamed_for_what_somebody_gave() {
    let catalog = Catalog::builtin();
    let blueprint = wanted(
        "us-east-1",
        &[
            "flow.id=FLOW123456",
            "flow/guardrail.guardrail=arn:aws:bedrock:us-east-1:210987654321:guardrail/gr1234567890",
            "flow/guardrail.profile=us.guardrail.v1:0",
            "flow/guardrail.profile-regions=us-west-2",
        ],
    );
    let mut bundle = compose(catalog, &blueprint);
    let named = |bundle: &Bundle, name: &str| {
        let mut names =
            bundle.origins.iter().map(|origin| origin.parameter.as_ref().map_or("", |p| p.name()));
        names.position(|found| found == name).unwrap()
    };
    let (given, scope) = (named(&bundle, "guardrail"), named(&bundle, "scope.partition"));
    assert!(given < scope);
    bundle.origins.swap(given, scope);
    let findings = lint(catalog, &blueprint, &bundle);
    let profiles =
        findings.iter().filter(|finding| detail(finding, "resource").contains("guardrail-profile/"));
    let blamed: Vec<_> = profiles.map(|finding| finding.cause.parameter.as_deref().unwrap()).collect();
    assert_eq!(blamed, ["guardrail"; 2]);
}

#[test]
fn a_key_is_told_once_and_only_where_its_region_is_known_to_differ() {
    let told = |sets: &[&str]| {
        let all = [&["flow.id=FLOW123456", "author.principal=role/Author"], sets].concat();
        codes(&built("us-east-1", &all), &["key-region-mismatch"]).len()
    };
    let key =
        |region: &str| format!("arn:aws:kms:{region}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    assert_eq!(told(&[&format!("flow/encryption.key={}", key("eu-west-1"))]), 1, "in three documents");
    assert_eq!(told(&[&format!("flow/encryption.key={}", key("us-east-1"))]), 0);
    let of = |what: &str| format!("flow/encrypted-resources.what={what}");
    let theirs = format!("flow/encrypted-resources.key={}", key("eu-west-1"));
    assert_eq!(told(&[&theirs, &of("guardrail")]), 1);
    let bucket = "flow/encrypted-resources.bucket=my-bucket";
    assert_eq!(told(&[&theirs, &of("bucket-read"), bucket]), 0, "a bucket can be in another Region");
    let statement = |via: Value| {
        let resource = key("eu-west-1");
        json!({ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": resource,
            "Condition": { "StringLike": { "kms:ViaService": via } } })
    };
    for (via, wanted) in [
        (json!("s3.us-east-1.amazonaws.com"), true),
        (json!("s3.eu-west-1.amazonaws.com"), false),
        (json!(["s3.us-east-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"]), false),
        (json!("s3.*.amazonaws.com"), false),
    ] {
        let raised = brought(DocumentKind::Identity, &statement(via.clone()));
        assert_eq!(raised.iter().any(|code| code == "key-region-mismatch"), wanted, "{via}: {raised:?}");
    }
}

#[test]
fn people_and_aliases_of_here_raise_nothing() {
    let of = &["principal-of-another-account", "alias-of-another-flow"];
    let arn = |flow: &str| format!("arn:aws:bedrock:us-east-1:123456789012:flow/{flow}/alias/ALIAS12345");
    let told = |flow: &str, alias: &str, who: &str| {
        let (alias, who) = (format!("people/run-flows.alias={alias}"), format!("runner.principal={who}"));
        codes(&built("us-east-1", &[flow, &alias, &who]), of).join(" ")
    };
    let whole = "flow.id=arn:aws:bedrock:us-east-1:123456789012:flow/FLOW123456";
    assert_eq!(told("flow.id=FLOW123456", &arn("FLOW123456"), "role/Caller"), "");
    assert_eq!(told(whole, &arn("FLOW123456"), "arn:aws:iam::123456789012:user/Caller"), "");
    assert_eq!(told(whole, "ALIAS12345", "user/Caller"), "");
    assert_eq!(told(whole, &arn("OTHER12345"), "user/Caller"), "alias-of-another-flow");
    assert_eq!(told("flow.name=any", &arn("OTHER12345"), "user/Caller"), "", "the flow is not known yet");
    let theirs = "arn:aws:iam::210987654321:user/Caller";
    assert_eq!(told(whole, "ALIAS12345", theirs), "principal-of-another-account");
}

#[test]
fn one_bucket_has_one_owner_however_it_is_written() {
    let told = |first: &str, second: &str| {
        let sets = [
            "flow.id=FLOW123456",
            first,
            "flow-node/s3-storage.owner=210987654321",
            second,
            "flow-node/s3-retrieval.owner=123456789012",
        ];
        codes(&built("us-east-1", &sets), &["bucket-owners-differ"]).len()
    };
    let stored = "flow-node/s3-storage.bucket=my-bucket";
    assert_eq!(told(stored, "flow-node/s3-retrieval.bucket=my-bucket"), 1);
    assert_eq!(told(stored, "flow-node/s3-retrieval.bucket=arn:aws:s3:::my-bucket"), 1);
    assert_eq!(told(stored, "flow-node/s3-retrieval.bucket=my-bucket-2"), 0);
}

#[test]
fn everybody_is_somebody_only_with_a_condition_that_says_who() {
    let told = |kind: DocumentKind, principal: Value, condition: Value| {
        let action = if kind == DocumentKind::Trust { "sts:AssumeRole" } else { "kms:Decrypt" };
        let mut statement = json!({ "Effect": "Allow", "Principal": principal, "Action": action,
            "Condition": condition });
        if kind != DocumentKind::Trust {
            statement["Resource"] = json!("*");
        }
        let mut raised = brought(kind, &statement);
        raised.retain(|code| matches!(code.as_str(), "principal-public" | "trust-everybody"));
        raised.join(" ")
    };
    let key = DocumentKind::Key;
    for (condition, wanted) in [
        (json!({}), "principal-public"),
        (json!({"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}), "principal-public"),
        (json!({"StringLike": {"aws:PrincipalArn": "*"}}), "principal-public"),
        (json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-a"}}), "principal-public"),
        (json!({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a"}}), "principal-public"),
        (json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a/r-b/"}}), "principal-public"),
        (json!({"IpAddress": {"aws:SourceIp": ["0.0.0.0/0"]}}), "principal-public"),
        (json!({"StringEquals": {"AWS:principalorgid": "o-a"}}), ""),
        (json!({"StringEquals": {"kms:CallerAccount": "123456789012"}}), ""),
    ] {
        assert_eq!(told(key, json!({"AWS": "*"}), condition.clone()), wanted, "{condition}");
    }
    assert_eq!(told(key, json!({"AWS": ["123456789012", "*"]}), json!({})), "principal-public");
    assert_eq!(told(DocumentKind::Trust, json!("*"), json!({})), "trust-everybody");
    assert_eq!(told(DocumentKind::Trust, json!({"AWS": "*"}), json!({})), "principal-public");
    let deny = json!({ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" });
    assert!(!brought(DocumentKind::Resource, &deny).contains(&"principal-public".to_owned()));
}

#[test]
fn the_nearest_region_is_offered() {
    for (typed, nearest) in [
        ("eu-west-11", "eu-west-1"),
        ("ap-southest-2", "ap-southeast-2"),
        ("us-gov-west-2", "us-gov-west-1"),
        ("eu-frankfurt-1", "eu-central-1"),
        ("mars", "us-east-1"),
    ] {
        let findings = built(typed, &["flow-node/prompt.model=amazon.nova-lite-v1:0"]);
        let found = findings.iter().find(|finding| finding.code == "region-unknown").unwrap();
        assert_eq!(detail(found, "nearest"), nearest, "{typed}");
    }
}

#[test]
fn a_switch_takes_the_words_that_people_type() {
    let actions = |typed: &str| {
        let catalog = Catalog::builtin();
        let mut blueprint = Blueprint::default();
        for set in ["people/run-flows.alias=ALIAS12345", &format!("people/run-flows.executions={typed}")] {
            edit::set(&mut blueprint, catalog, set).unwrap();
        }
        let bundle = compose(catalog, &blueprint);
        let findings = lint(catalog, &blueprint, &bundle);
        let refused = findings.iter().any(|finding| finding.code == "value-form");
        let root = &bundle.document("run-flows").unwrap().root;
        (root.get("Statement").unwrap().items().len(), refused)
    };
    for (typed, wanted) in [
        ("on", (3, false)),
        ("yes", (3, false)),
        ("True", (3, false)),
        ("off", (1, false)),
        ("no", (1, false)),
        ("false", (1, false)),
        ("maybe", (1, true)),
        ("1", (1, true)),
    ] {
        assert_eq!(actions(typed), wanted, "{typed}");
    }
}

#[test]
fn another_use_begins_where_it_did_before() {
    let names = |sets: &[&str]| {
        let mut blueprint = Blueprint::default();
        for set in sets {
            edit::set(&mut blueprint, Catalog::builtin(), set).unwrap();
        }
        let instances = blueprint.ticks.iter().flat_map(|tick| &tick.instances);
        instances.map(|instance| instance.name.clone()).collect::<Vec<_>>().join(" ")
    };
    let (model, regions) = ("flow-node/prompt.model=a.b", "flow-node/prompt.regions=us-east-1");
    assert_eq!(names(&[model, regions, model]), "prompt prompt-2");
    assert_eq!(names(&[regions, model, model]), "prompt prompt-2");
    assert_eq!(names(&["flow-node/prompt@one.model=a.b", "flow-node/prompt@one.model=a.c"]), "one");
    assert_eq!(names(&[model, "flow-node/prompt@one.model=a.b"]), "prompt one");
    let mut blueprint = Blueprint::default();
    let catalog = Catalog::builtin();
    edit::tick(&mut blueprint, catalog, "flow-node/prompt").unwrap();
    edit::set(&mut blueprint, catalog, "flow-node/prompt@one.model=a.b").unwrap();
    assert_eq!(blueprint.ticks[0].instances.len(), 1, "the untouched one takes the name");
    assert_eq!(blueprint.ticks[0].instances[0].name, "one");
    let key = "flow/encryption@a.key=1234abcd-12ab-34cd-56ef-1234567890ab";
    edit::set(&mut blueprint, catalog, key).unwrap();
    let before = blueprint.clone();
    let refused = edit::set(&mut blueprint, catalog, &key.replace("@a", "@b")).unwrap_err();
    assert!(refused.what.contains("once only") && blueprint == before, "a refused edit changes nothing");
}
