//! The blueprint's file: JSON with a version, read strictly and written back whole.
//!
//! What this program does not know is kept and written again. A file of a newer version is refused.
//! Faults say where they are; a file with faults is not used at all, so that nothing is lost by
//! saving a part of it.

use super::{Blueprint, Entry, Instance, Scope, Tick, Values, profile_facts, string, texts_node};
use crate::policy::parse::{self, Fault};
use crate::policy::print;
use crate::policy::tree::{Member, Node, Place, Span, Value};

/// The version this program writes, and the newest it reads.
pub const VERSION: u32 = 1;

/// Why a blueprint's text is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// Code of the message: `blueprint-syntax`, `blueprint-shape` or `blueprint-newer`.
    pub code: &'static str,
    /// What is wrong, in words.
    pub what: String,
    /// Line and column from 1.
    pub at: (usize, usize),
}

/// Reads a blueprint's text.
pub fn read(text: &str) -> Result<Blueprint, Vec<FileFault>> {
    let parsed = parse::parse(text);
    let root = match parsed.root {
        Some(root) if parsed.faults.is_empty() => root,
        _ => return Err(parsed.faults.iter().map(|fault| syntax(text, fault)).collect()),
    };
    let mut reader = Reader { text, faults: Vec::new() };
    let blueprint = reader.blueprint(&root);
    if reader.faults.is_empty() { Ok(blueprint) } else { Err(reader.faults) }
}

/// A fault of JSON as a fault of the file.
fn syntax(text: &str, fault: &Fault) -> FileFault {
    FileFault {
        code: "blueprint-syntax",
        what: fault.kind.words(),
        at: parse::line_and_column(text, fault.span.start),
    }
}

struct Reader<'a> {
    text: &'a str,
    faults: Vec<FileFault>,
}

