//! How fast a pseudo-terminal takes what is written to it, and how large it is.

use std::num::NonZeroU16;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::PtySize;

/// How the terminal takes what is written to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Pace {
    /// At once.
    Full,
    /// A byte a millisecond.
    Slow,
    /// Not at all.
    Held,
    /// Never again: the other end is closed.
    Gone,
}

/// Reads what is written to the terminal, at its pace.
pub fn read_on(mut reader: Box<dyn std::io::Read + Send>, pace: &AtomicU8, to: &Sender<(Instant, Vec<u8>)>) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let now = pace.load(Ordering::SeqCst);
        if now != Pace::Full as u8 {
            thread::sleep(Duration::from_millis(1));
        }
        if now == Pace::Held as u8 {
            continue;
        }
        let size = if now == Pace::Full as u8 { buffer.len() } else { 1 };
        let Ok(count @ 1..) = reader.read(buffer.split_at_mut(size).0) else { return };
        let bytes = buffer.iter().take(count).copied().collect();
        let is_gone = pace.load(Ordering::SeqCst) == Pace::Gone as u8;
        if is_gone || to.send((Instant::now(), bytes)).is_err() {
            return;
        }
    }
}

/// A size as the pseudo-terminal takes it.
pub(super) fn size((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// A size as the screen of the tests takes it.
pub(super) fn at_least_one(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN)
}
