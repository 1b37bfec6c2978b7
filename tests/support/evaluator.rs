//! A judge for the tests: evaluates IAM policies the way IAM's own guide says,
//! knowing nothing of the code under test.
//!
//! Page names are those of the IAM User Guide (`reference_policies_…`); `g.N`
//! are sections of the project's fact sheet. Where IAM gives no rule, or a
//! document is not one IAM would accept, the judge panics: a test must never
//! pass because its judge shrugged. Everything that can be checked without a
//! request is checked once, by [`Parsed::new`].
//!
//! Left out, since they do not bear on single documents: permissions
//! boundaries, session policies, service and resource control policies.
//!
//! Use from a test file:
//! `#[path = "support/evaluator.rs"] mod evaluator;`
#![allow(dead_code, reason = "each test binary uses its own part of the judge")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a judge that has lost count should panic, not guess"
)]

use std::collections::BTreeMap;

#[path = "evaluator/condition.rs"]
mod condition;
#[path = "evaluator/document.rs"]
mod document;
#[path = "evaluator/pattern.rs"]
mod pattern;
#[path = "evaluator/principal.rs"]
mod principal;
#[path = "evaluator/scalar.rs"]
mod scalar;

pub use document::Parsed;
use principal::Reach;

/// What the request context holds; key names compare without case (g.4).
/// A key with no values counts as absent. Binary values are held in base64.
pub type Context = BTreeMap<String, Vec<String>>;

/// One request to be judged.
#[derive(Clone, Debug)]
pub struct Request {
    pub principal: Principal,
    /// `service:Operation`
    pub action: String,
    /// The ARN asked for, or `*` for an operation without resource types.
    pub resource: String,
    pub context: Context,
}

impl Request {
    /// A request with an empty context.
    pub fn new(principal: Principal, action: &str, resource: &str) -> Self {
        Self { principal, action: action.to_owned(), resource: resource.to_owned(), context: Context::new() }
    }

    /// The same request with one more context key.
    #[must_use]
    pub fn with(mut self, key: &str, values: &[&str]) -> Self {
        let values = values.iter().map(|&value| value.to_owned()).collect();
        self.context.insert(key.to_owned(), values);
        self
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// A user or a role by its IAM ARN (a role session: the ARN of its role).
    Aws { arn: String, account: String },
    /// A service acting for itself, e.g. `bedrock.amazonaws.com`.
    Service(String),
}

/// What a set of policies says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Allow,
    ExplicitDeny,
    ImplicitDeny,
}

impl Decision {
    /// An explicit deny overrides every allow; without an allow, the default is
    /// an implicit deny (`evaluation-logic`, "Determining whether a request is
    /// allowed or denied within an account").
    fn of(denied: bool, allowed: bool) -> Self {
        match (denied, allowed) {
            (true, _) => Self::ExplicitDeny,
            (false, true) => Self::Allow,
            (false, false) => Self::ImplicitDeny,
        }
    }
}

/// Identity-based policies: all policies of the identity are read together, one
/// allow is enough, one deny decides (`evaluation-logic`).
///
/// # Panics
/// If a statement names a principal (`elements_principal`: not in
/// identity-based policies) or no resource (g.3).
pub fn identity(policies: &[&Parsed], request: &Request) -> Decision {
    check(request);
    let (mut denied, mut allowed) = (false, false);
    for policy in policies {
        for statement in &policy.statements {
            assert!(
                statement.principals.is_none() && statement.resources.is_some(),
                "evaluator: not an identity-based statement: {}",
                statement.source
            );
            if statement.speaks_of(&request.action) && statement.fits(request) {
                allowed |= statement.allow;
                denied |= !statement.allow;
            }
        }
    }
    Decision::of(denied, allowed)
}

/// The resource's side of a request: a resource policy or a KMS key policy,
/// where `"Resource": "*"` means the key it is attached to. Naming an account
/// counts, as delegation to everyone in it (`elements_principal`, "AWS account
/// principals"); see [`grants_directly`] for the difference.
///
/// # Panics
/// If a statement lacks its principal or its resource (g.3; KMS takes a
/// statement without a resource but gives it no effect).
pub fn resource_based(policy: &Parsed, request: &Request) -> Decision {
    let found = Grants::in_resource_policy(policy, request);
    Decision::of(found.denied, found.direct || found.to_account)
}

