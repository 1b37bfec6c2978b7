//! The real program in a pseudo-terminal: keys in, a screen out, and the terminal's modes before and
//! after.
//!
//! Every start has a folder of its own for its home and its working folder, and an environment in
//! which only what is named here is set. Nothing sleeps: waiting is for bytes, with a time-out.
#![allow(dead_code, unreachable_pub, reason = "it is the same file in every user, who takes a part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a surprise should stop the test")]
#![allow(clippy::print_stderr, reason = "who skips a test says why")]

use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

#[path = "pace.rs"]
mod pace;
#[path = "sent.rs"]
mod sent;

pub use pace::Pace;
use pace::{at_least_one, read_on, size};
use sent::bytes_of;

/// How long to wait for anything: machines may be slow, and a test that hangs must end.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is written into the pseudo-terminal once the program is gone: behind it comes nothing.
const END: &[u8] = b"\x1b]1337;end\x1b\\";

/// What the program asked of the terminal besides drawing.
#[derive(Debug, Default)]
pub struct Asked {
    /// Texts for the clipboard, in base64 (OSC 52).
    pub copied: Vec<String>,
}

impl vt100::Callbacks for Asked {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.copied.push(String::from_utf8_lossy(data).into_owned());
    }
}

/// How to start the program.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    /// Its file, as an absolute path.
    pub program: &'a Path,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Its arguments.
    pub arguments: &'a [&'a str],
    /// Variables of the environment besides the usual ones.
    pub environment: &'a [(&'a str, &'a str)],
}

/// The program in its pseudo-terminal.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    /// Held twice as long as the terminal is read.
    reading: Arc<()>,
    pace: Arc<AtomicU8>,
    writer: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// The other side, kept open: the last one to close it would reset its modes.
    side: OwnedFd,
    bytes: Receiver<(Instant, Vec<u8>)>,
    terminal: vt100::Parser<Asked>,
    folder: tempfile::TempDir,
    before: Termios,
    /// Everything that was written to the terminal.
    pub written: Vec<u8>,
    /// When the program was started.
    pub started: Instant,
    /// When the last byte came.
    pub last: Instant,
}

/// How the program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its exit code, unless a signal ended it.
    pub code: Option<u32>,
    /// What is different from before, in words; empty when the terminal is as it was.
    pub left: Vec<&'static str>,
    /// The screen that is left.
    pub screen: String,
    /// Everything that was written to the terminal.
    pub written: Vec<u8>,
}

impl std::fmt::Debug for Pty {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Pty").field("screen", &self.screen()).finish_non_exhaustive()
    }
}

/// The modes of the terminal's line: echo, lines, signals and the rest.
fn modes(side: &OwnedFd) -> Termios {
    tcgetattr(side).unwrap()
}

impl Pty {
    /// Starts the program. `None`, with the reason told, where no pseudo-terminal can be had.
    pub fn start(start: &Start<'_>) -> Option<Self> {
        let pair = match native_pty_system().openpty(size(start.size)) {
            Ok(pair) => pair,
            Err(why) => {
                eprintln!("skipped: no pseudo-terminal can be had here: {why}");
                return None;
            }
        };
        let name = pair.master.tty_name().unwrap();
        let side = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let before = modes(&side);
        let folder = tempfile::tempdir().unwrap();
        let command = command(start, folder.path());
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().unwrap();
        let (to, bytes) = channel();
        let pace = Arc::new(AtomicU8::new(Pace::Full as u8));
        let (shared, far) = (Arc::clone(&pace), Arc::new(()));
        let near = Arc::clone(&far);
        thread::spawn(move || {
            read_on(reader, &shared, &to);
            drop(far);
        });
        let (columns, rows) = start.size;
        let terminal =
            vt100::Parser::new_with_callbacks(at_least_one(rows), at_least_one(columns), 0, Asked::default());
        let writer = pair.master.take_writer().unwrap();
        let written = Vec::new();
        let last = started;
        Some(Self {
            master: Some(pair.master),
            reading: near,
            pace,
            writer,
            child,
            side,
            bytes,
            terminal,
            folder,
            before,
            written,
            started,
            last,
        })
    }

    /// The folder of this start: home and working folder stand in it.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The terminal as it is now.
    pub fn vt(&self) -> &vt100::Screen {
        self.terminal.screen()
    }

    /// What the program asked of the terminal.
    pub fn asked(&self) -> &Asked {
        self.terminal.callbacks()
    }

