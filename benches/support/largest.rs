//! The largest blueprint that the benches build: every capability ticked, 100 resources among the
//! nodes: ten each of prompts with their models, knowledge bases with their models, agents, functions,
//! bots, buckets to read and to write, and keys.

use bedrock_policy::blueprint::Blueprint;
use bedrock_policy::blueprint::edit::{set, tick};
use bedrock_policy::catalog::Catalog;

/// Every tick, and 100 resources among the nodes.
#[must_use]
pub(crate) fn blueprint(catalog: &Catalog) -> Blueprint {
    let mut blueprint = Blueprint::default();
    blueprint.scope.region = Some("us-east-1".into());
    blueprint.scope.account = Some("123456789012".into());
    for id in catalog.capability_ids() {
        tick(&mut blueprint, catalog, id).expect("a built-in capability");
    }
    let mut give = |assignment: String| set(&mut blueprint, catalog, &assignment).expect("a known parameter");
    for (name, value) in [
        ("flow.id", "FLOW123456"),
        ("author.principal", "role/Author"),
        ("runner.principal", "role/Runner"),
        ("flow/guardrail.guardrail", "gr1234567890"),
        ("flow/encryption.key", "1234abcd-12ab-34cd-56ef-1234567890ab"),
        ("people/run-flows.alias", "ALIAS12345"),
        ("people/manage-prompts.model", "us.amazon.nova-lite-v1:0"),
        ("people/encrypt-prompts.key", "1234abcd-12ab-34cd-56ef-1234567890ab"),
        ("logging/model-invocations.log-group", "/bedrock/calls"),
        ("logging/model-invocations.bucket", "call-logs"),
        ("deny/regions.regions", "us-east-1,us-west-2"),
        ("deny/regions.profiles", "us.amazon.nova-lite-v1:0"),
    ] {
        give(format!("{name}={value}"));
    }
    for n in 0..10 {
        give(format!("flow-node/prompt.model=us.amazon.nova-{n}-v1:0"));
        give(format!("flow-node/prompt.prompt=arn:aws:bedrock:us-east-1:123456789012:prompt/PROMPT{n:04}:3"));
        give(format!("flow-node/knowledge-base.knowledge-base=KB{n:08}"));
        give(format!("flow-node/knowledge-base.model=amazon.nova-pro-{n}-v1:0"));
    }
    for n in 0..10 {
        give(format!("flow-node/agent.agent-alias=AGENT{n:05}/ALIAS{n:05}"));
        give(format!(
            "flow-node/lambda-function.function=arn:aws:lambda:us-east-1:{:012}:function:f{n}:live",
            5 * n
        ));
        give(format!("flow-node/lex.bot-alias=BOT{n:07}/ALIAS{n:05}"));
        give(format!("flow-node/s3-retrieval.bucket=incoming-{n}"));
        give(format!("flow-node/s3-storage.bucket=results-{n}"));
        give(format!("flow/encrypted-resources.key={n:08}-12ab-34cd-56ef-1234567890ab"));
        give("flow/encrypted-resources.what=bucket-write".into());
        give(format!("flow/encrypted-resources.bucket=results-{n}"));
    }
    blueprint
}
