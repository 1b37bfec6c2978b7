//! The embedded files, one line each. A test holds that every file of `assets/` stands here.

macro_rules! asset {
    ($path:literal) => {
        include_str!(concat!("../../assets/", $path))
    };
}

/// Capabilities in the order in which they are shown.
pub(super) static CAPABILITIES: &[(&str, &str)] = &[
    ("flow-node/prompt", asset!("capabilities/flow-node/prompt.json")),
    ("flow-node/knowledge-base", asset!("capabilities/flow-node/knowledge-base.json")),
    ("flow-node/agent", asset!("capabilities/flow-node/agent.json")),
    ("flow-node/lambda-function", asset!("capabilities/flow-node/lambda-function.json")),
    ("flow-node/lex", asset!("capabilities/flow-node/lex.json")),
    ("flow-node/s3-retrieval", asset!("capabilities/flow-node/s3-retrieval.json")),
    ("flow-node/s3-storage", asset!("capabilities/flow-node/s3-storage.json")),
    ("flow-node/input", asset!("capabilities/flow-node/input.json")),
    ("flow-node/output", asset!("capabilities/flow-node/output.json")),
    ("flow-node/condition", asset!("capabilities/flow-node/condition.json")),
    ("flow-node/iterator", asset!("capabilities/flow-node/iterator.json")),
    ("flow-node/collector", asset!("capabilities/flow-node/collector.json")),
    ("flow-node/inline-code", asset!("capabilities/flow-node/inline-code.json")),
    ("flow-node/loop", asset!("capabilities/flow-node/loop.json")),
    ("flow-node/loop-input", asset!("capabilities/flow-node/loop-input.json")),
    ("flow-node/loop-controller", asset!("capabilities/flow-node/loop-controller.json")),
    ("flow/guardrail", asset!("capabilities/flow/guardrail.json")),
    ("flow/encryption", asset!("capabilities/flow/encryption.json")),
    ("flow/encrypted-resources", asset!("capabilities/flow/encrypted-resources.json")),
    ("flow/legacy-access", asset!("capabilities/flow/legacy-access.json")),
    ("flow/read-itself", asset!("capabilities/flow/read-itself.json")),
    ("people/author-flows", asset!("capabilities/people/author-flows.json")),
    ("people/run-flows", asset!("capabilities/people/run-flows.json")),
    ("people/manage-prompts", asset!("capabilities/people/manage-prompts.json")),
    ("people/encrypt-prompts", asset!("capabilities/people/encrypt-prompts.json")),
    ("people/limited-access", asset!("capabilities/people/limited-access.json")),
    ("people/full-access", asset!("capabilities/people/full-access.json")),
    ("logging/model-invocations", asset!("capabilities/logging/model-invocations.json")),
    ("deny/regions", asset!("capabilities/deny/regions.json")),
];

/// Documents in the order in which they are shown.
pub(super) static DOCUMENTS: &[(&str, &str)] = &[
    ("flow-role-trust", asset!("documents/flow-role-trust.json")),
    ("flow-role", asset!("documents/flow-role.json")),
    ("knowledge-base-role", asset!("documents/knowledge-base-role.json")),
    ("author-flows", asset!("documents/author-flows.json")),
    ("run-flows", asset!("documents/run-flows.json")),
    ("manage-prompts", asset!("documents/manage-prompts.json")),
    ("encrypt-prompts", asset!("documents/encrypt-prompts.json")),
    ("lambda", asset!("documents/lambda.json")),
    ("lex", asset!("documents/lex.json")),
    ("bucket", asset!("documents/bucket.json")),
    ("key", asset!("documents/key.json")),
    ("logging-role-trust", asset!("documents/logging-role-trust.json")),
    ("logging-role", asset!("documents/logging-role.json")),
    ("deny-scp", asset!("documents/deny-scp.json")),
    ("deny-identity", asset!("documents/deny-identity.json")),
];

/// Services whose IAM actions are listed.
pub(super) static SERVICES: &[(&str, &str)] = &[
    ("aws-marketplace", asset!("reference/services/aws-marketplace.json")),
    ("bedrock", asset!("reference/services/bedrock.json")),
    ("iam", asset!("reference/services/iam.json")),
    ("kms", asset!("reference/services/kms.json")),
    ("lambda", asset!("reference/services/lambda.json")),
    ("lex", asset!("reference/services/lex.json")),
    ("logs", asset!("reference/services/logs.json")),
    ("s3", asset!("reference/services/s3.json")),
    ("sagemaker", asset!("reference/services/sagemaker.json")),
    ("sts", asset!("reference/services/sts.json")),
];

pub(super) static SUBJECTS: &str = asset!("subjects.json");
pub(super) static STARS: &str = asset!("stars.json");
pub(super) static MODEL_CALLS: &str = asset!("kinds/model.json");
pub(super) static MESSAGES: &str = asset!("messages.json");
pub(super) static API_NAMES: &str = asset!("api-names.json");
pub(super) static EXCEPTIONS: &str = asset!("exceptions.json");
pub(super) static REFERENCE_INDEX: &str = asset!("reference/index.json");
pub(super) static GLOBAL_KEYS: &str = asset!("reference/global-keys.json");
pub(super) static REGIONS: &str = asset!("reference/regions.json");
pub(super) static MANAGED_POLICIES: &str = asset!("reference/managed-policies.json");
/// The blueprint of the example, to look around in.
pub static EXAMPLE: &str = asset!("example.json");
