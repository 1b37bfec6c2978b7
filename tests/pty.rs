//! The real program in a real terminal: built by keys alone, left in every way, and the terminal is as
//! it was. Where no pseudo-terminal can be had, these tests say so and are skipped.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rustix::process::Signal;

#[path = "support/program.rs"]
mod program;
#[path = "support/pty.rs"]
mod pty;

use pty::{Ended, Pty, Start};

/// A row of the checklist, and the keys that fill it in once it is open.
const NODES: &[(&str, &[&str], &str)] = &[
    (
        "Prompt",
        &[
            "us.amazon.nova-lite-v1:0",
            "Tab",
            "us-east-1",
            "Ctrl-j",
            "us-east-2",
            "Ctrl-j",
            "us-west-2",
            "Enter",
        ],
        "us.amazon.nova-lite-v1:0",
    ),
    ("Knowledge base", &["KB12345678", "Enter"], "KB12345678"),
    ("Agent", &["AGENT12345/ALIAS12345", "Enter"], "AGENT12345/ALIAS12345"),
    ("Lambda function", &["look-up-order", "Enter"], "look-up-order"),
    ("Lex", &["BOT1234567/ALIAS12345", "Enter"], "BOT1234567/ALIAS12345"),
    ("S3 retrieval", &["incoming-bucket", "Enter"], "incoming-bucket"),
    ("S3 storage", &["results-bucket", "Enter"], "results-bucket"),
];

/// The same values for `build`.
const VALUES: &[&str] = &[
    "flow.id=FLOW123456",
    "flow-node/prompt.model=us.amazon.nova-lite-v1:0",
    "flow-node/prompt.regions=us-east-1,us-east-2,us-west-2",
    "flow-node/knowledge-base.knowledge-base=KB12345678",
    "flow-node/agent.agent-alias=AGENT12345/ALIAS12345",
    "flow-node/lambda-function.function=look-up-order",
    "flow-node/lex.bot-alias=BOT1234567/ALIAS12345",
    "flow-node/s3-retrieval.bucket=incoming-bucket",
    "flow-node/s3-storage.bucket=results-bucket",
];

fn start_with(size: (u16, u16), arguments: &[&str], environment: &[(&str, &str)]) -> Option<Pty> {
    let program = Path::new(env!("CARGO_BIN_EXE_bedrock-policy"));
    Pty::start(&Start { program, size, arguments, environment })
}

/// The program with its first frame on the screen.
fn start(size: (u16, u16)) -> Option<Pty> {
    let mut pty = start_with(size, &[], &[])?;
    pty.wait_for("q quit");
    Some(pty)
}

fn fine(code: u32) -> (Option<u32>, Vec<&'static str>) {
    (Some(code), Vec::new())
}

fn how(ended: &Ended) -> (Option<u32>, Vec<&'static str>) {
    (ended.code, ended.left.clone())
}

/// The files of a folder with their texts.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The checklist's row under the caret: its words.
fn caret(pty: &Pty) -> Option<String> {
    let screen = pty.screen();
    let row = screen.lines().find_map(|line| line.strip_prefix("┃>"))?;
    let row = row.split('┃').next()?.trim();
    Some(["[ ] ", "[x] ", "[-] "].iter().find_map(|mark| row.strip_prefix(mark)).unwrap_or(row).to_owned())
}

/// Puts the checklist's caret on a row, as a person does: down until it is there.
fn find(pty: &mut Pty, row: &str) {
    pty.press(&["1", "g"]);
    pty.wait_until("the first row", |pty| caret(pty).is_some_and(|row| row.contains("Where and who")));
    while let Some(before) = caret(pty).filter(|words| !words.starts_with(row)) {
        pty.press(&["Down"]);
        pty.wait_until(&format!("{row} is not below {before}"), |pty| caret(pty).as_ref() != Some(&before));
    }
}

/// The seven nodes, the flow, the Region and the account, by keys.
fn build_by_keys(pty: &mut Pty) {
    pty.press(&["s", "us-east-1", "Enter", "s", "123456789012", "Enter"]);
    pty.wait_for("us-east-1, 123456789012");
    for (row, keys, note) in NODES {
        find(pty, row);
        pty.press(&["Enter"]);
        pty.press(keys);
        find(pty, row);
        pty.wait_until(&format!("{row} is not filled in"), |pty| {
            let screen = pty.screen();
            let line = screen.lines().find(|line| line.contains(&format!("[x] {row}")));
            line.is_some_and(|line| line.contains(note))
        });
    }
    find(pty, "The flow");
    pty.press(&["2", "Enter", "FLOW123456", "Enter"]);
    pty.wait_for("7 ticks | 0 missing | 0 errors | 0 warnings");
}

