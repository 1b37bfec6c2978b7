//! The world outside: files, the terminal, the clipboard, the folders of this machine.
//!
//! Here belongs everything that touches it; what is written is decided elsewhere. Files are written
//! to a temporary name in the same folder, synced, renamed, and the folder synced, so that a file is
//! the old one or the new one at any moment.

pub mod clipboard;
mod device;
pub mod files;
pub mod folders;
pub mod input;
pub mod keeper;
pub mod lines;
pub mod placed;
pub mod screen;
pub mod terminal;
