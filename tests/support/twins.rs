//! What differs from an expected call in one thing.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(clippy::expect_used, reason = "support of tests: a wrong table should panic")]

use crate::evaluator::Principal;
use crate::expected::Call;
use crate::filled::Filled;
use crate::random::{self, Random};

/// The resource with other values for its free variables, where it has any.
pub fn another_sample(call: &Call, random: &mut Random) -> Option<String> {
    let mut vars = (*call.vars).clone();
    let mut any = false;
    for name in call.resource.variables() {
        let var = call.vars.get(name);
        if var.free && !call.context.iter().any(|(_, value)| value.variables().contains(&name)) {
            any = true;
            vars = vars.with(name, random::other(&var.form, &var.text, random, &call.vars.place));
        }
    }
    any.then(|| vars.fill(&call.resource.template).sample)
}

/// The text with each variable that is not free given another value, and the text made longer.
pub fn others(call: &Call, filled: &Filled, random: &mut Random) -> Vec<String> {
    let mut out = vec![format!("{}x", filled.sample)];
    if filled.sample == "*" {
        return Vec::new();
    }
    let mut names = filled.variables();
    names.dedup();
    for name in names {
        let var = call.vars.get(name);
        if !var.free {
            let other = random::other(&var.form, &var.text, random, &call.vars.place);
            out.push(call.vars.with(name, other).fill(&filled.template).sample);
        }
    }
    out
}

/// Others than the one a resource's policy admits; nobody for identity policies.
pub fn strange_callers(call: &Call, random: &mut Random) -> impl Iterator<Item = Principal> {
    let place = &call.vars.place;
    let own = |partition: &str, account: &str, name: &str| Principal::Aws {
        arn: format!("arn:{partition}:iam::{account}:{name}"),
        account: account.to_owned(),
    };
    let role = random::value("name", random, place);
    let account = random::value("account", random, place);
    let mut out = match &call.who {
        None => Vec::new(),
        Some(who) => {
            let mut out = vec![
                own(&place.partition, &place.account, &format!("role/{role}")),
                Principal::Service("lambda.amazonaws.com".to_owned()),
                Principal::Service("bedrock.amazonaws.com".to_owned()),
            ];
            if let Principal::Aws { arn, .. } = who {
                let name = arn.rsplit(':').next().expect("an ARN");
                out.push(own(&place.partition, &account, name));
                out.push(own(&place.partition, &place.account, &format!("{name}x")));
            }
            out
        }
    };
    out.retain(|other| Some(other) != call.who.as_ref());
    out.into_iter()
}
