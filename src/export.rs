//! Writing a bundle down: as text, as JSON, as a runbook, as commands of a shell.
//!
//! Everything here is a pure function to text. Values reach a format through its encoder, never by
//! being pasted into a string. Files and the terminal are `shell`'s and `cli`'s.

pub mod json;
pub mod runbook;
pub mod shell;
pub mod text;
