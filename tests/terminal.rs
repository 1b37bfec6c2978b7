//! The terminal comes back, whatever ends or stops the program, on whatever screen; and while nothing
//! happens the program does nothing.
//!
//! Panics are in `panics.rs`, what a terminal sends is in `typed.rs`. Where no pseudo-terminal can be had,
//! these tests say so and are skipped.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

#[path = "support/process.rs"]
mod process;
#[path = "support/pty.rs"]
mod pty;
#[path = "support/scene.rs"]
mod scene;
#[path = "terminal/stops.rs"]
mod stops;

use pty::{Ended, Pace, Pty, Start};
use scene::{SCENES, Scene};

/// How long the program may take to be gone.
const SOON: Duration = Duration::from_secs(2);
const PROGRAM: &str = env!("CARGO_BIN_EXE_bedrock-policy");

/// The modes that are switched on, in order, and what switches each off.
const MODES: [(&str, &str); 3] =
    [("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?2004h", "\x1b[?2004l"), ("\x1b[?25l", "\x1b[?25h")];
const MOUSE: [(&str, &str); 2] = [("\x1b[?1000h", "\x1b[?1000l"), ("\x1b[?1006h", "\x1b[?1006l")];

/// Everything is as before, and each mode was switched off once, the last one first, at the very end.
#[track_caller]
fn check(scene: &Scene, what: &str, ended: &Ended, code: u32) {
    let place = format!("{what}, from {}", scene.name);
    assert_eq!((ended.code, &ended.left[..]), (Some(code), &[][..]), "{place}");
    let text = String::from_utf8_lossy(&ended.written).into_owned();
    let mut modes = MODES.to_vec();
    if scene.arguments.contains(&"--mouse") {
        modes.extend(MOUSE);
    }
    let places: Vec<_> = modes.iter().map(|(on, _)| text.find(on)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{place}: switched on at {places:?}");
    let expected: String = modes.iter().rev().map(|(_, off)| *off).collect();
    let Some(rest) = text.strip_suffix(&expected) else {
        let end: String = text.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{place}: {end:?} does not end with {expected:?}");
    };
    for (_, off) in modes.iter().filter(|(_, off)| *off != "\x1b[?25h") {
        assert!(!rest.contains(off), "{place}: {off:?} more than once");
    }
    assert!(!rest.ends_with("\x1b[?25h"), "{place}: the cursor is shown twice");
}

/// True when a home holds work for the next start to offer.
fn has_work(home: &Path) -> bool {
    let folder = bedrock_policy::shell::folders::unsaved_below(home);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.path().extension().is_some_and(|end| end == "json"))
}

/// Lets the program end in some way from every screen.
fn from_every_screen(what: &str, code: u32, keeps: bool, way: &(dyn Fn(&Scene, &mut Pty) + Sync)) {
    let one = |scene: &Scene| {
        let home = tempfile::tempdir().unwrap();
        let Some(mut pty) = scene.start(home.path()) else { return };
        let start = Instant::now();
        way(scene, &mut pty);
        let ended = pty.end();
        assert!(start.elapsed() < SOON, "{what}, from {}: {:?}", scene.name, start.elapsed());
        check(scene, what, &ended, code);
        assert_eq!(has_work(home.path()), keeps && scene.is_modified, "{what}, from {}", scene.name);
    };
    for scene in SCENES {
        one(scene);
    }
}

#[test]
fn signals_from_every_screen() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        from_every_screen(&format!("{signal:?}"), code, true, &|_, pty| pty.signal(signal));
    }
}

#[test]
fn the_next_start_offers_what_a_signal_interrupted() {
    for scene in SCENES.iter().filter(|scene| scene.is_modified) {
        let home = tempfile::tempdir().unwrap();
        let Some(pty) = scene.start(home.path()) else { return };
        pty.signal(Signal::TERM);
        pty.end();
        let mut pty = SCENES[0].start_again(home.path()).unwrap();
        pty.wait_for("Unsaved work was left");
        pty.press(&["Enter"]);
        pty.wait_for(if scene.keys.contains(&"E") { "7 ticks" } else { "modified" });
        assert_eq!(pty.end_by(Signal::TERM).code, Some(143));
    }
}

#[test]
fn ctrl_c_twice_and_the_quit_key_from_every_screen() {
    from_every_screen("Ctrl-C", 0, true, &|scene, pty| {
        pty.press(&["Ctrl-c"]);
        if scene.is_modified && scene.name != "a question" {
            pty.wait_for("not saved");
            pty.press(&["Ctrl-c"]);
        }
    });
    from_every_screen("q", 0, false, &|scene, pty| {
        // Back out of fields and windows first: there `q` is a letter, or nothing.
        for _ in 0..3 {
            pty.press(&["Esc"]);
            pty.silence(Duration::from_millis(30));
        }
        pty.press(&["q"]);
        if scene.is_modified && scene.name != "a field being edited" {
            pty.wait_for("quit without saving");
            pty.press(&["Down", "Down", "Enter"]);
        }
    });
}

