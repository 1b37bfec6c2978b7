#![no_main]

#[path = "../src/blueprint.rs"]
mod blueprint;

libfuzzer_sys::fuzz_target!(|data: &[u8]| blueprint::run(data));
