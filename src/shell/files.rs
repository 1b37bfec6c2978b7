//! Reading files, and what is wrong with them in words. Writing is in `files::save`.

use std::fmt;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::policy::parse::MAX_BYTES;
use crate::text::shown;

mod save;

pub use save::{Allowed, Disk, Step, Written, look, write_folder, write_state, write_text};

/// Why a file could not be read or written: what, where and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
    /// True for a symbolic link that was not followed.
    pub is_link: bool,
}

impl fmt::Display for FileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`: {}\n  fix: {}", shown(&self.path.to_string_lossy()), self.what, self.fix)
    }
}

impl std::error::Error for FileError {}

pub(super) fn error(path: &Path, what: impl Into<String>, fix: impl Into<String>) -> FileError {
    FileError { path: path.to_owned(), what: what.into(), fix: fix.into(), is_link: false }
}

/// The system's word for an error, without its number.
pub(crate) fn words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// Reads a text file of at most [`MAX_BYTES`]; `-` reads standard input.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let failed = |why: &std::io::Error| error(path, words(why), "check the path and its permissions");
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    if path == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|why| failed(&why))?;
    } else {
        let file = File::open(path).map_err(|why| failed(&why))?;
        let kind = file.metadata().map_err(|why| failed(&why))?;
        if kind.is_dir() {
            return Err(error(path, "is a folder", "give a file"));
        }
        file.take(limit).read_to_end(&mut bytes).map_err(|why| failed(&why))?;
    }
    if bytes.len() > MAX_BYTES {
        return Err(error(
            path,
            format!("is larger than {} MiB", MAX_BYTES / 1024 / 1024),
            "give a smaller file",
        ));
    }
    String::from_utf8(bytes).map_err(|why| {
        let at = why.utf8_error().valid_up_to();
        error(path, format!("is not UTF-8 text: byte {at} begins no character"), "save it as UTF-8")
    })
}

/// True when both paths lead to the same file, which is there.
#[must_use]
pub fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}
