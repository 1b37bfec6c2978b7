//! A blueprint's file: read, written again, composed, judged, printed.

use bedrock_policy::blueprint::file::{read, write};
use bedrock_policy::catalog::Catalog;
use bedrock_policy::compose::{compose, runbook};
use bedrock_policy::export;
use bedrock_policy::lint::lint;
use bedrock_policy::policy::parse::parse;
use bedrock_policy::policy::print::pretty;
use bedrock_policy::text::is_hidden;

/// Takes any bytes; panics when something that must hold does not.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let catalog = Catalog::builtin();
    let blueprint = match read(text) {
        Ok(blueprint) => blueprint,
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            return faults.iter().for_each(|fault| safe(&fault.what));
        }
    };
    let written = write(&blueprint);
    let again = read(&written).unwrap_or_else(|faults| panic!("{faults:?} in what was written: {written}"));
    assert_eq!(write(&again), written, "writing is not a fixed point");
    let bundle = compose(catalog, &blueprint);
    for finding in lint(catalog, &blueprint, &bundle) {
        safe(&export::text::finding(catalog, &finding, "error"));
    }
    for document in &bundle.documents {
        let printed = pretty(&document.root);
        safe(&printed);
        let back = parse(&printed);
        assert!(back.faults.is_empty(), "{:?} in {printed}", back.faults);
        assert_eq!(back.root.as_ref().map(pretty), Some(printed), "printing is not a fixed point");
    }
    let steps = runbook::steps(catalog, &blueprint, &bundle);
    safe(&export::text::bundle(catalog, &bundle, &steps));
    safe(&export::runbook::readme(catalog, &bundle, &steps));
}

/// What goes to a person hides nothing.
fn safe(text: &str) {
    assert_eq!(text.chars().find(|c| *c != '\n' && is_hidden(*c)), None, "something is hidden");
}
