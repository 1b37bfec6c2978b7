//! The fuzz targets over their starting inputs, so that neither can rot and no fuzzer is needed.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a target panics when something is wrong"
)]

use std::fs;
use std::path::Path;

#[path = "../fuzz/src/blueprint.rs"]
mod blueprint;
#[path = "../fuzz/src/capability.rs"]
mod capability;
#[path = "../fuzz/src/keys.rs"]
mod keys;
#[path = "../fuzz/src/listing.rs"]
mod listing;
#[path = "../fuzz/src/policy.rs"]
mod policy;

/// The inputs of a target, and each of them cut and with one byte changed.
fn each(target: &str, mut run: impl FnMut(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut inputs: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    assert!(inputs.len() >= 8, "{} has {} inputs", folder.display(), inputs.len());
    for path in inputs {
        let input = fs::read(&path).unwrap();
        assert!(input.len() <= 4096, "{} is long", path.display());
        run(&input);
        for part in 1..8 {
            let at = input.len() * part / 8;
            run(&input[..at]);
            let mut changed = input.clone();
            if let Some(byte) = changed.get_mut(at) {
                *byte = byte.wrapping_add(3);
            }
            run(&changed);
        }
    }
}

#[test]
fn blueprints() {
    each("blueprint", blueprint::run);
}

#[test]
fn capabilities() {
    let mut sound = 0;
    each("capability", |data| sound += usize::from(capability::run(data)));
    assert!(sound > 8, "of the inputs, {sound} are capabilities");
    for path in
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/capabilities/flow-node")).unwrap()
    {
        let path = path.unwrap().path();
        assert!(capability::run(&fs::read(&path).unwrap()), "{} is not read", path.display());
    }
}

#[test]
fn listings() {
    each("listing", listing::run);
}

#[test]
fn policies() {
    each("policy", policy::run);
}

#[test]
fn keys_and_sizes() {
    each("keys", keys::run);
}

/// Every target has its inputs, and every folder of inputs its target.
#[test]
fn targets_and_inputs_are_the_same() {
    let names = |folder: &str| {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder)).unwrap();
        let stem = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut names: Vec<String> = entries.map(|entry| stem(&entry.unwrap().path())).collect();
        names.sort();
        names
    };
    assert_eq!(names("targets"), names("src"));
    assert_eq!(names("targets"), names("corpus"));
}
