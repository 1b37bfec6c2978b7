//! What is asked: who, which IAM action, on what, and what the request's context holds.
//!
//! Names of context keys have no case (IAM User Guide, "Condition"); they are held in lower case.

use std::collections::BTreeMap;

use crate::policy::arn::{Arn, is_account};

/// The request's context: values by key. A key without values counts as absent. Dates are ISO 8601 or
/// seconds since 1970, binary values base64.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context(BTreeMap<String, Vec<String>>);

impl Context {
    /// Sets the values of a key, in place of those it had.
    pub fn set(&mut self, key: &str, values: &[&str]) {
        self.0.insert(key.to_ascii_lowercase(), values.iter().map(|value| (*value).to_owned()).collect());
    }

    /// The values of a key given in lower case; none when it is absent.
    #[must_use]
    pub(super) fn values(&self, lower: &str) -> &[String] {
        self.0.get(lower).map_or(&[], Vec::as_slice)
    }

    /// The values of a key in any case; none when it is absent.
    #[must_use]
    pub fn get(&self, key: &str) -> &[String] {
        self.values(&key.to_ascii_lowercase())
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The root user of an account.
    Root(String),
    /// A user, by its ARN.
    User(String),
    /// Some session of a role, by the role's ARN: for questions in which the session's name is open.
    Role(String),
    /// A session of a role, by its ARN: `arn:aws:sts::111122223333:assumed-role/name/session`. Such
    /// an ARN does not tell the role's path; names of roles are unique in an account all the same
    /// (IAM User Guide, "IAM and AWS STS quotas").
    Session(String),
    /// A session of `GetFederationToken`, by its ARN.
    FederatedUser(String),
    /// Somebody known to an identity provider, by the provider's name or ARN.
    Federated(String),
    /// A service acting for itself, `bedrock.amazonaws.com`.
    Service(String),
    /// Nobody known to AWS.
    Anonymous,
}

impl Caller {
    /// Reads a caller as people write it: an ARN, an account id or its root ARN, a service's name,
    /// `*` for nobody known. None when it is none of these.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::Anonymous);
        }
        if is_account(text) {
            return Some(Self::Root(format!("arn:aws:iam::{text}:root")));
        }
        let Some(arn) = Arn::parse(text) else {
            let host = text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn");
            return match host && !text.starts_with("cognito-identity.") {
                true => Some(Self::Service(text.to_owned())),
                false if text.contains('.') && !text.contains(char::is_whitespace) => {
                    Some(Self::Federated(text.to_owned()))
                }
                false => None,
            };
        };
        if !is_account(arn.account) {
            return None;
        }
        let text = text.to_owned();
        match (arn.service, arn.resource.split('/').next()?) {
            ("iam", "root") => Some(Self::Root(text)),
            ("iam", "user") => Some(Self::User(text)),
            ("iam", "role") => Some(Self::Role(text)),
            ("iam", "saml-provider" | "oidc-provider") => Some(Self::Federated(text)),
            ("sts", "assumed-role") => Some(Self::Session(text)),
            ("sts", "federated-user") => Some(Self::FederatedUser(text)),
            _ => None,
        }
    }

    /// The caller's ARN or name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Root(name)
            | Self::User(name)
            | Self::Role(name)
            | Self::Session(name)
            | Self::FederatedUser(name)
            | Self::Federated(name)
            | Self::Service(name) => name,
            Self::Anonymous => "*",
        }
    }

    /// The caller's account, when it has identity-based policies: a user, a role or the root user.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Federated(_) | Self::Service(_) | Self::Anonymous => None,
            _ => Arn::parse(self.name()).map(|arn| arn.account),
        }
    }

    /// The name of the role without its path, for a role or a session.
    pub(super) fn role_name(&self) -> Option<&str> {
        let arn = Arn::parse(self.name())?;
        match self {
            Self::Role(_) => arn.resource.rsplit('/').next(),
            Self::Session(_) => arn.resource.split('/').nth(1),
            _ => None,
        }
    }

    /// True for a role that a service made for itself, which service and resource control policies do
    /// not reach (AWS Organizations User Guide, "Service control policies (SCPs)", "Tasks and entities
    /// not restricted by SCPs"; the same of RCPs).
    pub(super) fn is_service_linked(&self) -> bool {
        matches!(self, Self::Role(arn) if arn.contains(":role/aws-service-role/"))
            || matches!(self, Self::Session(_))
                && self.role_name().is_some_and(|name| name.starts_with("AWSServiceRoleFor"))
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// `service:Operation`; case does not count.
    pub action: String,
    /// The ARN asked for, or `*` for an operation without resource types.
    pub resource: String,
    /// The account that owns the resource, for ARNs that do not say it. When nobody says it, it is
    /// the caller's.
    pub owner: Option<String>,
    /// The request's context. Nothing is added to it: what IAM sets itself (`aws:PrincipalArn`,
    /// `aws:PrincipalAccount` …) is to be given where a policy asks for it.
    pub context: Context,
}

impl Request {
    /// A request with an empty context.
    #[must_use]
    pub fn new(caller: Caller, action: &str, resource: &str) -> Self {
        Self {
            caller,
            action: action.to_owned(),
            resource: resource.to_owned(),
            owner: None,
            context: Context::default(),
        }
    }

    /// The same request with one more context key.
    #[must_use]
    pub fn with(mut self, key: &str, values: &[&str]) -> Self {
        self.context.set(key, values);
        self
    }

    /// True when the caller belongs to the account that owns the resource, or when nobody says whose
    /// it is.
    pub(super) fn within_account(&self) -> bool {
        let told = Arn::parse(&self.resource).map(|arn| arn.account).filter(|account| !account.is_empty());
        match (self.owner.as_deref().or(told), self.caller.account()) {
            (Some(owner), Some(own)) => owner == own,
            _ => true,
        }
    }
}
