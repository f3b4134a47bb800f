//! The effective text of a scenario can be saved and run again with the same result.

use super::*;

/// Reads the text of a scenario again: the same descriptions, changes, evidence and text.
fn holds(scenario: &Scenario) {
    let again = Scenario::parse("again.toml", &scenario.text)
        .unwrap_or_else(|mistakes| panic!("{mistakes}\n{}", scenario.text));
    assert_eq!(again.base, scenario.base);
    assert_eq!(again.later, scenario.later);
    assert_eq!(again.evidence, scenario.evidence);
    assert_eq!(again.text, scenario.text);
    let steps = |scenario: &Scenario| -> Vec<String> {
        scenario.base.pathways.values().flat_map(|p| p.steps.keys().cloned()).collect()
    };
    assert_eq!(steps(&again), steps(scenario), "the order of the steps");
}

#[test]
fn a_scenario_that_stands_alone_is_its_own_text() {
    let scenario = Scenario::read(&sound("sound"), &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(scenario.text, fs::read_to_string(sound("sound")).expect("it is there"));
    holds(&scenario);
}

#[test]
fn settings_are_merged_in() {
    let sets = [
        "places.ward.capacity=50",
        "run.seed=7",
        "run.length=2 years",
        "routes.referral.steps.assess.again.chance=0.3",
        "pathways.home.steps.treat.stay.gamma={ mean = \"3 days\", sd = \"2 days\" }",
        "changes=[]",
    ]
    .map(str::to_owned);
    let scenario = Scenario::read(&sound("sound"), &sets).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(scenario.base.run.seed, 7);
    assert!(scenario.later.is_empty());
    let chance = &scenario.base.routes["referral"].steps["assess"]
        .again
        .as_ref()
        .expect("it goes back")
        .chance;
    assert_eq!(chance.between, ["hospital", "therapy"], "what it is a chance of stays");
    // The new number has no source any more.
    assert!(scenario.evidence.iter().all(|evidence| evidence.path != "places.ward.capacity"));
    holds(&scenario);
    insta::assert_snapshot!("effective_text", scenario.text);
}

#[test]
fn what_is_extended_is_merged_in() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let text = format!(
        "extends = {:?}\ndescription = \"\"\"\nTwo lines\nwith \"quotes\"\"\"\"\n\
         [pathways.home.steps.scan]\nwait = \"2 hours\"\nafter = \"treat\"\n\
         [pathways.rehabilitation.steps]\nbed = {{ enter = \"rehabilitation\", reason = \"capacity_02\", title = \"A bed\" }}\n\
         [facts.beds]\nvalue = 3\nwhy = \"counted\"\n\
         [[changes]]\non = 2025-02-01\nset.teams.hub.headcount = {{ value = 5, source = \"the rota\" }}\nset.meetings.panel.days = [\"monday\"]\n",
        sound("sound").display().to_string()
    );
    fs::write(folder.path().join("more.toml"), text).expect("it can be written");
    let scenario =
        Scenario::read(&folder.path().join("more.toml"), &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(scenario.later.len(), 2, "changes are added to those of the base");
    assert_eq!(scenario.later[0].0.to_string(), "2025-02-01", "in the order of their dates");
    assert_eq!(scenario.base.pathways["home"].steps.get_index_of("scan"), Some(2));
    assert!(scenario.evidence.iter().any(|e| e.path == "changes.2025-02-01.teams.hub.headcount"));
    holds(&scenario);
}

#[test]
fn relationships_are_merged_in() {
    let scenario = Scenario::read(&sound("coordination"), &[]).unwrap_or_else(|e| panic!("{e}"));
    assert!(scenario.base.coordination.is_some());
    holds(&scenario);
}
