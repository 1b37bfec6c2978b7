//! Every place of the screen where text from outside is shown, filled with a text.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::cell::RefCell;
use std::path::PathBuf;

use bedrock_policy::app::role::Role;
use bedrock_policy::app::rows::Row;
use bedrock_policy::app::{Effect, FileState, Filed, Model, Msg, NotSaved, Overlay, Purpose};
use bedrock_policy::blueprint::file;
use bedrock_policy::import::names::names;
use serde_json::{Value, json};

use crate::screen::{Screen, drive};

/// One place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// What it is.
    pub(crate) name: &'static str,
    /// True for values and identifiers, in which a letter must be what it looks like.
    pub(crate) exact: bool,
    /// True when text that is not hidden but blank or a line's end may be left out there.
    pub(crate) trims: bool,
    /// The screen with a text there.
    pub(crate) make: fn((u16, u16), &str) -> Screen,
}

const fn value(name: &'static str, make: fn((u16, u16), &str) -> Screen) -> Place {
    Place { name, exact: true, trims: false, make }
}

const fn words(name: &'static str, make: fn((u16, u16), &str) -> Screen) -> Place {
    Place { name, exact: false, trims: false, make }
}

/// Those in what is built: values, names, documents, findings.
pub(crate) const BUILT: &[Place] = &[
    value("the Region", |size, text| on(size, &json!({"scope": {"region": text}}), Row::Scope)),
    value("the account", |size, text| on(size, &json!({"scope": {"account": text}}), Row::Scope)),
    value("a subject's value", |size, text| subject(size, text, &["2"])),
    value("a field that is open", |size, text| subject(size, text, &["2", "Enter"])),
    value("a value of a use", |size, text| prompt(size, text, "prompt", &[])),
    value("a value in a document", |size, text| prompt(size, text, "prompt", &["3"])),
    value("a line that is explained", explained),
    value("a value in the runbook", runbook),
    value("the tab of a bucket's own document", |size, text| bucket(size, text, &["3", "g"])),
    value("the files of a bucket's own document", |size, text| bucket(size, text, &["o"])),
    value("a finding", |size, text| prompt(size, text, "prompt", &["4"])),
    value("an unknown capability", |size, text| {
        on(size, &json!({"ticks": [{"capability": text}]}), Row::Capability(text.to_owned()))
    }),
    value("an unknown parameter", |size, text| {
        let values = json!({"values": {text: "x", "model": "amazon.nova-lite-v1:0"}, "name": "n"});
        let mut screen = on(
            size,
            &json!({"scope": {"region": "us-east-1", "account": "123456789012"},
                "ticks": [{"capability": "flow-node/prompt", "instances": [values]}]}),
            Row::Scope,
        );
        screen.press(&["4"]);
        screen
    }),
    value("an unknown subject", |size, text| on(size, &json!({"subjects": {text: {"id": "x"}}}), Row::Scope)),
    words("the name of a use", |size, text| prompt(size, "amazon.nova-lite-v1:0", text, &[])),
    words("the name of a use, open", |size, text| {
        let mut screen = prompt(size, "amazon.nova-lite-v1:0", text, &["2", "G", "Enter"]);
        screen.press(&["Home"]);
        screen
    }),
];