/// True if the resource policy alone suffices for a principal of the same
/// account, since it names the principal, or everyone, and not only the account
/// (`evaluation-logic`; `elements_principal`, "All principals").
///
/// # Panics
/// As [`resource_based`].
pub fn grants_directly(policy: &Parsed, request: &Request) -> bool {
    let found = Grants::in_resource_policy(policy, request);
    !found.denied && found.direct
}

/// True if the resource policy hands the decision to the principal's account,
/// whose identity-based policies must then allow the request too.
///
/// # Panics
/// As [`resource_based`].
pub fn grants_to_account(policy: &Parsed, request: &Request) -> bool {
    let found = Grants::in_resource_policy(policy, request);
    !found.denied && found.to_account
}

/// A role's trust policy: a resource-based policy whose resource is the role
/// itself, so it has no `Resource` element (g.3). `request.resource` is not
/// looked at.
///
/// # Panics
/// If a statement lacks a principal or has a resource.
pub fn trust(policy: &Parsed, request: &Request) -> Decision {
    check(request);
    for statement in &policy.statements {
        assert!(
            statement.principals.is_some() && statement.resources.is_none(),
            "evaluator: not a trust policy statement: {}",
            statement.source
        );
    }
    let found = Grants::in_policy(policy, request);
    Decision::of(found.denied, found.direct || found.to_account)
}

/// Principal and resource in different accounts: both sides must allow
/// (`evaluation-logic-cross-account`); a deny on either side decides.
pub fn cross_account(identity: Decision, resource: Decision) -> Decision {
    Decision::of(
        identity == Decision::ExplicitDeny || resource == Decision::ExplicitDeny,
        identity == Decision::Allow && resource == Decision::Allow,
    )
}

/// Principal and resource in one account: either side may allow
/// (`evaluation-logic`, "Evaluating identity-based policies with resource-based
/// policies"). Not for trust and key policies, which must allow by themselves.
///
/// # Panics
/// As [`resource_based`].
pub fn same_account(identity: Decision, policy: &Parsed, request: &Request) -> Decision {
    let found = Grants::in_resource_policy(policy, request);
    Decision::of(
        identity == Decision::ExplicitDeny || found.denied,
        identity == Decision::Allow || found.direct,
    )
}

/// A KMS key in the principal's own account: the key policy must allow, either
/// the principal itself or its account, and only in the latter case do
/// identity-based policies count (`evaluation-logic` on KMS as an exception).
///
/// # Panics
/// As [`resource_based`].
pub fn key_access(identity: Decision, key_policy: &Parsed, request: &Request) -> Decision {
    let found = Grants::in_resource_policy(key_policy, request);
    Decision::of(
        identity == Decision::ExplicitDeny || found.denied,
        found.direct || (found.to_account && identity == Decision::Allow),
    )
}

/// What the statements of one resource or trust policy come to.
#[derive(Default)]
struct Grants {
    denied: bool,
    direct: bool,
    to_account: bool,
}

impl Grants {
    fn in_resource_policy(policy: &Parsed, request: &Request) -> Self {
        check(request);
        for statement in &policy.statements {
            assert!(
                statement.principals.is_some() && statement.resources.is_some(),
                "evaluator: not a resource policy statement: {}",
                statement.source
            );
        }
        Self::in_policy(policy, request)
    }

    fn in_policy(policy: &Parsed, request: &Request) -> Self {
        let mut found = Self::default();
        for statement in &policy.statements {
            if !statement.speaks_of(&request.action) {
                continue;
            }
            let principals = statement.principals.as_ref();
            let reach = principals.map_or(Reach::None, |all| all.reach(&request.principal));
            if reach == Reach::None || !statement.fits(request) {
                continue;
            }
            match (statement.allow, reach) {
                (false, _) => found.denied = true,
                (true, Reach::Account) => found.to_account = true,
                (true, _) => found.direct = true,
            }
        }
        found
    }
}

/// A request nobody could send would be denied for the wrong reason.
fn check(request: &Request) {
    let action = request.action.as_bytes();
    assert!(
        action.contains(&b':') && !action.contains(&b'*'),
        "evaluator: {:?} is not one action",
        request.action
    );
}

/// The values of a context key, whose name compares without case (g.4).
fn lookup<'a>(context: &'a Context, key: &str) -> &'a [String] {
    let mut found = context.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
    let values = found.next().map_or(&[][..], |(_, values)| values);
    assert!(found.next().is_none(), "evaluator: the request context holds {key:?} twice");
    values
}
