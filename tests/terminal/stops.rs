//! Stopping gives the terminal back; going on draws everything anew, as large as it is then.

use rustix::process::Signal;

use super::pty::Pty;
use super::scene::{SCENES, Scene};

fn is_given_back(pty: &Pty) -> bool {
    let vt = pty.vt();
    let mouse = vt.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
    !vt.alternate_screen() && !vt.hide_cursor() && !vt.bracketed_paste() && !mouse
}

/// Waits until the program is stopped and the terminal as it was.
fn until_stopped(pty: &mut Pty) {
    pty.wait_until("the terminal is not given back", is_given_back);
    pty.wait_until_stopped();
    assert!(pty.line_is_as_before());
}

/// Goes on, and waits for the whole screen.
fn go_on(pty: &mut Pty, scene: &Scene, what: &str) {
    pty.signal(Signal::CONT);
    pty.wait_until(&format!("{} is not drawn {what}", scene.name), |pty| {
        let vt = pty.vt();
        let has_mouse = vt.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        let mouse = has_mouse == scene.arguments.contains(&"--mouse");
        vt.alternate_screen() && vt.bracketed_paste() && mouse && pty.screen().contains(scene.shown)
    });
    pty.settle();
    assert!(!pty.line_is_as_before(), "{}: keys do not come one by one {what}", scene.name);
}

#[test]
fn stopped_and_continued_on_every_screen_twice_and_with_another_size() {
    for scene in SCENES {
        let home = tempfile::tempdir().unwrap();
        let Some(mut pty) = scene.start(home.path()) else { return };
        let before = pty.screen();
        for round in 0..2 {
            pty.signal(Signal::TSTP);
            until_stopped(&mut pty);
            // Meanwhile somebody else writes.
            pty.scribble("someone else was here\r\n");
            go_on(&mut pty, scene, "anew");
            assert_eq!(pty.screen(), before, "{}, round {round}", scene.name);
        }
        if scene.name != "a tiny terminal" {
            pty.signal(Signal::TSTP);
            until_stopped(&mut pty);
            pty.resize(100, 30);
            go_on(&mut pty, scene, "at another size");
            assert_eq!(pty.screen().lines().count(), 30, "{}", scene.name);
            let changed = pty.screen();
            pty.resize(scene.size.0, scene.size.1);
            pty.wait_until("the size before", |pty| pty.screen() == before);
            assert_ne!(changed, before);
        }
        assert_eq!(pty.end_by(Signal::TERM).left, Vec::<&str>::new(), "{}", scene.name);
    }
}

#[test]
fn going_on_without_a_stop_harms_nothing() {
    for scene in SCENES {
        let home = tempfile::tempdir().unwrap();
        let Some(mut pty) = scene.start(home.path()) else { return };
        let before = pty.screen();
        for _ in 0..3 {
            go_on(&mut pty, scene, "after no stop");
        }
        assert_eq!(pty.screen(), before, "{}", scene.name);
        assert_eq!(pty.end_by(Signal::TERM).left, Vec::<&str>::new(), "{}", scene.name);
    }
}

#[test]
fn after_a_stop_that_nobody_can_catch_the_terminal_is_taken_again() {
    for scene in SCENES {
        let home = tempfile::tempdir().unwrap();
        let Some(mut pty) = scene.start(home.path()) else { return };
        let before = pty.screen();
        pty.signal(Signal::STOP);
        pty.wait_until_stopped();
        // A shell puts its own modes back and writes.
        pty.cook();
        pty.scribble("\x1b[Hsomeone else was here\r\n");
        go_on(&mut pty, scene, "after SIGSTOP");
        assert_eq!(pty.screen(), before, "{}", scene.name);
        assert_eq!(pty.end_by(Signal::TERM).left, Vec::<&str>::new(), "{}", scene.name);
    }
}

#[test]
fn what_is_typed_while_it_is_stopped_arrives_and_the_screen_is_whole() {
    for round in 0..20 {
        let home = tempfile::tempdir().unwrap();
        let Some(mut pty) = SCENES[0].start(home.path()) else { return };
        pty.press(&["Ctrl-z"]);
        until_stopped(&mut pty);
        // The line is in cooked mode: the end of input hands over what was typed without a new line.
        pty.text("E3z\x04");
        go_on(&mut pty, &SCENES[8], &format!("after what was typed, round {round}"));
        assert_eq!(pty.end_by(Signal::TERM).left, Vec::<&str>::new());
    }
}
