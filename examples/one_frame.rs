//! One frame with everything linked that the program links, and nothing done: what a start costs at
//! least. `cargo bench --bench screen` compares the real program with it. Any argument goes to the
//! real program, so that nothing is left out by the linker.

#![allow(
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it says why there is no frame, and draws one border of its own"
)]

use std::fs::File;
use std::io::BufWriter;
use std::process::ExitCode;

use bedrock_policy::cli::args::Arguments;
use bedrock_policy::cli::{Output, run};
use clap::Parser as _;
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::widgets::Block;

fn main() -> ExitCode {
    let parsed = Arguments::try_parse();
    if parsed.is_err() || std::env::args_os().len() > 1 {
        let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
        return ExitCode::from(run(std::env::args_os(), &mut Output::new(&mut out, &mut err)).code());
    }
    match frame() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// A frame with nothing but a border, and a key awaited.
fn frame() -> std::io::Result<()> {
    enable_raw_mode()?;
    let device = File::options().read(true).write(true).open("/dev/tty")?;
    let mut terminal = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, device)))?;
    execute!(terminal.backend_mut(), EnterAlternateScreen)?;
    terminal.draw(|frame| {
        frame.render_widget(Block::bordered().title("one frame"), frame.area());
    })?;
    let event = crossterm::event::read().map(drop);
    execute!(terminal.backend_mut(), LeaveAlternateScreen)?;
    disable_raw_mode()?;
    event
}
