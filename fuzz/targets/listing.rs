#![no_main]

#[path = "../src/listing.rs"]
mod listing;

libfuzzer_sys::fuzz_target!(|data: &[u8]| listing::run(data));
