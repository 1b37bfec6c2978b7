//! Reading and writing files.

use std::fmt;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::policy::parse::MAX_BYTES;
use crate::text::shown;

/// Why a file could not be read or written: what, where and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`: {}\n  fix: {}", shown(&self.path.to_string_lossy()), self.what, self.fix)
    }
}

impl std::error::Error for FileError {}

fn error(path: &Path, what: impl Into<String>, fix: impl Into<String>) -> FileError {
    FileError { path: path.to_owned(), what: what.into(), fix: fix.into() }
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

/// What writing a file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was not there before.
    New,
    /// It replaced another text.
    Overwritten,
    /// It was there already, the same.
    Unchanged,
}

impl Written {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Overwritten => "overwritten",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What is at a path before a text is written there. A different file is refused without `force`, a
/// symbolic link or something that is no file always.
pub fn look(path: &Path, text: &str, force: bool) -> Result<Written, FileError> {
    match fs::symlink_metadata(path) {
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(Written::New),
        Err(why) => Err(error(path, words(&why), "check the path and its permissions")),
        Ok(found) if found.is_symlink() => Err(error(
            path,
            "is a symbolic link, which is not followed",
            "give its target, or remove the link",
        )),
        Ok(found) if !found.is_file() => Err(error(path, "is there and no file", "choose another name")),
        Ok(found) => {
            let same =
                found.len() == text.len() as u64 && fs::read(path).is_ok_and(|old| old == text.as_bytes());
            match (same, force) {
                (true, _) => Ok(Written::Unchanged),
                (false, true) => Ok(Written::Overwritten),
                (false, false) => Err(error(
                    path,
                    "is there already and differs",
                    "add --force to overwrite it, or choose another place",
                )),
            }
        }
    }
}

/// Writes a text so that the path holds the old text or the new one at any moment.
pub fn write_text(path: &Path, text: &str, force: bool) -> Result<Written, FileError> {
    let found = look(path, text, force)?;
    if found != Written::Unchanged {
        let staged = stage(path, text)?;
        put(staged, path)?;
        sync_folder(folder_of(path));
    }
    Ok(found)
}

/// Writes several files into a folder, which is made if it is not there: all of them are looked at
/// and written under temporary names before the first gets its own.
pub fn write_folder(
    folder: &Path,
    files: &[(String, String)],
    force: bool,
) -> Result<Vec<Written>, FileError> {
    fs::create_dir_all(folder)
        .map_err(|why| error(folder, words(&why), "choose a folder that can be written to"))?;
    let mut found = Vec::with_capacity(files.len());
    for (name, text) in files {
        found.push(look(&folder.join(name), text, force)?);
    }
    let mut staged = Vec::new();
    for ((name, text), found) in files.iter().zip(&found) {
        if *found != Written::Unchanged {
            let path = folder.join(name);
            staged.push((stage(&path, text)?, path));
        }
    }
    for (file, path) in staged {
        put(file, &path)?;
    }
    sync_folder(folder);
    Ok(found)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A synced temporary file beside the path, with the mode of the file that is there.
fn stage(path: &Path, text: &str) -> Result<tempfile::NamedTempFile, FileError> {
    let failed = |why: &std::io::Error| {
        error(path, words(why), "check the folder, its permissions and the space left")
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".bedrock-policy-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).map_or(0o644, |found| found.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder_of(path)).map_err(|why| failed(&why))?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(|why| failed(&why))?;
    Ok(file)
}

fn put(file: tempfile::NamedTempFile, path: &Path) -> Result<(), FileError> {
    file.persist(path)
        .map(drop)
        .map_err(|why| error(path, words(&why.error), "check the folder and its permissions"))
}

/// Makes the renames last. A system that cannot sync folders is no reason to fail.
fn sync_folder(folder: &Path) {
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_new_unchanged_refused_or_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        assert_eq!(write_text(&path, "one", false), Ok(Written::New));
        assert_eq!(write_text(&path, "one", false), Ok(Written::Unchanged));
        assert!(write_text(&path, "two", false).unwrap_err().fix.contains("--force"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(write_text(&path, "two", true), Ok(Written::Overwritten));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a temporary file is left");
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "other").unwrap();
        let files = [("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())];
        assert!(write_folder(folder.path(), &files, false).is_err());
        assert!(!folder.path().join("a").exists());
        assert_eq!(write_folder(folder.path(), &files, true), Ok(vec![Written::New, Written::Overwritten]));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_folders_are_refused_and_a_mode_is_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "x").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&target, &link).unwrap();
        assert!(write_text(&link, "y", true).unwrap_err().what.contains("symbolic link"));
        assert!(write_text(folder.path(), "y", true).is_err());
        write_text(&target, "y", true).unwrap();
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
