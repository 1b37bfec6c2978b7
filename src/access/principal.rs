//! `Principal` and `NotPrincipal`: whom a statement of a resource's side speaks of, and how
//! (IAM User Guide, "Principal" and "`NotPrincipal`").

use super::request::Caller;
use crate::policy::arn::{Arn, is_account};
use crate::policy::tree::Node;
use crate::policy::view::Principals;

/// How a statement reaches a caller. The later, the less limits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Not at all.
    None,
    /// Through its account, to which the decision is handed.
    Account,
    /// Through the role whose session it is: an implicit deny of a permissions boundary or a session
    /// policy still limits it.
    Role,
    /// By its own name, or as one of all.
    Direct,
}

/// The principals of one statement.
#[derive(Clone, Debug)]
pub(super) struct Named {
    negated: bool,
    entries: Vec<Entry>,
    /// False when an entry is none that IAM would take.
    pub(super) readable: bool,
}

#[derive(Clone, Debug)]
enum Entry {
    Everyone,
    /// An account id, or its root ARN, which then names a partition.
    Account {
        partition: Option<String>,
        id: String,
    },
    /// A user, role or session by its whole ARN.
    Identity {
        arn: String,
        account: String,
        role: Option<String>,
    },
    Service(String),
    Federated(String),
    Canonical,
}

impl Named {
    /// Reads the element.
    pub(super) fn read(principals: &Principals<'_>) -> Self {
        let mut entries = Vec::with_capacity(principals.items.len());
        let mut readable = !principals.items.is_empty();
        for (kind, node) in &principals.items {
            match entry(kind, node) {
                // Everybody but everybody is nobody: IAM takes no such element.
                Some(Entry::Everyone) if principals.negated => readable = false,
                Some(entry) => entries.push(entry),
                None => readable = false,
            }
        }
        Self { negated: principals.negated, entries, readable }
    }

    /// How the statement reaches a caller.
    pub(super) fn reach(&self, caller: &Caller) -> Reach {
        if self.negated {
            return if self.excepts(caller) { Reach::None } else { Reach::Direct };
        }
        self.entries.iter().map(|entry| entry.reach(caller)).max().unwrap_or(Reach::None)
    }

    /// A wider entry beside a narrower one stands there for IAM's check of that one, and excepts nobody
    /// else: the page's examples list a user with its account, a session with its role and account,
    /// and deny everybody but the one (IAM User Guide, "`NotPrincipal`").
    fn excepts(&self, caller: &Caller) -> bool {
        self.entries.iter().any(|entry| match entry.reach(caller) {
            Reach::Direct => true,
            Reach::Role => !self.entries.iter().any(|other| other.is_session() && other.shares_role(caller)),
            Reach::Account => !self.entries.iter().any(
                |other| matches!(other, Entry::Identity { account, .. } if caller.account() == Some(account)),
            ),
            Reach::None => false,
        })
    }
}

impl Entry {
    fn reach(&self, caller: &Caller) -> Reach {
        let fits = match (self, caller) {
            (Self::Everyone, _) => true,
            (Self::Service(name), Caller::Service(asking))
            | (Self::Federated(name), Caller::Federated(asking)) => name == asking,
            (Self::Identity { arn, .. }, Caller::User(asking) | Caller::FederatedUser(asking)) => {
                arn == asking
            }
            (Self::Identity { arn, .. }, Caller::Role(asking)) if !self.is_session() => {
                return if arn == asking { Reach::Role } else { Reach::None };
            }
            (Self::Identity { arn, .. }, Caller::Session(asking)) => {
                if !self.is_session() && self.shares_role(caller) {
                    return Reach::Role;
                }
                arn == asking
            }
            (Self::Account { partition, id }, _) => {
                let Some(arn) = caller.account().and_then(|_| Arn::parse(caller.name())) else {
                    return Reach::None;
                };
                let same = arn.account == id
                    && partition.as_deref().is_none_or(|partition| partition == arn.partition);
                return if same { Reach::Account } else { Reach::None };
            }
            _ => false,
        };
        if fits { Reach::Direct } else { Reach::None }
    }

    fn is_session(&self) -> bool {
        matches!(self, Self::Identity { arn, .. } if arn.contains(":assumed-role/"))
    }

    /// True when entry and caller are of one role: same partition, account and name.
    fn shares_role(&self, caller: &Caller) -> bool {
        let Self::Identity { arn, account, role: Some(role) } = self else { return false };
        let partition = |arn: &str| Arn::parse(arn).map(|arn| arn.partition.to_owned());
        caller.role_name() == Some(role)
            && caller.account() == Some(account)
            && partition(arn) == partition(caller.name())
    }
}

/// One entry; none when IAM would not take it. No wildcard stands for part of a name or ARN.
fn entry(kind: &str, node: &Node) -> Option<Entry> {
    let text = node.text().filter(|text| text.holes().is_empty())?.as_str();
    match kind {
        "*" => Some(Entry::Everyone),
        "AWS" if text == "*" => Some(Entry::Everyone),
        "AWS" if is_account(text) => Some(Entry::Account { partition: None, id: text.to_owned() }),
        "AWS" => match Caller::read(text).filter(|_| !crate::text::has_wildcard(text))? {
            Caller::Root(arn) => {
                let arn = Arn::parse(&arn)?;
                Some(Entry::Account { partition: Some(arn.partition.to_owned()), id: arn.account.to_owned() })
            }
            caller @ (Caller::User(_) | Caller::Role(_) | Caller::Session(_) | Caller::FederatedUser(_)) => {
                Some(Entry::Identity {
                    arn: text.to_owned(),
                    account: caller.account()?.to_owned(),
                    role: caller.role_name().map(str::to_owned),
                })
            }
            _ => None,
        },
        "Service" => {
            let sound = text.contains('.') && !crate::text::has_wildcard(text);
            sound.then(|| Entry::Service(text.to_owned()))
        }
        "Federated" => Some(Entry::Federated(text.to_owned())),
        "CanonicalUser" => Some(Entry::Canonical),
        _ => None,
    }
}
