//! A list that mostly has one entry and then needs no memory of its own.

use std::ops::{Deref, DerefMut};

/// One entry, or any number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Few<T> {
    /// One.
    One(T),
    /// None or several.
    Many(Vec<T>),
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl<T> Few<T> {
    /// Adds an entry.
    pub fn push(&mut self, more: T) {
        *self = match std::mem::take(self) {
            Self::One(one) => Self::Many(vec![one, more]),
            Self::Many(several) if several.is_empty() => Self::One(more),
            Self::Many(mut several) => {
                several.push(more);
                Self::Many(several)
            }
        };
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(several) => several,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Self::One(one) => std::slice::from_mut(one),
            Self::Many(several) => several,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut entries = entries.into_iter();
        match (entries.next(), entries.next()) {
            (Some(one), None) => Self::One(one),
            (first, second) => Self::Many(first.into_iter().chain(second).chain(entries).collect()),
        }
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, several) = match self {
            Self::One(one) => (Some(one), Vec::new()),
            Self::Many(several) => (None, several),
        };
        one.into_iter().chain(several)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_their_order() {
        let mut few = Few::default();
        for n in 0..3 {
            few.push(n);
            assert!(few.iter().copied().eq(0..=n));
            assert!(few.clone().into_iter().eq(0..=n));
            assert_eq!((0..=n).collect::<Few<_>>(), few);
        }
    }
}
