//! The nearest known name to one that was mistyped.

/// The known name that `found` was probably meant to be, if one is near enough.
pub(crate) fn nearest<'a>(
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let found = found.to_lowercase();
    let limit = found.chars().count().div_ceil(3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let lower = name.to_lowercase();
        let mut distance = strsim::damerau_levenshtein(&found, &lower);
        // `ward` for `ward_beds`: a name that was cut short, or has a word too many.
        let whole_word = |long: &str, short: &str| {
            short.len() >= 3
                && (long.starts_with(&format!("{short}_")) || long.ends_with(&format!("_{short}")))
        };
        if whole_word(&lower, &found) || whole_word(&found, &lower) {
            distance = distance.min(limit);
        }
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// A line of advice: the nearest known name, or else all of them if they are few.
pub(crate) fn advice<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(found, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => list(&known),
    }
}

/// A line with the known names.
pub(crate) fn list(known: &[&str]) -> String {
    const SHOWN: usize = 30;
    let names: Vec<String> = known.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match known.len() {
        0 => String::new(),
        1 => format!("known is only {}", names[0]),
        n if n > SHOWN => format!("known are {} and {} more", names.join(", "), n - SHOWN),
        _ => format!("known are {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["ward", "community_beds", "care_home"];
        assert_eq!(nearest("wrad", known), Some("ward"));
        assert_eq!(nearest("comunity_bed", known), Some("community_beds"));
        assert_eq!(nearest("community", known), Some("community_beds"));
        assert_eq!(nearest("Ward", known), Some("ward"));
        assert_eq!(nearest("hospice", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
