//! Whatever bytes a scenario file holds: the parser does not panic, every mistake has a place that lies in
//! the text, and what is sound compiles and has loads, as `homeward check` shows them.
#![no_main]

use homeward::scenario::Scenario;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let diagnostics = match Scenario::parse("fuzz.toml", text) {
        Ok(scenario) => {
            let model = homeward::model::compile(&scenario);
            let _ = homeward::model::load::loads(&model);
            scenario.warnings
        }
        Err(diagnostics) => diagnostics,
    };
    for diagnostic in &diagnostics {
        if let Some(place) = &diagnostic.place {
            assert!(place.source.text.get(place.span.clone()).is_some(), "{diagnostic:?}");
        }
    }
    let _ = diagnostics.long(true);
});