    /// The screen's text, row by row.
    pub fn screen(&self) -> String {
        let screen = self.vt();
        let rows = screen.rows(0, screen.size().1.get());
        rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// The number of the program's process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    /// Types a text.
    pub fn text(&mut self, text: &str) {
        self.send(text.as_bytes());
    }

    /// Presses keys, named as in the program's help. The terminal cannot tell `Esc` from the start of
    /// a sequence but by silence, so nothing may follow it in one go.
    pub fn press(&mut self, keys: &[&str]) {
        for key in keys {
            self.send(&bytes_of(key));
        }
    }

    /// Takes what comes until a condition holds.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            let left = end.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => self.take(bytes),
                Err(why) => panic!("{what}: {why}; on the screen:\n{}", self.screen()),
            }
        }
    }

    /// Takes what comes until the screen shows a text.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("`{text}` is not shown"), |pty| pty.screen().contains(text));
    }

    /// Takes what comes until the screen shows a text no more.
    #[track_caller]
    pub fn wait_for_no(&mut self, text: &str) {
        self.wait_until(&format!("`{text}` is still shown"), |pty| !pty.screen().contains(text));
    }

    /// Takes what comes until nothing came for a while: for what has no words to wait for.
    pub fn settle(&mut self) {
        self.silence(Duration::from_millis(150));
    }

    /// Takes what comes until nothing came for so long.
    pub fn silence(&mut self, long: Duration) {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match self.bytes.recv_timeout(long) {
                Ok(bytes) => self.take(bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn take(&mut self, (at, bytes): (Instant, Vec<u8>)) {
        self.last = at;
        self.written.extend_from_slice(&bytes);
        self.terminal.process(&bytes);
    }

    /// Changes the terminal's size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal.set_size(at_least_one(rows), at_least_one(columns));
        self.master.as_ref().unwrap().resize(size((columns, rows))).unwrap();
    }

    /// Changes how the terminal takes what is written.
    pub fn pace(&self, pace: Pace) {
        self.pace.store(pace as u8, Ordering::SeqCst);
    }

    /// Gives the terminal's line the modes that it had before the start, as a shell does.
    pub fn cook(&self) {
        tcsetattr(&self.side, OptionalActions::Now, &self.before).unwrap();
    }

    /// Closes the terminal's other end. The writer would send an end of input when it
    /// goes, unless the line has no letter for that.
    pub fn hang_up(&mut self) {
        let mut now = modes(&self.side);
        now.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&self.side, OptionalActions::Now, &now).unwrap();
        self.pace(Pace::Gone);
        // One byte wakes the reader, which closes its end then.
        rustix::io::write(&self.side, b"x").unwrap();
        while Arc::strong_count(&self.reading) > 1 {
            thread::sleep(Duration::from_millis(1));
        }
        self.writer = Box::new(std::io::sink());
        self.master = None;
    }

    /// Waits for the program to end, however the terminal is; its exit code.
    pub fn code(&mut self) -> u32 {
        self.child.wait().unwrap().exit_code()
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let number = i32::try_from(self.process()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(number).unwrap(), signal).unwrap();
    }

    /// True while the program runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Sends the program a signal and waits for its end.
    #[track_caller]
    pub fn end_by(self, signal: rustix::process::Signal) -> Ended {
        self.signal(signal);
        self.end()
    }

    /// Writes to the terminal as another program would.
    pub fn scribble(&self, text: &str) {
        rustix::io::write(&self.side, text.as_bytes()).unwrap();
    }

    /// True when the terminal's line has the modes that it had before the start.
    pub fn line_is_as_before(&self) -> bool {
        format!("{:?}", modes(&self.side)) == format!("{:?}", self.before)
    }

    /// Waits until the program is stopped, as its process's state tells where there is one.
    #[track_caller]
    pub fn wait_until_stopped(&mut self) {
        let path = format!("/proc/{}/stat", self.process());
        let end = Instant::now() + PATIENCE;
        let is_stopped = |text: &str| text.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T'));
        while std::fs::read_to_string(&path).is_ok_and(|text| !is_stopped(&text)) {
            assert!(Instant::now() < end, "the program does not stop");
            self.silence(Duration::from_millis(5));
        }
    }

    /// Waits for the program to end, and compares the terminal with what it was.
    #[track_caller]
    pub fn end(mut self) -> Ended {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            if Instant::now() > end {
                let _ = self.child.kill();
                panic!("the program does not end; on the screen:\n{}", self.screen());
            }
            // Its output must be taken, or it could not end.
            self.silence(Duration::from_millis(5));
        };
        self.pace(Pace::Full);
        let line_differs = !self.line_is_as_before();
        rustix::io::write(&self.side, END).unwrap();
        self.wait_until("what was written last", |pty| {
            pty.written.windows(END.len()).any(|part| part == END)
        });
        let screen = self.vt();
        let left = [
            ("the modes of the line", line_differs),
            ("the alternate screen", screen.alternate_screen()),
            ("a hidden cursor", screen.hide_cursor()),
            ("bracketed paste", screen.bracketed_paste()),
            ("the mouse", screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None),
            ("application keys", screen.application_cursor() || screen.application_keypad()),
        ];
        let left = left.iter().filter(|(_, is_left)| *is_left).map(|(what, _)| *what).collect();
        let code = status.signal().is_none().then(|| status.exit_code());
        let mut written = std::mem::take(&mut self.written);
        written.truncate(written.len() - END.len());
        Ended { code, left, screen: self.screen(), written }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The program with an environment in which only this is set.
fn command(start: &Start<'_>, folder: &Path) -> CommandBuilder {
    let (home, work) = (folder.join("home"), folder.join("work"));
    std::fs::create_dir_all(&home).unwrap();
    std::fs::create_dir_all(&work).unwrap();
    let mut command = CommandBuilder::new(start.program);
    command.args(start.arguments);
    command.env_clear();
    command.cwd(&work);
    for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")] {
        command.env(name, value);
    }
    command.env("HOME", &home);
    for (name, value) in start.environment {
        command.env(name, value);
    }
    command
}
