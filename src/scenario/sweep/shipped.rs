//! The sweeps that come with the program.

const SHIPPED: [(&str, &str); 2] = [
    ("home_support.toml", include_str!("../../../sweeps/home_support.toml")),
    ("what_matters.toml", include_str!("../../../sweeps/what_matters.toml")),
];

/// The shipped sweep that a path means: by its file name, with or without `sweeps/` before and `.toml`
/// after it.
pub(super) fn find(path: &str) -> Option<(&'static str, &'static str)> {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let name = path.strip_prefix("sweeps/").unwrap_or(path);
    let found =
        SHIPPED.iter().find(|(file, _)| *file == name || file.strip_suffix(".toml") == Some(name));
    found.copied()
}

/// The file names of all shipped sweeps.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(file, _)| *file)
}
