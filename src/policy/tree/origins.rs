//! Sets of origins: who wrote a leaf, by number.

/// Index of an origin in the bundle's table of origins.
pub type OriginId = u32;

/// The origins of one leaf, as a set in ascending order. Most leaves have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origins {
    /// Nobody's: a leaf read from text.
    #[default]
    None,
    /// One origin.
    One(OriginId),
    /// Two or more, ascending, each once.
    Many(Vec<OriginId>),
}

impl Origins {
    /// The set of the ids given, in any order, repeated or not.
    #[must_use]
    pub fn of(mut ids: Vec<OriginId>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [] => Self::None,
            [one] => Self::One(*one),
            _ => Self::Many(ids),
        }
    }

    /// The ids, ascending.
    #[must_use]
    pub fn as_slice(&self) -> &[OriginId] {
        match self {
            Self::None => &[],
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }

    /// Makes this set the union of both.
    pub fn join(&mut self, other: &Self) {
        other.as_slice().iter().for_each(|id| self.add(*id));
    }

    fn add(&mut self, id: OriginId) {
        match self {
            Self::None => *self = Self::One(id),
            Self::One(known) if *known == id => {}
            Self::One(known) => *self = Self::Many(vec![id.min(*known), id.max(*known)]),
            Self::Many(ids) => {
                if let Err(at) = ids.binary_search(&id) {
                    ids.insert(at, id);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origin_sets_join_as_sets() {
        let mut set = Origins::of(vec![3, 1, 3]);
        for _ in 0..2 {
            set.join(&Origins::One(2));
            assert_eq!(set.as_slice(), [1, 2, 3]);
        }
    }
}