/// Those in windows, titles and the line about what happened.
pub(crate) const AROUND: &[Place] = &[
    words("the title", |size, text| {
        let mut screen = example(size);
        screen.model.filed = Filed { path: Some(PathBuf::from(text)), ..Filed::default() };
        screen
    }),
    words("what happened", |size, text| {
        let mut screen = example(size);
        screen.send(Msg::Saved(PathBuf::from(text), Ok(())));
        screen
    }),
    words("what could not be saved", |size, text| {
        let mut screen = example(size);
        screen.send(Msg::Saved("x".into(), Err(NotSaved::Failed(format!("`{text}` is a folder")))));
        screen
    }),
    words("what was undone", |size, text| {
        let mut screen = drive(size, &[]);
        let blueprint = r#"{"version": 1, "scope": {"region": "us-east-1"}}"#.to_owned();
        screen.send(Msg::Read(Purpose::Open, PathBuf::from(text), Ok(blueprint)));
        screen.press(&["u"]);
        screen
    }),
    words("a question", |size, text| {
        let mut screen = example(size);
        screen.send(Msg::Saved(PathBuf::from(text), Err(NotSaved::Differs)));
        screen
    }),
    words("a path to save at", |size, text| {
        let mut screen = example(size);
        screen.model.filed = Filed { path: Some(PathBuf::from(text)), ..Filed::default() };
        screen.press(&["W", "Home"]);
        screen
    }),
    words("files open lately", |size, text| {
        let mut screen = drive(size, &[]);
        screen.model.world.recent = vec![PathBuf::from(text)];
        screen.press(&["O", "Down"]);
        screen
    }),
    words("why a file is not read", |size, text| {
        let mut screen = drive(size, &["O"]);
        screen.send(Msg::Read(Purpose::Open, "x".into(), Err(format!("`{text}` is no file; give one"))));
        screen
    }),
    words("the file that is broken", |size, text| {
        let mut screen = drive(size, &["O"]);
        screen.send(Msg::Read(Purpose::Open, PathBuf::from(text), Ok("{".to_owned())));
        screen
    }),
    value("a key that stands twice", |size, text| {
        let key = Value::from(text).to_string();
        let mut screen = drive(size, &["O"]);
        screen.send(Msg::Read(Purpose::Open, "x".into(), Ok(format!("{{{key}: 1, {key}: 2}}"))));
        screen
    }),
    words("the folder to export into", |size, text| {
        let mut screen = example(size);
        screen.model.world.export_folder = PathBuf::from(text);
        screen.press(&["o", "g", "Enter", "Home"]);
        screen
    }),
    words("what was exported", |size, text| {
        let mut screen = example(size);
        screen.model.world.export_folder = PathBuf::from(text);
        screen.press(&["o"]);
        screen.send(Msg::Wrote(Ok(vec![FileState::New])));
        screen
    }),
    words("why a file is refused", |size, text| {
        let mut screen = example(size);
        screen.press(&["o"]);
        screen.send(Msg::Looked(Ok(vec![FileState::Refused(text.to_owned())])));
        screen
    }),
    words("why the export failed", |size, text| {
        let mut screen = example(size);
        screen.press(&["o"]);
        screen.send(Msg::Wrote(Err(format!("`{text}` is full"))));
        screen
    }),
    value("the name of a file to export", |size, text| {
        let mut screen = example(size);
        screen.press(&["o"]);
        if let Some(Overlay::Export(export)) = &mut screen.model.overlay {
            text.clone_into(&mut export.files[0].name);
        }
        screen
    }),
    value("a proposal's value", |size, text| proposal(size, text, "a name")),
    words("a proposal's name", |size, text| proposal(size, "KBSUPPORT1", text)),
    Place { trims: true, ..words("the filter", |size, text| pasted(size, &["/"], text)) },
    Place { trims: true, ..words("the palette", |size, text| pasted(size, &[":"], text)) },
    Place { trims: true, ..words("the help", |size, text| pasted(size, &["?", "/"], text)) },
    Place { trims: true, ..words("a path that is typed", |size, text| pasted(size, &["O"], text)) },
    Place { trims: true, ..value("a value that is pasted", |size, text| pasted(size, &["s"], text)) },
    words("what was copied", |size, text| {
        let mut screen = example(size);
        screen.send(Msg::Copied(text.to_owned(), bedrock_policy::app::Route::Clipboard));
        screen
    }),
    words("a message of any kind", |size, text| {
        let mut screen = example(size);
        screen.model.toast =
            Some(bedrock_policy::app::Toast { role: Role::Warning, text: format!("{text} is refused") });
        screen
    }),
];

/// The example, made once for each size: thousands of screens begin with it.
fn example(size: (u16, u16)) -> Screen {
    thread_local! { static MADE: RefCell<Vec<Model>> = const { RefCell::new(Vec::new()) }; }
    let mut screen = drive(size, &[]);
    screen.model = MADE.with_borrow_mut(|made| {
        let known = made.iter().find(|model| model.size == size).cloned();
        known.unwrap_or_else(|| {
            made.push(drive(size, &["E"]).model);
            made[made.len() - 1].clone()
        })
    });
    screen
}

