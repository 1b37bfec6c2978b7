//! Six kinds of faults, put into documents that were right: the judge must report each.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "support of tests: a wrong document should panic"
)]

use serde_json::{Map, Value, json};

use crate::expected::Case;
use crate::random::{self, Random};
use crate::universe::Universe;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    StarAdded,
    ConditionDropped,
    AccountChanged,
    LegDropped,
    ActionAdded,
    CrossMerged,
}

type Statement = Map<String, Value>;

impl Fault {
    pub const ALL: [Self; 6] = [
        Self::StarAdded,
        Self::ConditionDropped,
        Self::AccountChanged,
        Self::LegDropped,
        Self::ActionAdded,
        Self::CrossMerged,
    ];

    /// Puts one fault in at a random place and says what it did; `None` where there is no place.
    pub fn seed(
        self,
        documents: &mut [(String, Value)],
        case: &Case,
        universe: &Universe,
        random: &mut Random,
    ) -> Option<String> {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        random.shuffle(&mut order);
        for at in order {
            let (name, document) = &mut documents[at];
            // Where one row may do all with every prompt, a fault in another row's prompt changes nothing.
            if name.starts_with("deny-") || document.to_string().contains(":prompt/*\"") {
                continue;
            }
            let list = document["Statement"].as_array_mut().expect("statements are a list");
            list.iter_mut().for_each(leave_out_covered);
            let before = Value::Array(list.clone());
            let done = match self {
                Self::StarAdded => each(list, random, star),
                Self::ConditionDropped => each(list, random, drop_condition),
                Self::AccountChanged => each(list, random, |one, random| account(one, case, random)),
                Self::LegDropped => drop_leg(list, random),
                Self::ActionAdded => each(list, random, |one, random| action(one, case, universe, random)),
                Self::CrossMerged if case.flow_given => merge(list, random),
                Self::CrossMerged => None,
            };
            if let Some(done) = done {
                return Some(format!("{name}: {done}\nbefore: {before}\nafter: {}", document["Statement"]));
            }
        }
        None
    }
}

/// Leaves out resources that another one with a star at its end contains: `flow/F/alias/*` takes in
/// `flow/F/alias/*/execution/*`, so a fault in the latter changes nothing.
fn leave_out_covered(statement: &mut Value) {
    let Some(resources) = values(statement.as_object_mut().expect("an object"), "Resource") else { return };
    let all = resources.clone();
    resources.retain(|one| !all.iter().any(|other| other != one && contains(other, one)));
}

/// Whether a resource is another one, or has nothing but a star behind the other's beginning.
fn contains(whole: &Value, part: &Value) -> bool {
    let start = text(whole).strip_suffix('*').filter(|start| !start.contains('*'));
    whole == part || start.is_some_and(|start| text(part).starts_with(start))
}

/// Whether a statement allows nothing that the other does not: merging them changes nothing.
fn is_inside(part: &Value, whole: &Value) -> bool {
    let list = |one: &Value, element: &str| match &one[element] {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    let (actions, resources) = (list(whole, "Action"), list(whole, "Resource"));
    part.get("Condition") == whole.get("Condition")
        && list(part, "Action").iter().all(|action| actions.contains(action))
        && list(part, "Resource").iter().all(|one| resources.iter().any(|other| contains(other, one)))
}

/// Tries the statements in random order until one takes the fault.
fn each(
    list: &mut [Value],
    random: &mut Random,
    mut seed: impl FnMut(&mut Statement, &mut Random) -> Option<String>,
) -> Option<String> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    random.shuffle(&mut order);
    order.into_iter().find_map(|at| seed(list[at].as_object_mut().expect("an object"), random))
}

/// An element's values, as a list that can be changed.
fn values<'a>(statement: &'a mut Statement, element: &str) -> Option<&'a mut Vec<Value>> {
    let value = statement.get_mut(element)?;
    if !value.is_array() {
        *value = json!([value.take()]);
    }
    value.as_array_mut()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// A star in place of one field of an ARN, or behind it.
fn star(statement: &mut Statement, random: &mut Random) -> Option<String> {
    let resources = values(statement, "Resource")?;
    let at = random.below(resources.len());
    let old = text(&resources[at]).to_owned();
    if old.contains('*') {
        return None;
    }
    let mut fields: Vec<String> = old.splitn(6, ':').map(str::to_owned).collect();
    let last = fields.len() - 1;
    match random.below(5) {
        0 => fields = vec!["*".to_owned()],
        1 => fields[last].push('*'),
        2 if !fields[3].is_empty() => "*".clone_into(&mut fields[3]),
        3 if !fields[4].is_empty() => "*".clone_into(&mut fields[4]),
        _ => {
            let keep = fields[last].rfind(['/', ':']).map_or(0, |at| at + 1);
            fields[last].truncate(keep);
            fields[last].push('*');
        }
    }
    resources[at] = json!(fields.join(":"));
    Some(format!("{old} became {}", text(&resources[at])))
}