#[test]
fn the_role_of_seven_nodes_is_built_and_exported_by_keys_alone() {
    let Some(mut pty) = start((120, 40)) else { return };
    let work = pty.folder().join("work");
    build_by_keys(&mut pty);
    pty.press(&["o"]);
    pty.wait_for("[ write 3 files ]");
    pty.press(&["g", "Enter", "Ctrl-u", "out", "Enter"]);
    pty.wait_until("the files are not new", |pty| pty.screen().matches(" new ").count() >= 3);
    pty.press(&["G", "Enter"]);
    pty.wait_for("wrote into `out`: 3 new");
    pty.press(&["Ctrl-s"]);
    pty.wait_for("Save the blueprint");
    pty.press(&["Enter"]);
    pty.wait_for("saved `bedrock-blueprint.json`");

    let built = work.join("built");
    let save = work.join("built.json");
    let mut arguments = program::sets(VALUES);
    arguments.extend(["--out", program::text(&built), "--save", program::text(&save)]);
    program::build(&arguments).with(0);
    assert_eq!(files(&work.join("out")), files(&built));
    assert_eq!(
        files(&built).keys().collect::<Vec<_>>(),
        ["README.md", "flow-role-trust.json", "flow-role.json"]
    );
    let saved = work.join("bedrock-blueprint.json");
    let again = work.join("again");
    program::run(["build", program::text(&saved), "--out", program::text(&again)]).with(0);
    assert_eq!(files(&again), files(&built));

    pty.press(&["q"]);
    let ended = pty.end();
    assert_eq!(how(&ended), fine(0));
    assert_eq!(ended.screen.trim(), "", "something is left on the screen");
}

/// Base64, read back.
fn from_base64(text: &str) -> String {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            other => panic!("{other} is no base64"),
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn a_copy_goes_to_the_terminal_whole() {
    let Some(mut pty) = start((120, 40)) else { return };
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/example.json");
    pty.press(&["E"]);
    pty.wait_for("[flow-role]");
    pty.press(&["y"]);
    pty.wait_for("sent flow-role to the terminal (OSC 52)");
    let expected = program::run(["build", example, "--document", "flow-role"]).with(0).out;
    assert_eq!(pty.asked().copied.iter().map(|text| from_base64(text)).collect::<Vec<_>>(), [expected]);
    pty.press(&["Y"]);
    pty.wait_until("the command is not copied", |pty| pty.asked().copied.len() == 2);
    assert!(from_base64(&pty.asked().copied[1]).contains("aws iam "));
}

#[test]
fn point_27_a_signal_ends_it_from_every_state_and_the_terminal_is_as_it_was() {
    let signals = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, code) in signals {
        for (keys, shown) in [
            (&[][..], "No document yet"),
            (&["s", "eu"], "eu-west-1"),
            (&["E", "o"], "[ write 3 files ]"),
            (&["E", "q"], "quit without saving"),
            (&["?"], "in the checklist"),
        ] {
            let Some(mut pty) = start((120, 40)) else { return };
            pty.press(keys);
            pty.wait_for(shown);
            pty.signal(signal);
            assert_eq!(how(&pty.end()), fine(code), "{signal:?} after {keys:?}");
        }
    }
}

#[test]
fn a_resize_draws_anew() {
    let Some(mut pty) = start((120, 40)) else { return };
    pty.press(&["E"]);
    pty.wait_for("7 ticks");
    for (size, shown) in [
        ((80, 24), ">1 Checklist"),
        ((20, 5), "needs 40x12"),
        ((60, 20), ">1 Checklist"),
        ((200, 60), "4 Findings: "),
        ((120, 40), "3 Preview"),
    ] {
        pty.resize(size.0, size.1);
        pty.wait_for(shown);
        pty.settle();
        let (rows, columns) = pty.vt().size();
        assert_eq!((columns.get(), rows.get()), size);
        let screen = pty.screen();
        if size.0 >= 40 {
            let lines: Vec<&str> = screen.lines().collect();
            assert!(lines[0].contains("7 ticks"), "{screen}");
            assert!(lines[usize::from(size.1) - 1].contains("q quit"), "{screen}");
        }
    }
    pty.press(&["u", "q"]);
    assert_eq!(how(&pty.end()), fine(0));
}

#[test]
fn a_resize_in_the_moment_of_a_key_is_not_lost() {
    let Some(mut pty) = start((120, 40)) else { return };
    for round in 0..50 {
        let (size, shown) =
            if round % 2 == 0 { ((80, 24), ">1 Checklist") } else { ((120, 40), "3 Preview") };
        pty.press(&["j"]);
        pty.resize(size.0, size.1);
        pty.press(&["k"]);
        pty.wait_for(shown);
    }
    pty.press(&["q"]);
    assert_eq!(how(&pty.end()), fine(0));
}