/// The program as a child of a shell that is no concern of the terminal's signals; its number.
fn below_a_shell(scene: &Scene, home: &Path) -> Option<(Pty, u32)> {
    let script = "trap '' HUP; sh -c 'echo $$ >pid; exec \"$0\" \"$@\"' \"$@\"; echo $? >code";
    let arguments = [&["-c", script, "sh", PROGRAM], scene.arguments].concat();
    let home = home.to_string_lossy();
    let mut pty = Pty::start(&Start {
        program: Path::new("/bin/sh"),
        size: scene.size,
        arguments: &arguments,
        environment: &[("HOME", &*home), ("PATH", "/usr/bin:/bin")],
    })?;
    scene.come_to(&mut pty);
    let number = fs::read_to_string(pty.folder().join("work/pid")).unwrap();
    Some((pty, number.trim().parse().unwrap()))
}

/// Waits for a process to be gone; the time that took, and the processor time that it took itself.
fn until_gone(number: u32) -> (Duration, Duration) {
    let (start, before) = (Instant::now(), process::time(number).unwrap_or_default());
    let mut last = before;
    while let Some(now) = process::time(number) {
        last = now;
        assert!(start.elapsed() < Duration::from_secs(20), "still there after a hang-up");
        std::thread::sleep(Duration::from_micros(200));
    }
    (start.elapsed(), last.saturating_sub(before))
}

#[test]
fn a_hang_up_without_a_signal_from_every_screen() {
    if !process::is_told() {
        return eprintln!("skipped: nothing tells of processes here");
    }
    for scene in SCENES {
        let home = tempfile::tempdir().unwrap();
        let Some((mut pty, number)) = below_a_shell(scene, home.path()) else { return };
        pty.hang_up();
        let (wall, busy) = until_gone(number);
        pty.code();
        let code = fs::read_to_string(pty.folder().join("work/code")).unwrap();
        eprintln!("hang-up from {}: gone after {wall:?}, {busy:?} of a core", scene.name);
        assert_eq!(code.trim(), "129", "{}", scene.name);
        assert!(wall < SOON && busy <= SOON / 5, "{}: {wall:?}, {busy:?} of a core", scene.name);
        assert_eq!(has_work(home.path()), scene.is_modified, "{}", scene.name);
    }
}

#[test]
fn ten_idle_seconds_switch_no_context() {
    if !process::is_told() {
        return eprintln!("skipped: nothing tells of processes here");
    }
    let home = tempfile::tempdir().unwrap();
    let started: Option<Vec<Pty>> = SCENES.iter().map(|scene| scene.start(home.path())).collect();
    let Some(mut started) = started else { return };
    for pty in &mut started {
        pty.silence(Duration::from_millis(500));
    }
    let count = |all: &[Pty]| all.iter().map(|pty| process::switches(pty.process())).collect::<Vec<_>>();
    let before = count(&started);
    std::thread::sleep(Duration::from_secs(10));
    assert_eq!(count(&started), before, "switches of each screen");
    for pty in started {
        assert_eq!(pty.end_by(Signal::TERM).code, Some(143));
    }
}

#[test]
fn a_terminal_that_takes_nothing_keeps_no_signal_from_ending_it() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let home = tempfile::tempdir().unwrap();
        let Some(mut pty) = SCENES[0].start(home.path()) else { return };
        pty.pace(Pace::Held);
        // Each of these draws thousands of bytes; a pseudo-terminal holds a few ten thousand.
        pty.press(&["E"]);
        for _ in 0..60 {
            for key in ["z", "3", "z", "?"] {
                pty.press(&[key]);
                std::thread::sleep(Duration::from_millis(4));
            }
            pty.press(&["Esc"]);
            std::thread::sleep(Duration::from_millis(4));
        }
        let start = Instant::now();
        pty.signal(signal);
        let number = pty.process();
        while pty.is_running() {
            assert!(start.elapsed() < SOON, "{signal:?}: still there, process {number}");
            std::thread::sleep(Duration::from_millis(2));
        }
        eprintln!("{signal:?} to a terminal that takes nothing: gone after {:?}", start.elapsed());
        let ended = pty.end();
        assert_eq!((ended.code, &ended.left[..]), (Some(code), &[][..]));
        assert!(has_work(home.path()), "the work is kept although nothing could be drawn");
    }
}
