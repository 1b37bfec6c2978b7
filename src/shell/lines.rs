//! Standard input line by line, and the signals that end the program, on one channel.
//!
//! For the dialogue without a screen: no mode of the terminal is changed, so stopping and continuing
//! are the terminal's own business.

use std::io::{BufRead, ErrorKind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// How long a line may be, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// Something that was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A line, without its end.
    Line(String),
    /// A line that is no answer, and why.
    Refused(String),
    /// Nothing comes any more.
    End,
    /// A signal that ends the program.
    Signal(i32),
    /// The program goes on after a stop.
    Continued,
}

/// Listens to standard input and signals, each in a thread of its own. Lines wait until they are asked
/// for: a long input is not read into memory at once.
#[must_use]
pub fn listen() -> Receiver<Heard> {
    let (to, from) = sync_channel(16);
    #[cfg(unix)]
    signals(to.clone());
    thread::spawn(move || read(&mut std::io::stdin().lock(), &to));
    from
}

fn read(input: &mut impl BufRead, to: &SyncSender<Heard>) {
    loop {
        let heard = next_line(input);
        let is_end = heard == Heard::End;
        if to.send(heard).is_err() || is_end {
            return;
        }
    }
}

#[cfg(unix)]
fn signals(to: SyncSender<Heard>) {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT])
    else {
        return;
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            let heard = if signal == SIGCONT { Heard::Continued } else { Heard::Signal(signal) };
            if to.send(heard).is_err() {
                return;
            }
        }
    });
}

/// The next line. One that is too long is read to its end and left out, and so is one that is no text.
pub fn next_line(input: &mut impl BufRead) -> Heard {
    let (mut line, mut length, mut ended) = (Vec::new(), 0_usize, false);
    while !ended {
        let (used, piece) = match input.fill_buf() {
            Ok([]) if length == 0 => return Heard::End,
            Ok([]) => break,
            Ok(bytes) => {
                let end = bytes.iter().position(|byte| *byte == b'\n');
                ended = end.is_some();
                (end.map_or(bytes.len(), |at| at + 1), bytes)
            }
            Err(why) if why.kind() == ErrorKind::Interrupted => continue,
            // A terminal that hung up gives an error in place of an end.
            Err(_) => return Heard::End,
        };
        let room = (LONGEST + 2).saturating_sub(line.len());
        line.extend(piece.iter().take(used.min(room)));
        length += used;
        input.consume(used);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    if line.len() > LONGEST {
        return Heard::Refused(format!("That line is longer than {LONGEST} bytes: it was not taken."));
    }
    String::from_utf8(line).map_or_else(
        |why| {
            let at = why.utf8_error().valid_up_to() + 1;
            Heard::Refused(format!(
                "That line is not UTF-8 text: its byte {at} begins no character. It was not taken."
            ))
        },
        Heard::Line,
    )
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn heard(bytes: &[u8]) -> Vec<Heard> {
        let mut input = BufReader::with_capacity(7, bytes);
        let mut out = Vec::new();
        while out.last() != Some(&Heard::End) {
            out.push(next_line(&mut input));
        }
        out
    }

    fn line(text: &str) -> Heard {
        Heard::Line(text.to_owned())
    }

    #[test]
    fn lines_end_as_they_do_anywhere_and_the_last_one_needs_no_end() {
        assert_eq!(heard(b"one\r\n\ntwo"), [line("one"), line(""), line("two"), Heard::End]);
        assert_eq!(heard(b""), [Heard::End]);
    }

    #[test]
    fn what_is_no_text_or_too_long_is_left_out_and_the_next_line_is_read() {
        let longest = "x".repeat(LONGEST);
        let bytes = [longest.as_bytes(), b"\n", longest.as_bytes(), b"y\na\xffb\nlast"].concat();
        let all = heard(&bytes);
        assert_eq!(all[0], Heard::Line(longest));
        assert!(matches!(&all[1], Heard::Refused(why) if why.contains("longer than 65536")), "{:?}", all[1]);
        assert!(matches!(&all[2], Heard::Refused(why) if why.contains("byte 2")), "{:?}", all[2]);
        assert_eq!(all[3..], [line("last"), Heard::End]);
    }
}