#[test]
fn thousands_of_keys_at_once_all_arrive() {
    let Some(mut pty) = start((120, 40)) else { return };
    pty.press(&["s"]);
    pty.wait_for("Region:");
    let typed = "abcdefghi ".repeat(1000);
    pty.text(&typed);
    pty.text("the end");
    pty.wait_for("abcdefghi the end");
    pty.press(&["Esc"]);
    pty.wait_for_no("the end");
    pty.press(&["q"]);
    assert_eq!(how(&pty.end()), fine(0));
}

#[test]
fn point_23_ctrl_c_asks_once_and_leaves_at_once_when_nothing_is_lost() {
    let Some(mut pty) = start((80, 24)) else { return };
    pty.press(&["Ctrl-c"]);
    assert_eq!(how(&pty.end()), fine(0));

    let Some(mut pty) = start((80, 24)) else { return };
    pty.press(&["Space", "Ctrl-c"]);
    pty.wait_for("changes that are not saved");
    pty.press(&["Esc"]);
    pty.wait_for_no("changes that are not saved");
    pty.press(&["Ctrl-c"]);
    pty.wait_for("changes that are not saved");
    pty.press(&["Ctrl-c"]);
    assert_eq!(how(&pty.end()), fine(0));

    let Some(mut pty) = start((80, 24)) else { return };
    pty.press(&["Space", "Enter", "half a val", "Ctrl-c"]);
    pty.wait_for("changes that are not saved");
    pty.press(&["Ctrl-c"]);
    assert_eq!(how(&pty.end()), fine(0), "from within a field");
}

/// The parts of every sequence that chooses colours and looks.
fn looks(written: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(written).into_owned();
    let mut out = Vec::new();
    for part in text.split("\x1b[").skip(1) {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':');
        if let Some((numbers, last)) = end.map(|end| part.split_at(end))
            && last.starts_with('m')
        {
            out.extend(numbers.split([';', ':']).map(|number| number.parse::<u16>().unwrap_or(0)));
        }
    }
    out
}

/// The numbers that choose a colour; 39, 49 and 59 go back to the terminal's own.
fn is_colour(number: u16) -> bool {
    matches!(number, 30..=38 | 40..=48 | 58 | 90..=107)
}

#[test]
fn without_colours_none_is_sent() {
    type Way<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)]);
    let ways: [Way<'_>; 3] = [(&[], &[("NO_COLOR", "1")]), (&["--theme", "mono"], &[]), (&[], &[])];
    for (at, (arguments, environment)) in ways.into_iter().enumerate() {
        let Some(mut pty) = start_with((120, 40), arguments, environment) else { return };
        pty.wait_for("q quit");
        pty.press(&["E", "4", "3", "]", "?"]);
        pty.wait_for("in the preview");
        pty.settle();
        let sent = looks(&pty.written);
        assert!(sent.contains(&1) && sent.contains(&7), "nothing is bold or reversed: {sent:?}");
        let has_colours = sent.iter().any(|number| is_colour(*number));
        assert_eq!(has_colours, at == 2, "{arguments:?} {environment:?}: {sent:?}");
    }
}

#[test]
fn the_smallest_terminal_grows_into_a_useful_one() {
    let Some(mut pty) = start_with((1, 1), &[], &[]) else { return };
    pty.wait_until("no first frame", |pty| pty.vt().alternate_screen());
    for size in [(2, 1), (1, 24), (3, 3), (39, 12), (40, 11)] {
        pty.resize(size.0, size.1);
        pty.press(&["j", "Tab", "?"]);
        pty.settle();
        pty.press(&["Esc"]);
        pty.settle();
    }
    pty.resize(80, 24);
    pty.wait_for("Space tick");
    pty.press(&["1", "/", "Prompt", "Enter", "Space"]);
    pty.wait_for("1 tick");
    pty.press(&["u", "q"]);
    assert_eq!(how(&pty.end()), fine(0));
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_draws_anew() {
    let Some(mut pty) = start((80, 24)) else { return };
    for _ in 0..2 {
        pty.press(&["Ctrl-z"]);
        pty.wait_until("the terminal is not given back", |pty| {
            !pty.vt().alternate_screen() && !pty.vt().hide_cursor() && !pty.vt().bracketed_paste()
        });
        pty.wait_until_stopped();
        assert!(pty.line_is_as_before());
        pty.signal(Signal::CONT);
        pty.wait_until("nothing is drawn", |pty| {
            pty.vt().alternate_screen() && pty.screen().contains("q quit")
        });
    }
    pty.press(&["q"]);
    assert_eq!(how(&pty.end()), fine(0));
}
