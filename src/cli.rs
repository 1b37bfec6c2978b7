//! The command line: arguments in, text and exit codes out.
//!
//! Standard output carries results only; findings and errors go to standard error. Exit codes: 0
//! clean, 1 findings of severity error, 2 wrong usage, 3 input or output failed, 128 and its number
//! for a signal. A closed pipe is a quiet end.

use std::ffi::OsString;
use std::io::{ErrorKind, Write};

use clap::{CommandFactory as _, Parser as _};

pub mod args;
mod build;
mod explain;
mod list;
mod plain;
mod screen;

use args::{Arguments, Command};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Clean.
    Clean,
    /// There are findings of severity error.
    Findings,
    /// Wrong usage.
    Usage,
    /// Input or output failed.
    Failed,
    /// Ended by a signal.
    Signal(u8),
}

impl Exit {
    /// The process's exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Failed => 3,
            Self::Signal(number) => 128 + number % 128,
        }
    }
}

/// Where a run writes. Errors of writing are kept until the end.
pub struct Output<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    failed: Option<std::io::Error>,
}

impl std::fmt::Debug for Output<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Output").field("failed", &self.failed).finish_non_exhaustive()
    }
}

impl<'a> Output<'a> {
    /// Writes results to `out` and everything else to `err`.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self { out, err, failed: None }
    }

    /// A result.
    fn result(&mut self, text: &str) {
        if self.failed.is_none()
            && let Err(why) = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush())
        {
            self.failed = Some(why);
        }
    }

    /// Anything else, for people: whatever a part of it was made of, nothing in it is hidden. When even
    /// that cannot be written, there is nobody to tell.
    fn note(&mut self, text: &str) {
        let _ = self.err.write_all(crate::text::visible_lines(text).as_bytes());
    }

    /// Wrong usage: what and what to do.
    fn usage(&mut self, what: &str, fix: &str) -> Exit {
        self.note(&format!("error: {what}\n  fix: {fix}\n"));
        Exit::Usage
    }

    /// The exit after everything was written: a closed pipe changes nothing, any other failure does.
    fn end(&mut self, exit: Exit) -> Exit {
        match self.failed.take() {
            Some(why) if why.kind() != ErrorKind::BrokenPipe => {
                let why = crate::shell::files::words(&why);
                self.note(&format!("error: the output could not be written: {why}\n  fix: free some space or choose another place for it\n"));
                Exit::Failed
            }
            _ => exit,
        }
    }
}

/// Runs the program with its arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>, output: &mut Output<'_>) -> Exit {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let parsed = match Arguments::try_parse_from(&arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            let error = in_words(&arguments).unwrap_or(error);
            let text = crate::text::visible_lines(&error.render().to_string()).into_owned();
            if error.use_stderr() {
                output.note(&text);
                return Exit::Usage;
            }
            output.result(&text);
            return output.end(Exit::Clean);
        }
    };
    let exit = match parsed.command {
        None if parsed.screen.plain => plain::run(&parsed.screen, output),
        None => screen::run(&parsed.screen, output),
        Some(command) => command_run(command, output),
    };
    output.end(exit)
}

/// The error about arguments that are not taken, made of what can be seen of them: clap itself leaves
/// control characters out of its words, so that one argument would be told as another.
fn in_words(arguments: &[OsString]) -> Option<clap::Error> {
    let seen = |one: &OsString| match one.to_str() {
        Some(text) => OsString::from(&*crate::text::visible(text)),
        None => one.clone(),
    };
    Arguments::try_parse_from(arguments.iter().map(seen)).err()
}

fn command_run(command: Command, output: &mut Output<'_>) -> Exit {
    match command {
        Command::HoldClipboard => match crate::shell::clipboard::hold() {
            true => Exit::Clean,
            false => Exit::Failed,
        },
        Command::Build(arguments) => build::run(&arguments, output),
        Command::List(arguments) => list::run(&arguments, output),
        Command::Explain { what } => explain::run(&what, output),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "bedrock-policy", &mut text);
            output.result(&String::from_utf8_lossy(&text));
            Exit::Clean
        }
        Command::Man { command } => man(command.as_deref(), output),
    }
}

fn man(command: Option<&str>, output: &mut Output<'_>) -> Exit {
    let mut whole = Arguments::command();
    whole.build();
    let found = command.and_then(|name| whole.find_subcommand(name).cloned());
    let page = found.map_or(whole, |sub| {
        let name = match sub.get_name() {
            "build" => "bedrock-policy-build",
            "list" => "bedrock-policy-list",
            "explain" => "bedrock-policy-explain",
            "completions" => "bedrock-policy-completions",
            _ => "bedrock-policy-man",
        };
        sub.name(name)
    });
    let mut text = Vec::new();
    if let Err(why) = clap_mangen::Man::new(page).render(&mut text) {
        output.note(&format!("error: the manual page could not be made: {why}\n"));
        return Exit::Failed;
    }
    output.result(&String::from_utf8_lossy(&text));
    Exit::Clean
}