fn drop_condition(statement: &mut Statement, random: &mut Random) -> Option<String> {
    let block = statement.get_mut("Condition")?.as_object_mut()?;
    let operators: Vec<String> = block.keys().cloned().collect();
    let operator = random.pick(&operators).clone();
    let keys: Vec<String> = block[&operator].as_object()?.keys().cloned().collect();
    let key = random.pick(&keys).clone();
    block[&operator].as_object_mut()?.shift_remove(&key);
    if keys.len() == 1 {
        block.shift_remove(&operator);
    }
    if block.is_empty() {
        statement.shift_remove("Condition");
    }
    Some(format!("dropped {operator} {key}"))
}

/// Another account in one of the places where the account stands.
fn account(statement: &mut Statement, case: &Case, random: &mut Random) -> Option<String> {
    let mut places = 0;
    let mut whole = Value::Object(statement.clone());
    walk(&mut whole, &mut |text| places += usize::from(text.contains(&case.place.account)));
    if places == 0 {
        return None;
    }
    let (wanted, mut at) = (random.below(places), 0);
    let other = random::other("account", &case.place.account, random, &case.place);
    let mut done = None;
    walk(&mut whole, &mut |text| {
        if text.contains(&case.place.account) {
            if at == wanted {
                *text = text.replace(&case.place.account, &other);
                done = Some(format!("account changed: {text}"));
            }
            at += 1;
        }
    });
    statement.clone_from(whole.as_object().expect("an object"));
    done
}

fn walk(value: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(list) => list.iter_mut().for_each(|one| walk(one, visit)),
        Value::Object(map) => map.iter_mut().for_each(|(_, one)| walk(one, visit)),
        _ => {}
    }
}

/// One foundation model behind a profile is forgotten.
fn drop_leg(list: &mut Vec<Value>, random: &mut Random) -> Option<String> {
    let behind = |one: &Value| one["Condition"].to_string().contains("bedrock:InferenceProfileArn");
    let legs: Vec<usize> = (0..list.len()).filter(|at| behind(&list[*at])).collect();
    if legs.is_empty() {
        return None;
    }
    let at = *random.pick(&legs);
    let resources = values(list[at].as_object_mut()?, "Resource")?;
    let leg = random.below(resources.len());
    let dropped = resources.remove(leg).to_string();
    if resources.is_empty() {
        list.remove(at);
        // A document without statements would be none at all.
        if list.is_empty() {
            list.push(json!({ "Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*" }));
        }
    }
    Some(format!("dropped the leg {dropped}"))
}

/// An IAM action of the same service that the document's rows do not have.
fn action(
    statement: &mut Statement,
    case: &Case,
    universe: &Universe,
    random: &mut Random,
) -> Option<String> {
    let actions = values(statement, "Action")?;
    let service = text(&actions[0]).split(':').next()?.to_owned();
    let strange: Vec<&String> = universe
        .actions
        .iter()
        .filter(|(of, name)| *of == service && !case.calls.iter().any(|call| call.action == *name))
        .map(|(_, name)| name)
        .collect();
    let added = (*random.pick(&strange)).clone();
    actions.push(json!(added));
    Some(format!("added {added}"))
}

/// Two statements become one with the actions and the resources of both.
fn merge(list: &mut Vec<Value>, random: &mut Random) -> Option<String> {
    let mut pairs = Vec::new();
    for first in 0..list.len() {
        for second in 0..list.len() {
            let (one, two) = (&list[first], &list[second]);
            let differ = |element: &str| one[element] != two[element];
            let mergeable = one.get("Resource").is_some() && one.get("Principal") == two.get("Principal");
            let changes =
                || differ("Action") && differ("Resource") && !is_inside(one, two) && !is_inside(two, one);
            if first != second && mergeable && changes() {
                pairs.push((first, second));
            }
        }
    }
    if pairs.is_empty() {
        return None;
    }
    let (first, second) = *random.pick(&pairs);
    let mut other = list[second].as_object()?.clone();
    for element in ["Action", "Resource"] {
        let more = values(&mut other, element)?.clone();
        let mine = values(list[first].as_object_mut()?, element)?;
        for value in more {
            if !mine.contains(&value) {
                mine.push(value);
            }
        }
    }
    list.remove(second);
    Some(format!("merged statements {first} and {second}"))
}
