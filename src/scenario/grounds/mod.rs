//! What a result rests on: every figure of a scenario, and of the relationship layer also those that
//! the scenario does not write, with their sources and how sure they are.
//!
//! [`Grounds::of`] lists and counts them. Figures that no rule reads (checks and facts) and choices
//! (how it is run, what is tried) are listed too, but not counted.

mod figures;
mod layer;

pub(crate) use self::figures::of as figures_of;
use super::Scenario;
use super::evidence::Confidence;
use super::units::Date;

/// The least and the most that a figure may be, as written.
pub type Range = (String, String);

/// A figure, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its path, as `--set` takes it.
    pub path: String,
    /// What it is a figure of.
    pub group: Group,
    /// Its value as it was written.
    pub value: String,
    /// Its unit, where the value does not have it; empty for pure numbers.
    pub unit: String,
    /// The value that it has if nobody writes one, where the scenario writes another.
    pub usual: Option<String>,
    /// Whether the scenario writes it; else it is the program's own.
    pub is_written: bool,
    /// Who says so; empty if nobody does.
    pub source: String,
    /// How sure it is, if said.
    pub confidence: Option<Confidence>,
    /// Why it is so, or what it means; may be empty.
    pub why: String,
    /// The least and the most that it may be, if said.
    pub range: Option<Range>,
}

/// How well a figure is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is said how sure it is.
    Sure(Confidence),
    /// There is a source, but nobody says how sure it is.
    Unrated,
    /// Nobody says anything.
    NoSource,
}

impl Standing {
    /// All of them, the surest first.
    pub const ALL: [Standing; 6] = [
        Standing::Sure(Confidence::Official),
        Standing::Sure(Confidence::Measured),
        Standing::Sure(Confidence::Derived),
        Standing::Sure(Confidence::Assumption),
        Standing::Unrated,
        Standing::NoSource,
    ];

    /// Its name in lists.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Sure(confidence) => confidence.name(),
            Standing::Unrated => "unrated",
            Standing::NoSource => "no source",
        }
    }
}

impl Figure {
    /// How well it is founded.
    pub fn standing(&self) -> Standing {
        match self.confidence {
            Some(confidence) => Standing::Sure(confidence),
            None if self.source.is_empty() => Standing::NoSource,
            None => Standing::Unrated,
        }
    }
}

macro_rules! groups {
    ($($name:ident $counted:ident $title:literal: $meaning:literal;)*) => {
        /// What a figure is a figure of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Group {
            $(#[doc = $meaning] $name,)*
        }

        impl Group {
            /// All groups, in the order in which they are listed.
            pub const ALL: &[Group] = &[$(Group::$name),*];

            /// Its heading.
            pub fn title(self) -> &'static str {
                match self { $(Group::$name => $title,)* }
            }

            /// Whether the result rests on its figures.
            pub fn is_counted(self) -> bool {
                match self { $(Group::$name => groups!($counted),)* }
            }
        }
    };
    (counted) => { true };
    (listed) => { false };
}

groups! {
    Organisations counted "Organisations": "Who owns places and employs teams.";
    Calendars counted "Hours": "Opening hours.";
    Places counted "Places": "Where people are.";
    Teams counted "Teams": "Staff who do work for people.";
    Meetings counted "Meetings": "Where decisions are batched.";
    Arrivals counted "People who come": "Streams of people.";
    Pathways counted "Pathways": "The steps of pathways and routes.";
    Harms counted "Harm": "What follows from delay.";
    Start counted "Relationship layer: theta, organisations and pairs at the start":
        "How organisations and pairs of them begin.";
    Parameters counted "Relationship layer: parameters": "The strengths of everything in it.";
    Changes counted "Changes during the run": "What changes at a date.";
    Couplings listed "Relationship layer: what is switched on (not counted)":
        "Which links between relationships and people's ways there are.";
    Checks listed "Figures that the run must reproduce (not counted: no rule reads them)":
        "The checks.";
    Facts listed "Figures behind the others (not counted: no rule reads them)": "The facts.";
    Choices listed "How it is run and what is tried (not counted: choices)":
        "The settings of the run, levers and the programme.";
}