/// The screen with a blueprint, its caret on a row.
fn on(size: (u16, u16), blueprint: &Value, row: Row) -> Screen {
    let mut whole = blueprint.clone();
    whole["version"] = json!(1);
    let read = file::read(&whole.to_string()).unwrap_or_else(|faults| panic!("{faults:?} in {whole}"));
    let mut screen = drive(size, &["!"]);
    screen.model.checklist.row = row;
    screen.model = screen.model.with_blueprint(read, Filed::default());
    screen
}

fn subject(size: (u16, u16), text: &str, keys: &[&str]) -> Screen {
    let blueprint = json!({"subjects": {"flow": {"id": text}}, "ticks": [{"capability": "flow-node/agent"}]});
    let mut screen = on(size, &blueprint, Row::Subject("flow".to_owned()));
    screen.press(keys);
    screen
}

/// A prompt node with a model, twice, so that its uses have rows.
fn prompt(size: (u16, u16), model: &str, name: &str, keys: &[&str]) -> Screen {
    let id = "flow-node/prompt".to_owned();
    let uses = json!([{"name": "first", "values": {}}, {"name": name, "values": {"model": model}}]);
    let blueprint = json!({"scope": {"region": "us-east-1", "account": "123456789012"},
        "ticks": [{"capability": id, "instances": uses}]});
    let mut screen = on(size, &blueprint, Row::Instance(id, 1));
    screen.press(keys);
    screen
}

/// A bucket of another account, which gets a document of its own.
fn bucket(size: (u16, u16), text: &str, keys: &[&str]) -> Screen {
    let id = "flow-node/s3-storage".to_owned();
    let values = json!({"bucket": text, "owner": "210987654321"});
    let blueprint = json!({"scope": {"region": "us-east-1", "account": "123456789012"},
        "ticks": [{"capability": id, "instances": [{"name": "n", "values": values}]}]});
    let mut screen = on(size, &blueprint, Row::Capability(id));
    let last = screen.model.derived.bundle.documents.last().map(|document| document.name.clone());
    screen.on_tab(&last.unwrap_or_default()).press(keys);
    screen
}

/// The caret on the line of the document that has the value.
fn explained(size: (u16, u16), text: &str) -> Screen {
    let mut screen = prompt(size, text, "prompt", &["3", "g"]);
    screen.on_tab("flow-role");
    let lines = bedrock_policy::app::preview::shown(&screen.model).lines;
    let from = |line: &bedrock_policy::app::preview::Line<'_>| {
        let leaf = line.leaf.is_some_and(|leaf| leaf.as_str().is_some_and(|value| value.contains("ab")));
        leaf && line.part.start == line.whole.start
    };
    let at = lines.iter().position(from).unwrap_or(0);
    drop(lines);
    screen.times(at, "j");
    screen
}

fn runbook(size: (u16, u16), text: &str) -> Screen {
    let blueprint = json!({"subjects": {"flow": {"name": text}, "runner": {"principal": "user/x"}},
        "ticks": [{"capability": "people/run-flows"}, {"capability": "flow-node/input"}]});
    let mut screen = on(size, &blueprint, Row::Subject("flow".to_owned()));
    screen.on_tab("runbook").press(&["3"]);
    screen
}

fn proposal(size: (u16, u16), id: &str, name: &str) -> Screen {
    let listed = json!({"knowledgeBaseSummaries": [{"knowledgeBaseId": id, "name": name}]});
    let mut screen = drive(size, &["!"]);
    screen.model.world.names = names(&listed.to_string()).expect("a list");
    screen.on_row("Knowledge base").press(&["Enter"]);
    screen
}

/// A text that is pasted where some keys lead.
fn pasted(size: (u16, u16), keys: &[&str], text: &str) -> Screen {
    let mut screen = drive(size, &["!"]);
    screen.press(keys);
    screen.send(Msg::Paste(text.to_owned()));
    screen
}

/// True when nothing that the shell was asked for ends the program.
pub(crate) fn lives(screen: &Screen) -> bool {
    !screen.shell.ended && !screen.shell.asked.iter().any(|effect| matches!(effect, Effect::Quit))
}
