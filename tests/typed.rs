//! What a terminal may send: huge pastes, pastes without an end, halves of sequences, floods. No key is
//! lost that the terminal's own language does not make ambiguous, nothing is destroyed by one key, and a
//! signal ends the program all the same.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

#[path = "support/pty.rs"]
mod pty;

use pty::{Pace, Pty, Start};

const SOON: Duration = Duration::from_secs(2);

fn start(size: (u16, u16)) -> Option<Pty> {
    let program = Path::new(env!("CARGO_BIN_EXE_bedrock-policy"));
    let mut pty = Pty::start(&Start { program, size, arguments: &[], environment: &[] })?;
    pty.wait_for("q quit");
    Some(pty)
}

/// Pastes as a terminal does.
fn paste(pty: &mut Pty, text: &str) {
    pty.text(&format!("\x1b[200~{text}\x1b[201~"));
}

#[track_caller]
fn gone_soon(pty: Pty, what: &str) {
    let start = Instant::now();
    let ended = pty.end_by(Signal::TERM);
    assert_eq!((ended.code, &ended.left[..]), (Some(143), &[][..]), "{what}");
    assert!(start.elapsed() < SOON, "{what}: {:?}", start.elapsed());
}

#[test]
fn a_paste_of_ten_megabytes_is_cut_told_and_one_step() {
    for size in [1_000_000, 10_000_000] {
        let Some(mut pty) = start((120, 40)) else { return };
        let text = "x".repeat(size);
        pty.press(&["s"]);
        pty.wait_for("Region:");
        let began = Instant::now();
        paste(&mut pty, &text);
        pty.wait_for("characters were left out: a");
        eprintln!("a paste of {size} bytes into a field: {:?}", began.elapsed());
        pty.press(&["Enter"]);
        pty.wait_for("(modified)");
        pty.press(&["u"]);
        pty.wait_for("undone: ");
        pty.wait_for("(empty)");
        let began = Instant::now();
        paste(&mut pty, &text);
        pty.wait_for("pasted text goes into a field");
        eprintln!("a paste of {size} bytes outside a field: {:?}", began.elapsed());
        for (keys, shown) in [(&["/"][..], "/"), (&[":"], "All actions"), (&["?", "/"], "/")] {
            pty.press(keys);
            pty.wait_for(shown);
            paste(&mut pty, &text);
            pty.wait_for("characters were left out: a filter takes 200");
            for _ in 0..2 {
                pty.press(&["Esc"]);
                pty.silence(Duration::from_millis(30));
            }
        }
        pty.press(&["W", "Ctrl-u"]);
        pty.wait_for("Save the blueprint");
        paste(&mut pty, &text);
        pty.wait_for("characters were left out: a");
        gone_soon(pty, "after pastes");
    }
}

#[test]
fn a_paste_without_an_end_keeps_no_signal_from_ending_it() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let Some(mut pty) = start((80, 24)) else { return };
        pty.press(&["s"]);
        pty.wait_for("Region:");
        pty.text("\x1b[200~");
        pty.text(&"never ends ".repeat(10_000));
        pty.press(&["q", "Ctrl-c", "Enter"]);
        pty.silence(Duration::from_millis(50));
        let began = Instant::now();
        assert_eq!(pty.end_by(signal).code, Some(code));
        assert!(began.elapsed() < SOON, "{signal:?}: {:?}", began.elapsed());
    }
}

#[test]
fn what_breaks_out_of_a_paste_destroys_nothing_by_one_key() {
    let keys = "qQaAxXeEoOyY-+ \r\t\u{7f}wWuUdDmnNfszt!:?/1234[]jkhlgG\u{10}\u{12}\u{13}\u{4}\u{15}\u{1}";
    let Some(mut pty) = start((120, 40)) else { return };
    pty.press(&["E"]);
    pty.wait_for("7 ticks");
    pty.settle();
    let before = pty.screen();
    for key in keys.chars().chain(['\u{3}']) {
        paste(&mut pty, &format!("a name\x1b[201~{key}"));
        pty.silence(Duration::from_millis(40));
        assert!(pty.is_running(), "{key:?} ends it");
        // Whatever it opened closes, whatever it changed is undone, nothing was written.
        for _ in 0..4 {
            pty.press(&["Esc"]);
            pty.silence(Duration::from_millis(15));
        }
        if !pty.screen().contains("7 ticks") || key.is_ascii_uppercase() || "x +-".contains(key) {
            while pty.screen() != before && !pty.screen().contains("nothing was changed yet") {
                pty.press(&["u"]);
                pty.silence(Duration::from_millis(30));
                if pty.screen().contains("7 ticks") && pty.screen().contains("undone: ") {
                    break;
                }
            }
        }
        if !pty.screen().contains("7 ticks") {
            pty.press(&["U"]);
        }
        pty.wait_for("7 ticks");
    }
    let work = std::fs::read_dir(pty.folder().join("work")).unwrap();
    assert_eq!(work.count(), 0, "a file was written");
    gone_soon(pty, "after pastes");
}

