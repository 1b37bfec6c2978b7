//! What comes from outside, on one channel: keys, pastes, sizes, signals, the terminal's end.

use std::sync::OnceLock;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind, read,
};

use crate::app::Msg;
use crate::app::key::{Code, Key};
use crate::app::mouse::Deed;

/// Something that came from outside.
#[derive(Clone, Debug)]
pub enum Outside {
    /// For the model.
    Msg(Msg),
    /// The mouse did something at a column and a row.
    Mouse(Deed, u16, u16),
    /// A signal that ends the program.
    End(i32),
    /// The terminal is gone.
    Gone,
    /// A part of the program failed, and told why.
    Failed,
    /// A signal that stops the program.
    Stop,
    /// The program goes on after a stop.
    Continued,
}

/// When the end was asked for by a signal or a hang-up.
static ENDING: OnceLock<Instant> = OnceLock::new();

/// How long what came before such an end may still be worked on.
const GRACE: Duration = Duration::from_millis(300);

/// True when the end was asked for a while ago: then nothing is waited for any more, neither a terminal
/// that takes nothing nor thousands of keys.
pub(super) fn is_overdue() -> bool {
    ENDING.get().is_some_and(|since| since.elapsed() > GRACE)
}

/// Tells the loop when its thread ends by a panic: without that thread the program would be deaf.
#[derive(Debug)]
pub(super) struct Watched(pub(super) Sender<Outside>);

impl Drop for Watched {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Outside::Failed);
        }
    }
}

/// Listens to signals, from before the first mode of the terminal is switched on: one that came in
/// between would end the program with the terminal as it is then.
pub fn listen_to_signals(to: &Sender<Outside>) {
    #[cfg(unix)]
    signals(to.clone());
}

/// Listens to keys and to the terminal's end; each source in a thread of its own that ends with the
/// channel.
pub fn listen(to: &Sender<Outside>) {
    let keys = to.clone();
    thread::spawn(move || {
        let _watched = Watched(keys.clone());
        loop {
            match read() {
                Ok(event) => {
                    if let Some(outside) = happened(event)
                        && keys.send(outside).is_err()
                    {
                        return;
                    }
                }
                Err(why) if why.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => {
                    ENDING.get_or_init(Instant::now);
                    let _ = keys.send(Outside::Gone);
                    return;
                }
            }
        }
    });
    #[cfg(unix)]
    hang_up(to.clone());
}

#[cfg(unix)]
fn signals(to: Sender<Outside>) {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let Ok(mut signals) =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])
    else {
        return;
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            let outside = match signal {
                SIGTSTP => Outside::Stop,
                SIGCONT => Outside::Continued,
                ending => {
                    ENDING.get_or_init(Instant::now);
                    Outside::End(ending)
                }
            };
            if to.send(outside).is_err() {
                return;
            }
        }
    });
}

/// Waits for the terminal to hang up, which no signal may tell.
#[cfg(unix)]
fn hang_up(to: Sender<Outside>) {
    use rustix::event::{PollFd, PollFlags, poll};
    let Ok(device) = std::fs::File::open("/dev/tty") else { return };
    thread::spawn(move || {
        loop {
            let mut watched = [PollFd::new(&device, PollFlags::empty())];
            match poll(&mut watched, None) {
                Ok(_) if watched.iter().all(|one| one.revents().contains(PollFlags::NVAL)) => {
                    // Systems that cannot wait for this device say so at once, and not that it is gone.
                    return;
                }
                Ok(_) => {
                    ENDING.get_or_init(Instant::now);
                    let _ = to.send(Outside::Gone);
                    return;
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
    });
}

/// What a terminal's event is for the program.
fn happened(event: Event) -> Option<Outside> {
    let Event::Mouse(mouse) = event else { return message(event).map(Outside::Msg) };
    let deed = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Deed::Click,
        MouseEventKind::ScrollDown => Deed::WheelDown,
        MouseEventKind::ScrollUp => Deed::WheelUp,
        _ => return None,
    };
    Some(Outside::Mouse(deed, mouse.column, mouse.row))
}

/// A terminal's event as a message; key releases and the rest mean nothing.
fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release || is_modifier(key.code) => None,
        Event::Key(key) => Some(Msg::Key(pressed(key))),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(width, height)),
        _ => None,
    }
}

/// True for a modifier by itself, which some terminals tell of.
fn is_modifier(code: KeyCode) -> bool {
    matches!(code, KeyCode::Modifier(_) | KeyCode::CapsLock | KeyCode::NumLock | KeyCode::ScrollLock)
}

/// A key of the terminal as the program means it. Shift is part of a character, and a modifier for
/// everything else.
fn pressed(key: KeyEvent) -> Key {
    let has = |modifier| key.modifiers.contains(modifier);
    let mut out = Key {
        code: Code::Other,
        ctrl: has(KeyModifiers::CONTROL),
        alt: has(KeyModifiers::ALT),
        shift: has(KeyModifiers::SHIFT),
    };
    out.code = match key.code {
        KeyCode::Char(c) => {
            let capital = out.shift && c.is_lowercase() && !out.ctrl;
            out.shift = false;
            let c = if out.ctrl { c.to_ascii_lowercase() } else { c };
            Code::Char(if capital { c.to_uppercase().next().unwrap_or(c) } else { c })
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            out.shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => Code::Other,
    };
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEventState;

    fn event(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> Event {
        Event::Key(KeyEvent { code, modifiers, kind, state: KeyEventState::NONE })
    }

    #[test]
    fn only_presses_and_repeats_act_and_shift_is_normalised_once() {
        let (none, shift, press) = (KeyModifiers::NONE, KeyModifiers::SHIFT, KeyEventKind::Press);
        let named = |event| match message(event) {
            Some(Msg::Key(key)) => Some(key.to_string()),
            _ => None,
        };
        for (code, modifiers, kind, name) in [
            (KeyCode::Char('a'), none, press, Some("a")),
            (KeyCode::Char('a'), shift, press, Some("A")),
            (KeyCode::Char('A'), shift, press, Some("A")),
            (KeyCode::Char('A'), none, press, Some("A")),
            (KeyCode::Char('?'), shift, press, Some("?")),
            (KeyCode::Char('P'), KeyModifiers::CONTROL, press, Some("Ctrl-p")),
            (KeyCode::BackTab, shift, press, Some("Shift-Tab")),
            (KeyCode::BackTab, none, press, Some("Shift-Tab")),
            (KeyCode::Char('a'), none, KeyEventKind::Repeat, Some("a")),
            (KeyCode::Char('a'), none, KeyEventKind::Release, None),
        ] {
            assert_eq!(named(event(code, modifiers, kind)).as_deref(), name, "{code:?} {modifiers:?}");
        }
    }
}
