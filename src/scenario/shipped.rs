//! The scenarios that come with the program.

macro_rules! scenarios {
    ($($name:literal)*) => {
        &[$((
            concat!($name, ".toml"),
            include_str!(concat!("../../scenarios/", $name, ".toml")),
        ),)*]
    };
}

/// File names and texts, in the order in which they are listed to the user.
const SHIPPED: &[(&str, &str)] = scenarios! {
    "baseline"
    "winter"
    "coordination"
    "do_nothing"
    "all_task"
    "all_relationship"
    "balanced"
    "one_organisation"
    "honing"
    "programme"
    "programme_then_back_to_task"
    "programme_balanced_nurtured"
    "trusted_assessor"
    "huddle"
    "hub"
    "fines"
    "pooled_budget"
    "seven_days_one"
    "seven_days_all"
    "home_care_plus_10"
    "high_turnover_social_care"
    "winter_with_coordination"
    "winter_with_programme"
    "by_hand"
    "plain_queue"
    "stroke"
    "emergency_department"
    "community_hospital"
    "two_hospitals"
    "hospice"
};

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
    fn every_scenario_in_the_folder_is_shipped() {
        let folder = std::fs::read_dir("scenarios").expect("tests run in the folder of the crate");
        for file in folder {
            let name = file.expect("it can be read").file_name();
            let name = name.to_str().expect("names are plain").to_owned();
            assert!(names().any(|shipped| shipped == name), "{name} is not listed");
        }
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