impl Group {
    /// The group of a path.
    fn of(path: &str) -> Group {
        let mut parts = path.split('.');
        let mut top = parts.next().unwrap_or_default();
        let is_change = top == "changes";
        if is_change {
            parts.next();
            top = parts.next().unwrap_or_default();
        }
        let group = match top {
            "organisations" => Group::Organisations,
            "calendars" => Group::Calendars,
            "places" => Group::Places,
            "teams" => Group::Teams,
            "meetings" => Group::Meetings,
            "arrivals" => Group::Arrivals,
            "pathways" | "routes" => Group::Pathways,
            "harms" => Group::Harms,
            "checks" => Group::Checks,
            "facts" => Group::Facts,
            "coordination" => match parts.next().unwrap_or_default() {
                "levers" | "programme" | "survey_every" => Group::Choices,
                "couplings" => Group::Couplings,
                "parameters" => Group::Parameters,
                _ => Group::Start,
            },
            _ => Group::Choices,
        };
        if is_change && group.is_counted() { Group::Changes } else { group }
    }

    /// Whether it is of the relationship layer.
    pub fn is_of_layer(self) -> bool {
        matches!(self, Group::Start | Group::Parameters)
    }
}

/// How many figures there are of each standing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts([usize; Standing::ALL.len()]);

impl Counts {
    fn of<'a>(figures: impl Iterator<Item = &'a Figure>) -> Counts {
        let mut counts = Counts::default();
        for figure in figures {
            let at = Standing::ALL.iter().position(|it| *it == figure.standing());
            counts.0[at.expect("all standings are listed")] += 1;
        }
        counts
    }

    /// How many figures there are in all.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// The numbers, the surest first.
    pub fn each(&self) -> impl Iterator<Item = (Standing, usize)> + '_ {
        Standing::ALL.into_iter().zip(self.0)
    }
}

/// Which theta a run uses: how much of what relationships are assumed to do they do.
#[derive(Debug, Clone, PartialEq)]
pub struct Theta {
    /// At the start.
    pub first: f64,
    /// From a date on, where it changes.
    pub later: Vec<(Date, f64)>,
}

impl Theta {
    /// That of a scenario, if it has the relationship layer.
    pub fn of(scenario: &Scenario) -> Option<Theta> {
        let first = scenario.base.coordination.as_ref()?.theta;
        let mut last = first;
        let later = scenario.later.iter().filter_map(|(on, description)| {
            let theta = description.coordination.as_ref()?.theta;
            let is_new = theta.to_bits() != last.to_bits();
            last = theta;
            is_new.then_some((*on, theta))
        });
        Some(Theta { first, later: later.collect() })
    }
}

/// What a result rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounds {
    /// All figures, group by group.
    pub figures: Vec<Figure>,
    /// How the relationship layer is set, if there is one.
    pub theta: Option<Theta>,
}

impl Grounds {
    /// That of a scenario. `dyads` are the pairs of organisations between which something happens,
    /// as `one+other`.
    pub fn of(scenario: &Scenario, dyads: &[String]) -> Grounds {
        let mut figures = scenario.figures.clone();
        if let Some(coordination) = &scenario.base.coordination {
            let organisations = scenario.base.organisations.keys().map(String::as_str);
            layer::complete(&mut figures, coordination, organisations, dyads);
        }
        // The sort keeps the order of the scenario within a group.
        figures.sort_by_key(|figure| figure.group);
        Grounds { figures, theta: Theta::of(scenario) }
    }

    /// The figures of a group.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Figure> + '_ {
        self.figures.iter().filter(move |figure| figure.group == group)
    }

    /// How sure the figures are that the result rests on.
    pub fn counts(&self) -> Counts {
        Counts::of(self.figures.iter().filter(|figure| figure.group.is_counted()))
    }

    /// How sure those of the relationship layer are.
    pub fn counts_of_layer(&self) -> Counts {
        Counts::of(self.figures.iter().filter(|figure| figure.group.is_of_layer()))
    }

    /// How many figures are listed but not counted.
    pub fn listed(&self) -> usize {
        self.figures.iter().filter(|figure| !figure.group.is_counted()).count()
    }
}
