//! The scenarios that come with the program.

/// File names and texts, in the order in which they are listed to the user.
const SHIPPED: &[(&str, &str)] = &[
    ("baseline.toml", include_str!("../../scenarios/baseline.toml")),
    ("winter.toml", include_str!("../../scenarios/winter.toml")),
    ("by_hand.toml", include_str!("../../scenarios/by_hand.toml")),
];

/// The shipped scenario that a path means: by its file name, with or without `scenarios/` before
/// and `.toml` after it.
pub(crate) fn find(path: &str) -> Option<(&'static str, &'static str)> {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let name = path.strip_prefix("scenarios/").unwrap_or(path);
    SHIPPED
        .iter()
        .find(|(file, _)| *file == name || file.strip_suffix(".toml") == Some(name))
        .copied()
}

/// The file names of all shipped scenarios.
pub fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(file, _)| *file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shipped_scenario_goes_by_several_names() {
        for path in [
            "by_hand",
            "by_hand.toml",
            "scenarios/by_hand.toml",
            "./scenarios/by_hand",
            "scenarios\\by_hand.toml",
        ] {
            assert_eq!(find(path).map(|(name, _)| name), Some("by_hand.toml"), "{path}");
        }
        assert_eq!(find("elsewhere/by_hand.toml"), None);
    }

    #[test]
    fn every_shipped_scenario_is_sound() {
        for name in names() {
            let (_, text) = find(name).expect("it is listed");
            let scenario = crate::scenario::Scenario::parse(name, text);
            scenario.unwrap_or_else(|mistakes| panic!("{mistakes}"));
        }
    }
}