impl Reader<'_> {
    fn fault(&mut self, code: &'static str, node: &Node, what: String) {
        let span = match node.place {
            Place::Source(span) => span,
            _ => Span::default(),
        };
        self.faults.push(FileFault { code, what, at: parse::line_and_column(self.text, span.start) });
    }

    fn wanted(&mut self, node: &Node, field: &str, wanted: &str) {
        let found = node.type_name();
        self.fault("blueprint-shape", node, format!("`{field}` is {found}, not {wanted}"));
    }

    fn blueprint(&mut self, root: &Node) -> Blueprint {
        let mut blueprint = Blueprint::default();
        if !matches!(root.value, Value::Object(_)) {
            self.wanted(root, "the blueprint", "an object");
            return blueprint;
        }
        match root.get("version") {
            None => self.fault("blueprint-shape", root, "`version` is missing".into()),
            Some(node) => self.version(node),
        }
        if !self.faults.is_empty() {
            return blueprint;
        }
        for member in root.members() {
            let value = &member.value;
            match member.key.as_ref() {
                "version" => {}
                "scope" => blueprint.scope = self.scope(value),
                "subjects" => {
                    self.object(value, "subjects");
                    for subject in value.members() {
                        let values = self.values(&subject.value, "subjects");
                        blueprint.subjects.push((subject.key.clone().into_owned(), values));
                    }
                }
                "ticks" => {
                    let ticks = self.list(value, "ticks").iter().map(|node| self.tick(node)).collect();
                    blueprint.ticks = ticks;
                }
                "profiles" => blueprint.profiles = self.profiles(value),
                _ => blueprint.extra.push(member.clone()),
            }
        }
        blueprint
    }

    fn version(&mut self, node: &Node) {
        match &node.value {
            Value::Number(number) => match number.parse::<f64>() {
                Ok(version) if (version - f64::from(VERSION)).abs() < f64::EPSILON => {}
                Ok(newer) if newer > f64::from(VERSION) => {
                    let what = format!(
                        "version {number} is newer than the version {VERSION} that this program reads"
                    );
                    self.fault("blueprint-newer", node, what);
                }
                _ => self.fault("blueprint-shape", node, format!("`version` is {number}, not {VERSION}")),
            },
            _ => self.wanted(node, "version", "a number"),
        }
    }

    fn object(&mut self, node: &Node, field: &str) {
        if !matches!(node.value, Value::Object(_)) {
            self.wanted(node, field, "an object");
        }
    }

    fn list<'n>(&mut self, node: &'n Node, field: &str) -> &'n [Node] {
        if !matches!(node.value, Value::Array(_)) {
            self.wanted(node, field, "a list");
        }
        node.items()
    }

    fn text(&mut self, node: &Node, field: &str) -> Option<String> {
        let text = node.as_str().map(str::to_owned);
        if text.is_none() {
            self.wanted(node, field, "a string");
        }
        text
    }

    fn scope(&mut self, node: &Node) -> Scope {
        let mut scope = Scope::default();
        self.object(node, "scope");
        for member in node.members() {
            let slot = match member.key.as_ref() {
                "partition" => &mut scope.partition,
                "region" => &mut scope.region,
                "account" => &mut scope.account,
                _ => {
                    scope.extra.push(member.clone());
                    continue;
                }
            };
            *slot = self.text(&member.value, &member.key).filter(|text| !text.is_empty());
        }
        scope
    }

    fn tick(&mut self, node: &Node) -> Tick {
        let mut tick = Tick::default();
        self.object(node, "ticks");
        for member in node.members() {
            match member.key.as_ref() {
                "capability" => tick.capability = self.text(&member.value, "capability").unwrap_or_default(),
                "instances" => {
                    let nodes = self.list(&member.value, "instances");
                    tick.instances = nodes.iter().map(|node| self.instance(node)).collect();
                }
                _ => tick.extra.push(member.clone()),
            }
        }
        if node.get("capability").is_none() {
            self.fault("blueprint-shape", node, "a tick has no `capability`".into());
        }
        name_instances(&mut tick);
        tick
    }

    fn instance(&mut self, node: &Node) -> Instance {
        let mut instance = Instance::default();
        self.object(node, "instances");
        for member in node.members() {
            match member.key.as_ref() {
                "name" => instance.name = self.text(&member.value, "name").unwrap_or_default(),
                "values" => instance.values = self.values(&member.value, "values"),
                _ => instance.extra.push(member.clone()),
            }
        }
        instance
    }

    fn values(&mut self, node: &Node, field: &str) -> Values {
        let mut values = Values::default();
        self.object(node, field);
        for member in node.members() {
            let entry = match &member.value.value {
                Value::Text(text) => Entry::Texts(vec![text.as_str().to_owned()]),
                Value::Array(items) if items.iter().all(|item| item.as_str().is_some()) => {
                    Entry::Texts(items.iter().filter_map(Node::as_str).map(str::to_owned).collect())
                }
                _ => Entry::Other(member.value.clone()),
            };
            values.set(&member.key, entry);
        }
        values
    }

    fn profiles(&mut self, node: &Node) -> Vec<Node> {
        let nodes = self.list(node, "profiles").to_vec();
        for node in &nodes {
            if profile_facts(node).is_none() {
                let what = "an entry of `profiles` is no GetInferenceProfile response".into();
                self.fault("blueprint-shape", node, what);
            }
        }
        nodes
    }
}

/// Gives every instance a name and the tick at least one instance. Names that are there stay.
pub(super) fn name_instances(tick: &mut Tick) {
    if tick.instances.is_empty() {
        tick.instances.push(Instance::default());
    }
    let base = tick.capability.rsplit('/').next().unwrap_or_default().to_owned();
    for index in 0..tick.instances.len() {
        if tick.instances.get(index).is_some_and(|instance| !instance.name.is_empty()) {
            continue;
        }
        let mut number = index + 1;
        let mut name = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        while tick.instances.iter().any(|instance| instance.name == name) {
            number += 1;
            name = format!("{base}-{number}");
        }
        if let Some(instance) = tick.instances.get_mut(index) {
            instance.name = name;
        }
    }
}

