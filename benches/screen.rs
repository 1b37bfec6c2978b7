//! What the screen costs: a tick, the start, a key, memory.
//!
//! Run with `cargo bench --bench screen`. Figures are printed, nothing is asserted. The programs are
//! built with the release profile, run in a pseudo-terminal of 120 by 40 without a shell, in turns.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and stops at the first surprise"
)]

#[path = "support/largest.rs"]
mod largest;
#[cfg(unix)]
#[path = "support/live.rs"]
mod live;
#[cfg(unix)]
#[path = "../tests/support/pty.rs"]
mod pty;

use std::time::{Duration, Instant};

use bedrock_policy::app::key::{Code, Key};
use bedrock_policy::app::layout::areas;
use bedrock_policy::app::update::update;
use bedrock_policy::app::{Filed, Model, Msg, World};
use bedrock_policy::catalog::Catalog;
use bedrock_policy::ui::draw;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZE: (u16, u16) = (120, 40);

fn main() {
    tick();
    #[cfg(unix)]
    live::measure();
    #[cfg(not(unix))]
    println!("start, keys and memory: skipped, there is no pseudo-terminal here");
}

/// One tick to its finished frame: the change, everything that follows from it, and drawing.
fn tick() {
    let catalog = Catalog::builtin();
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a test terminal");
    let mut model = Model::new(catalog, SIZE, World::default())
        .with_blueprint(largest::blueprint(catalog), Filed::default());
    let (mut whole, mut changing) = (Vec::new(), Vec::new());
    for _ in 0..201 {
        let start = Instant::now();
        update(&mut model, Msg::Key(Key::plain(Code::Char(' '))));
        changing.push(start.elapsed());
        terminal.draw(|frame| draw(&model, &areas(&model), frame)).expect("a frame");
        whole.push(start.elapsed());
    }
    let first = whole.first().copied().unwrap_or_default();
    let (middle, late, change) = (share(&mut whole, 50), share(&mut whole, 95), share(&mut changing, 50));
    println!(
        "one tick to its frame, largest blueprint, 120x40: first {first:?}, median {middle:?}, 95 % {late:?}"
    );
    println!("  of it the change and what follows: median {change:?}");
}

/// The time below which so many of a hundred lie.
fn share(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times.get((times.len().saturating_sub(1)) * percent / 100).copied().unwrap_or_default()
}
