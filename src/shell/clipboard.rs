//! Copying text: by tmux, by the terminal (OSC 52), by the desktop.
//!
//! Inside tmux its own buffer comes first, since it alone passes tmux by default; over SSH the
//! terminal at the other end is asked; on a desktop its clipboard is set. Nothing is claimed that is
//! not known: OSC 52 cannot answer.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use arboard::Clipboard;
use crossterm::clipboard::CopyToClipboard;

use crate::app::Route;

/// The argument with which the program, started anew, keeps a desktop's clipboard filled.
pub const HOLD: &str = "hold-clipboard";

/// Copies texts; the desktop's clipboard stays open while the program runs.
#[derive(Default)]
pub struct Copier {
    desktop: Option<Clipboard>,
    last: Option<String>,
}

impl std::fmt::Debug for Copier {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Copier").field("desktop", &self.desktop.is_some()).finish_non_exhaustive()
    }
}

/// What the environment says about clipboards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Inside tmux.
    pub tmux: bool,
    /// Over SSH.
    pub ssh: bool,
    /// On a desktop.
    pub desktop: bool,
}

impl Surroundings {
    /// Of this process.
    #[must_use]
    pub fn now() -> Self {
        let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let desktop = cfg!(any(target_os = "macos", windows)) || has("DISPLAY") || has("WAYLAND_DISPLAY");
        Self { tmux: has("TMUX"), ssh: has("SSH_CONNECTION") || has("SSH_TTY"), desktop }
    }

    /// The ways to try, in order.
    #[must_use]
    pub fn routes(self) -> Vec<Route> {
        let mut out = Vec::new();
        if self.tmux {
            out.push(Route::Tmux);
        }
        if self.ssh {
            out.push(Route::Terminal);
        }
        if self.desktop {
            out.push(Route::Clipboard);
        }
        out.push(Route::Terminal);
        out
    }
}

impl Copier {
    /// Copies a text the first way that works; `terminal` is the terminal's device.
    pub fn copy(&mut self, text: &str, surroundings: Surroundings, terminal: &mut impl Write) -> Route {
        for route in surroundings.routes() {
            let done = match route {
                Route::Tmux => tmux(text),
                Route::Clipboard => self.desktop(text),
                Route::Terminal => osc52(text, terminal),
                Route::Nowhere => false,
            };
            if done {
                self.last = (route == Route::Clipboard).then(|| text.to_owned());
                return route;
            }
        }
        Route::Nowhere
    }

    fn desktop(&mut self, text: &str) -> bool {
        if self.desktop.is_none() {
            self.desktop = Clipboard::new().ok();
        }
        self.desktop.as_mut().is_some_and(|clipboard| clipboard.set_text(text).is_ok())
    }

    /// Before the program ends: where a clipboard lives only as long as its owner, another process
    /// takes it over.
    pub fn hand_over(&mut self) {
        let Some(text) = self.last.take().filter(|_| cfg!(target_os = "linux")) else { return };
        let Ok(program) = std::env::current_exe() else { return };
        let child = Command::new(program)
            .arg(HOLD)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(child) = child {
            feed(child, &text);
        }
    }
}

/// Writes a text into a process's standard input; true when all of it went in.
fn feed(mut child: Child, text: &str) -> bool {
    let fed = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    drop(child);
    fed
}

fn tmux(text: &str) -> bool {
    let child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let fed = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    fed && child.wait().is_ok_and(|status| status.success())
}

fn osc52(text: &str, terminal: &mut impl Write) -> bool {
    let sent = crossterm::queue!(terminal, CopyToClipboard::to_clipboard_from(text));
    sent.and_then(|()| terminal.flush()).is_ok()
}

/// Keeps a desktop's clipboard filled with what is on standard input, until somebody else copies.
#[must_use]
pub fn hold() -> bool {
    let mut text = String::new();
    if std::io::Read::read_to_string(&mut std::io::stdin().lock(), &mut text).is_err() {
        return false;
    }
    #[cfg(target_os = "linux")]
    {
        use arboard::SetExtLinux as _;
        let _ = rustix::process::setsid();
        Clipboard::new().is_ok_and(|mut clipboard| clipboard.set().wait().text(text).is_ok())
    }
    #[cfg(not(target_os = "linux"))]
    {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_chosen_by_where_the_program_runs() {
        let routes = |tmux, ssh, desktop| Surroundings { tmux, ssh, desktop }.routes();
        assert_eq!(
            routes(true, true, true),
            [Route::Tmux, Route::Terminal, Route::Clipboard, Route::Terminal]
        );
        assert_eq!(routes(false, false, true), [Route::Clipboard, Route::Terminal]);
        assert_eq!(routes(false, false, false), [Route::Terminal]);
    }

    #[test]
    fn the_terminal_gets_the_text_as_base64() {
        let mut sent = Vec::new();
        let bare = Surroundings { tmux: false, ssh: false, desktop: false };
        assert_eq!(Copier::default().copy("{\"a\": 1}\n", bare, &mut sent), Route::Terminal);
        assert_eq!(String::from_utf8(sent).unwrap(), "\u{1b}]52;c;eyJhIjogMX0K\u{1b}\\");
    }
}