/// The blueprint as the text of its file.
#[must_use]
pub fn write(blueprint: &Blueprint) -> String {
    let mut members =
        vec![Member::new("version", Node::new(Value::Number(VERSION.to_string()), Place::Nowhere))];
    let mut scope: Vec<Member> = [
        ("partition", &blueprint.scope.partition),
        ("region", &blueprint.scope.region),
        ("account", &blueprint.scope.account),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(Member::new(name, string(value.as_ref()?))))
    .collect();
    scope.extend(blueprint.scope.extra.iter().cloned());
    members.push(Member::new("scope", Node::object(scope)));
    let subjects = blueprint.subjects.iter().map(|(id, values)| Member::new(id.clone(), values_node(values)));
    members.push(Member::new("subjects", Node::object(subjects.collect())));
    let ticks = blueprint.ticks.iter().map(tick_node).collect();
    members.push(Member::new("ticks", Node::array(ticks)));
    if !blueprint.profiles.is_empty() {
        members.push(Member::new("profiles", Node::array(blueprint.profiles.clone())));
    }
    members.extend(blueprint.extra.iter().cloned());
    print::pretty(&Node::object(members))
}

fn tick_node(tick: &Tick) -> Node {
    let instances = tick.instances.iter().map(|instance| {
        let mut members = vec![
            Member::new("name", string(&instance.name)),
            Member::new("values", values_node(&instance.values)),
        ];
        members.extend(instance.extra.iter().cloned());
        Node::object(members)
    });
    let mut members = vec![
        Member::new("capability", string(&tick.capability)),
        Member::new("instances", Node::array(instances.collect())),
    ];
    members.extend(tick.extra.iter().cloned());
    Node::object(members)
}

fn values_node(values: &Values) -> Node {
    let members = values.entries().map(|(name, entry)| {
        let node = match entry {
            Entry::Texts(texts) => texts_node(texts),
            Entry::Other(node) => node.clone(),
        };
        Member::new(name.to_owned(), node)
    });
    Node::object(members.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = r#"{
      "version": 1, "colour": "kept",
      "scope": {"region": "us-east-1", "account": "012345678901", "note": 1.50},
      "subjects": {"flow": {"id": "FLOW123456"}},
      "ticks": [
        {"capability": "flow-node/lex", "instances": [{"name": "ask", "values": {"bot-alias": "A/B", "odd": {"x": null}}, "z": []}]},
        {"capability": "mine/unknown"}
      ]}"#;

    #[test]
    fn unknown_parts_survive_and_writing_is_a_fixed_point() {
        let blueprint = read(FULL).unwrap();
        let text = write(&blueprint);
        for kept in [
            "\"colour\": \"kept\"",
            "\"note\": 1.50",
            "\"z\": []",
            "mine/unknown",
            "\"odd\": {",
            "012345678901",
        ] {
            assert!(text.contains(kept), "{kept} is lost in {text}");
        }
        assert_eq!(write(&read(&text).unwrap()), text);
        assert_eq!(blueprint.ticks[1].instances[0].name, "unknown");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_nothing_is_used() {
        let code =
            |text: &str| read(text).unwrap_err().into_iter().map(|f| (f.code, f.at)).collect::<Vec<_>>();
        assert_eq!(code("{\"version\": 2, \"ticks\": 7}"), [("blueprint-newer", (1, 13))]);
        assert_eq!(code("{}"), [("blueprint-shape", (1, 1))]);
        assert_eq!(code("{\"version\": 1,\n \"ticks\": {}}"), [("blueprint-shape", (2, 11))]);
        assert_eq!(code("{\"version\": 1,\n \"version\": 1}"), [("blueprint-syntax", (2, 2))]);
        assert_eq!(code("{\"version\": 1, \"profiles\": [{}]}"), [("blueprint-shape", (1, 29))]);
    }
}
