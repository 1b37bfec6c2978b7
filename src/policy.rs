//! What a policy is.
//!
//! Two layers: [`tree`] is lossless (every node keeps its place in the source text or the origins
//! that wrote it; holes are part of a text; unknown and ill-typed parts stay), [`view`] is the typed
//! reading of it, which collects faults in place of failing. [`parse`] and [`mod@print`] lead from text
//! to tree and back. [`arn`] splits names of resources.
//!
//! Not here: which IAM actions exist (`catalog::reference`), when a pattern matches (`access`), and
//! whether a policy is any good (`lint`).

pub mod arn;
pub mod parse;
pub mod print;
pub mod tree;
pub mod view;
