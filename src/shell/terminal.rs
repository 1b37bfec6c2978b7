//! The terminal: switched into the program's modes and back.
//!
//! Each mode that is switched on is noted, and only what was noted is undone, once, in reverse. That
//! happens on every way out: the end of the program, an error, a panic, a signal, a stop.

use std::io::{self, BufWriter, Write};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::layout::{Position, Rect};

use super::device::Device;
use super::placed::Placed;

const RAW: u8 = 1;
const SCREEN: u8 = 2;
const PASTE: u8 = 4;
const CURSOR: u8 = 8;
const MOUSE: u8 = 16;

/// The modes that are on. One process has one terminal.
static ON: AtomicU8 = AtomicU8::new(0);

/// What the program draws on.
pub type Screen = Terminal<Placed<BufWriter<Device>>>;

/// The terminal in the program's modes; gives it back when dropped.
#[derive(Debug)]
pub struct Session {
    /// What is drawn on. Its own end would show the cursor a second time, and complain on standard
    /// error when the terminal is gone.
    pub screen: ManuallyDrop<Screen>,
}

impl Session {
    /// Switches the terminal into the program's modes.
    pub fn begin() -> io::Result<Self> {
        let device = Device::open()?;
        let screen = Terminal::new(Placed::new(BufWriter::with_capacity(64 * 1024, device)))?;
        let mut session = Self { screen: ManuallyDrop::new(screen) };
        hook();
        session.enter()?;
        Ok(session)
    }

    /// Switches the modes on, at the start and after a stop. After one from outside nothing was switched
    /// off here, and others may have done it.
    pub fn enter(&mut self) -> io::Result<()> {
        let is_noted = ON.load(Ordering::SeqCst) & RAW != 0;
        if is_noted && !Device::open()?.is_raw() {
            disable_raw_mode()?;
        }
        enable_raw_mode()?;
        ON.fetch_or(RAW, Ordering::SeqCst);
        let out = self.screen.backend_mut();
        ON.fetch_or(SCREEN | PASTE | CURSOR, Ordering::SeqCst);
        execute!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
        // Not `clear`, which asks the terminal where its cursor is: not every terminal answers, and
        // once the keys are listened to, the answer reaches the wrong reader.
        let size = self.screen.size()?;
        self.screen.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        if on == (ON.load(Ordering::SeqCst) & MOUSE != 0) {
            return Ok(());
        }
        let out = self.screen.backend_mut();
        if on {
            ON.fetch_or(MOUSE, Ordering::SeqCst);
            execute!(out, TakeMouse)
        } else {
            ON.fetch_and(!MOUSE, Ordering::SeqCst);
            execute!(out, LeaveMouse)
        }
    }

    /// The device, to send something to the terminal itself.
    pub fn out(&mut self) -> &mut impl Write {
        self.screen.backend_mut()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Asks for presses and the wheel, with places beyond 223 columns. Movements are of no use here, and
/// the library's own command asks for them too: each would wake the program.
#[derive(Clone, Copy, Debug)]
struct TakeMouse;

impl crossterm::Command for TakeMouse {
    fn write_ansi(&self, out: &mut impl std::fmt::Write) -> std::fmt::Result {
        out.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// Leaves the mouse to the terminal again.
#[derive(Clone, Copy, Debug)]
struct LeaveMouse;

impl crossterm::Command for LeaveMouse {
    fn write_ansi(&self, out: &mut impl std::fmt::Write) -> std::fmt::Result {
        out.write_str("\x1b[?1006l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::DisableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// Undoes what is on. Errors are of no use any more: the terminal may be gone.
pub fn restore() {
    let on = ON.swap(0, Ordering::SeqCst);
    if on == 0 {
        return;
    }
    if let Ok(mut device) = Device::open() {
        let mut bytes = Vec::new();
        if on & MOUSE != 0 {
            let _ = queue!(bytes, LeaveMouse);
        }
        if on & CURSOR != 0 {
            let _ = queue!(bytes, cursor::Show);
        }
        if on & PASTE != 0 {
            let _ = queue!(bytes, DisableBracketedPaste);
        }
        if on & SCREEN != 0 {
            let _ = queue!(bytes, LeaveAlternateScreen);
        }
        device.write_last(&bytes);
    }
    if on & RAW != 0 {
        let _ = disable_raw_mode();
    }
}

/// Before a panic's words: the terminal comes back. The hook that was there still speaks.
fn hook() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            restore();
            before(info);
        }));
    });
}
