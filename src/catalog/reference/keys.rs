//! Condition keys and families of them, with the part that tells a family taken out once.

/// A condition key, or a family of them.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    /// What the names of a family begin with.
    family: Option<&'static str>,
}

/// Reads the file of the global keys by its lines, as it is done with the services' files.
pub(super) fn read_global(text: &'static str) -> Vec<Key> {
    let one = |line: &'static str| {
        let (name, rest) = line.strip_prefix('"')?.split_once('"')?;
        let (kind, _) = rest.strip_prefix(":{\"type\":\"")?.split_once('"')?;
        Some(Key::new(name, kind))
    };
    text.split('\n').filter_map(one).collect()
}

impl Key {
    pub(super) fn new(name: &'static str, kind: &'static str) -> Self {
        Self { name, kind, family: family(name) }
    }

    /// What [`key_fits`] says of its name.
    pub(super) fn fits(&self, key: &str) -> bool {
        fits(self.name, self.family, key)
    }
}

/// True when a key is a declared one, or one of a declared family: `aws:ResourceTag/${TagKey}`,
/// `kms:EncryptionContext:${EncryptionContextKey}`, `s3:ExistingObjectTag/<key>`. Case does not count.
#[must_use]
pub fn key_fits(declared: &str, key: &str) -> bool {
    fits(declared, family(declared), key)
}

/// What the keys of a declared family begin with; nothing for a key that is no family.
fn family(declared: &str) -> Option<&str> {
    let variable = declared.bytes().position(|byte| matches!(byte, b'$' | b'<'));
    variable.map_or_else(|| declared.strip_suffix("tag-key"), |at| declared.get(..at))
}

fn fits(declared: &str, family: Option<&str>, key: &str) -> bool {
    match family {
        Some(start) => {
            key.len() > start.len()
                && key.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        }
        None => declared.eq_ignore_ascii_case(key),
    }
}
