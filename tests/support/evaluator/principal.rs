//! `Principal` and `NotPrincipal` (`elements_principal`,
//! `elements_notprincipal`).

use serde_json::Value;

use super::Principal;
use super::document::{object, strings};

/// How a statement's principals take in the one that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    None,
    /// Through its account: authority is delegated to that account.
    Account,
    /// By its own name, or as one of all.
    Direct,
}

#[derive(Clone, Debug)]
pub(super) struct Principals {
    inverted: bool,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Everyone,
    /// An account id, or the ARN of its root (which then names a partition);
    /// both mean the whole account.
    Account {
        partition: Option<String>,
        id: String,
    },
    /// A user, role or session by its whole ARN.
    Identity {
        arn: String,
        account: String,
    },
    Service(String),
    /// `Federated` and `CanonicalUser` never name a [`Principal`].
    Other,
}

impl Principals {
    pub fn new(value: &Value, inverted: bool, allow: bool) -> Self {
        let mut entries = Vec::new();
        if value.as_str() == Some("*") {
            entries.push(Entry::Everyone);
        } else {
            for (kind, names) in object(value, "principal") {
                entries.extend(strings(names).map(|name| entry(kind, name)));
            }
        }
        assert!(!entries.is_empty(), "evaluator: no principal in {value}");
        let principals = Self { inverted, entries };
        principals.check_exceptions(allow);
        principals
    }

    /// "When you use `NotPrincipal` with `Deny`, you must also specify the
    /// account ARN of the not-denied principal" (`elements_notprincipal`).
    fn check_exceptions(&self, allow: bool) {
        for entry in &self.entries {
            assert!(!self.inverted || *entry != Entry::Everyone, "evaluator: NotPrincipal * leaves nobody");
            let Entry::Identity { arn, account } = entry else {
                continue;
            };
            assert!(
                !self.inverted || allow || self.names_account(account),
                "evaluator: NotPrincipal with Deny names {arn} but not its account"
            );
        }
    }

    fn names_account(&self, account: &str) -> bool {
        self.entries.iter().any(|entry| matches!(entry, Entry::Account { id, .. } if id == account))
    }

    pub fn reach(&self, principal: &Principal) -> Reach {
        if let Principal::Aws { arn, account } = principal {
            assert!(
                arn.split(':').nth(4) == Some(account) && !arn.contains(":assumed-role/"),
                "evaluator: not a user or role of account {account:?}: {arn}"
            );
        }
        if self.inverted {
            return if self.excepts(principal) { Reach::None } else { Reach::Direct };
        }
        // More than one entry may fit: the widest reach counts.
        let mut best = Reach::None;
        for entry in &self.entries {
            match entry.reach(principal) {
                Reach::Direct => return Reach::Direct,
                Reach::Account => best = Reach::Account,
                Reach::None => {}
            }
        }
        best
    }

    /// An account ARN beside a user or role of that account is there for the
    /// account's own check and excepts nobody else in it: the guide's example
    /// lists Bob and his account and denies everyone but Bob. Alone it excepts
    /// the account.
    fn excepts(&self, principal: &Principal) -> bool {
        self.entries.iter().any(|entry| match entry.reach(principal) {
            Reach::Direct => true,
            Reach::Account => !self.entries.iter().any(|other| {
                matches!((other, principal),
                    (Entry::Identity { account: named, .. }, Principal::Aws { account, .. })
                    if named == account)
            }),
            Reach::None => false,
        })
    }
}

impl Entry {
    fn reach(&self, principal: &Principal) -> Reach {
        match (self, principal) {
            (Self::Everyone, _) => Reach::Direct,
            (Self::Service(name), Principal::Service(asking)) if name == asking => Reach::Direct,
            (Self::Identity { arn, .. }, Principal::Aws { arn: asking, .. }) if arn == asking => {
                Reach::Direct
            }
            (Self::Account { partition, id }, Principal::Aws { arn, account })
                if id == account
                    && partition
                        .as_deref()
                        .is_none_or(|partition| arn.split(':').nth(1) == Some(partition)) =>
            {
                Reach::Account
            }
            _ => Reach::None,
        }
    }
}

/// No wildcard may stand for part of a name or ARN, and `*` is no service.
fn entry(kind: &str, name: &str) -> Entry {
    match kind {
        "AWS" if name == "*" => Entry::Everyone,
        "AWS" => aws_entry(name),
        "Service" => {
            assert!(
                name.contains('.') && !name.contains(['*', '?']),
                "evaluator: not a service principal: {name:?}"
            );
            Entry::Service(name.to_owned())
        }
        "Federated" | "CanonicalUser" => Entry::Other,
        _ => panic!("evaluator: unknown principal type {kind:?}"),
    }
}

fn aws_entry(name: &str) -> Entry {
    let is_account = |id: &str| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_account(name) {
        return Entry::Account { partition: None, id: name.to_owned() };
    }
    let fields: Vec<_> = name.split(':').collect();
    match fields[..] {
        ["arn", partition, "iam" | "sts", "", id, resource]
            if is_account(id) && !name.contains(['*', '?']) =>
        {
            if resource == "root" {
                Entry::Account { partition: Some(partition.to_owned()), id: id.to_owned() }
            } else {
                Entry::Identity { arn: name.to_owned(), account: id.to_owned() }
            }
        }
        _ => panic!("evaluator: not an AWS principal: {name:?}"),
    }
}