#[test]
fn half_sequences_lose_no_more_than_what_they_make_ambiguous() {
    // The half, and how many of the letters behind it may belong to it. A letter behind half a character
    // does not, but the library that reads them takes it for a part of it.
    let halves: &[(&[u8], usize)] = &[
        (b"\x1b", 1),
        (b"\x1b[", 1),
        (b"\x1b[1;", 1),
        (b"\x1b[1;5", 1),
        (b"\x1b[3", 1),
        (b"\x1bO", 1),
        (b"\x1b[[", 1),
        (b"\x1b[200", 1),
        (b"\xc3", 1),
        (b"\xe2\x82", 1),
        (b"\xf0\x9f\x98", 1),
        (b"\xff", 0),
    ];
    for (half, may) in halves {
        let Some(mut pty) = start((120, 40)) else { return };
        pty.press(&["s"]);
        pty.wait_for("Region:");
        pty.send(half);
        pty.silence(Duration::from_millis(40));
        // A lone Esc is a key of its own, and leaves the field.
        if *half == b"\x1b" {
            pty.press(&["s"]);
        }
        let typed = "bcdefghijk";
        pty.text(typed);
        pty.wait_for(typed.split_at(*may).1);
        assert!(pty.is_running());
        gone_soon(pty, &format!("{half:?}"));
    }
}

#[test]
fn what_means_nothing_changes_nothing() {
    let Some(mut pty) = start((120, 40)) else { return };
    pty.press(&["E"]);
    pty.wait_for("7 ticks");
    pty.settle();
    let before = pty.screen();
    for sequence in [
        "\x1b[97;1:3u",
        "\x1b[113;1:3u",
        "\x1b[32;1:3u",
        "\x1b[13;1:3u",
        "\x1b[1;1:3B",
        "\x1b[I",
        "\x1b[O",
        "\x1b[99;99z",
        "\x1b[57441;2u",
        "\x1b[24;80R",
        "\x1b[<0;5;7M",
        "\x1b[<0;5;7m",
        "\x1b[<65;5;7M",
        "\x1b[<64;5;7M",
        "\x1b[M !!",
        "\x1b[32;5;7M",
        "\x1b[?62;1c",
        "\x1b[?1u",
    ] {
        pty.text(sequence);
        pty.silence(Duration::from_millis(40));
        assert_eq!(pty.screen(), before, "{sequence:?} did something");
    }
    pty.press(&["?"]);
    pty.wait_for("in the checklist");
    gone_soon(pty, "after what means nothing");
}

#[test]
fn a_flood_of_keys_arrives_whole_and_keeps_no_signal_from_ending_it() {
    let Some(mut pty) = start((120, 40)) else { return };
    let began = Instant::now();
    pty.text(&"jk".repeat(50_000));
    pty.text("jj?");
    pty.wait_for("in the checklist");
    eprintln!("100,000 keys: {:?}", began.elapsed());
    pty.press(&["Esc"]);
    pty.wait_until("the caret is not two rows below", |pty| pty.screen().contains(">   [ ] Agent"));
    pty.text(&"jk".repeat(50_000));
    gone_soon(pty, "in a flood of moves");
    let Some(mut pty) = start((120, 40)) else { return };
    pty.press(&["s"]);
    pty.wait_for("Region:");
    pty.text(&"abcde".repeat(20_000));
    gone_soon(pty, "in a flood of letters");
}

#[test]
fn a_slow_terminal_loses_no_key() {
    for pace in [Pace::Held, Pace::Slow] {
        let Some(mut pty) = start((60, 20)) else { return };
        pty.press(&["s"]);
        pty.wait_for("Region:");
        pty.pace(pace);
        let typed: Vec<String> = (0..100).map(|number| format!("{number:02}")).collect();
        for piece in &typed {
            pty.text(piece);
            std::thread::sleep(Duration::from_millis(5));
        }
        // Seconds in which nothing, or almost nothing, is taken.
        std::thread::sleep(Duration::from_secs(2));
        if pace == Pace::Slow {
            let began = Instant::now();
            pty.signal(Signal::TERM);
            while pty.is_running() {
                assert!(began.elapsed() < SOON, "still there");
                std::thread::sleep(Duration::from_millis(2));
            }
            assert_eq!(pty.end().left, Vec::<&str>::new());
            continue;
        }
        pty.pace(Pace::Full);
        pty.wait_for("95969798");
        pty.press(&["Enter", "W", "Ctrl-u", "typed.json", "Enter"]);
        pty.wait_for("saved `");
        let saved = std::fs::read_to_string(pty.folder().join("work/typed.json")).unwrap();
        assert!(saved.contains(&typed.concat()), "{saved}");
        gone_soon(pty, "after a slow terminal");
    }
}
