#![no_main]

#[path = "../src/capability.rs"]
mod capability;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    capability::run(data);
});
