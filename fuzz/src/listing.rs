//! What the AWS CLI prints: lists of names, and the response about an inference profile.

use bedrock_policy::blueprint::profile_facts;
use bedrock_policy::import::names::names;
use bedrock_policy::import::profile_response;
use bedrock_policy::policy::print::compact;

/// Takes any bytes; panics when something that must hold does not.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match names(text) {
        Ok(names) => assert!(!names.is_empty(), "taken without a name"),
        Err(why) => assert!(!why.is_empty(), "refused without a reason"),
    }
    match profile_response(text) {
        Ok(node) => {
            assert!(profile_facts(&node).is_some(), "taken without facts");
            assert!(profile_response(&compact(&node)).is_ok(), "what was taken is not taken again");
        }
        Err(why) => assert!(!why.is_empty(), "refused without a reason"),
    }
}
