//! The relationship layer, from the words of a scenario to its rules.

use super::position;
use super::quantities::staff;
use crate::model::calendar::Days;
use crate::model::coordination::{
    ChanceOf, CoordinationRules, DyadRules, OrganisationRules, ProgrammeRules, TeamHours,
};
use crate::model::rules::{Chance, NO_EFFECT, Rules};
use crate::random::Key;
use crate::scenario::language::coordination::{Coordination, Programme};
use crate::scenario::language::{Description, Quantity, Step};
use crate::scenario::units::{Date, Duration};

/// How long a single form takes until it works \[days\].
const FORM_DAYS: u32 = 42;

/// How long a multi-agency event takes \[days\].
const MADE_DAYS: u32 = 5;

/// The pairs of organisations between which something happens, or that a scenario names: those named
/// first, in their order, then those in the order in which they occur.
pub(super) fn dyads<'a>(descriptions: impl Iterator<Item = &'a Description>) -> Vec<(u8, u8)> {
    let mut dyads = Vec::new();
    for description in descriptions {
        let Some(coordination) = &description.coordination else { continue };
        let mut add = |between: &[String]| {
            if let Some((one, other)) = pair(description, between) {
                let pair = (one.min(other), one.max(other));
                if one != other && !dyads.contains(&pair) {
                    dyads.push(pair);
                }
            }
        };
        for name in coordination.dyads.keys() {
            let sides: Vec<String> = name.split('+').map(str::to_owned).collect();
            add(&sides);
        }
        for meeting in description.meetings.values() {
            add(&meeting.decided.between);
        }
        let of_pathways = description.pathways.values().flat_map(|it| it.steps.values());
        let of_routes = description.routes.values().flat_map(|it| it.steps.values());
        for step in of_pathways.chain(of_routes) {
            between(step).into_iter().for_each(&mut add);
        }
    }
    dyads
}

/// Between whom something happens in a step.
fn between(step: &Step) -> Vec<&[String]> {
    let chances = [
        step.chance.as_ref(),
        step.again.as_ref().map(|again| &again.chance),
        step.readmit.as_ref().map(|readmit| &readmit.chance),
    ];
    let waits = step.depends_on.as_ref().map(|it| it.between.as_slice());
    chances.into_iter().flatten().map(|it| it.between.as_slice()).chain(waits).collect()
}

/// Two organisations by their names.
pub(super) fn pair(description: &Description, names: &[String]) -> Option<(u8, u8)> {
    let [one, other] = names else { return None };
    let at = |name: &String| position(&description.organisations, name);
    Some((at(one), at(other)))
}

/// The position of something in a list; it is added if it is not there.
pub(super) fn position_in<T: PartialEq>(list: &mut Vec<T>, one: T) -> u16 {
    let index = list.iter().position(|known| *known == one).unwrap_or_else(|| {
        list.push(one);
        list.len() - 1
    });
    u16::try_from(index).expect("checked: at most 10,000 steps")
}

/// The dyad between which a step that is needed with this chance may become a conflict.
pub(super) fn contested(rules: &Rules, needed: Chance) -> u16 {
    let Some(of) = rules.chances_changed.get(usize::from(needed.effect)) else { return NO_EFFECT };
    let contested = matches!(of.quantity, Quantity::ReferralReturned | Quantity::Dispute);
    let dyad = of.between.filter(|_| contested).and_then(|(one, other)| {
        rules.coordination.as_ref().and_then(|coordination| coordination.dyad(one, other))
    });
    dyad.map_or(NO_EFFECT, |dyad| u16::try_from(dyad).expect("at most 250 organisations are near"))
}

/// Whether two organisations decide every weekday because of a lever.
pub(super) fn decides_daily(description: &Description, of: &ChanceOf) -> bool {
    let (Some(coordination), Some((one, other))) = (&description.coordination, of.between) else {
        return false;
    };
    let levers = &coordination.levers;
    [&levers.daily_huddle, &levers.hub]
        .into_iter()
        .any(|list| both_in(description, list, (one, other)))
}

/// The days of multi-agency events: first day and the day after the last.
pub(super) fn made(description: &Description, days: &Days) -> Vec<(u32, u32)> {
    let Some(coordination) = &description.coordination else { return Vec::new() };
    let first = coordination.levers.made.iter().map(|date| day(days, *date));
    first.map(|first| (first, first + MADE_DAYS)).collect()
}

/// The rules of the layer. Pairs that begin with a lever are known by the first day on which it holds.
pub(super) fn rules(
    description: &Description,
    dyads: &[(u8, u8)],
    days: &Days,
    from: u32,
) -> Option<CoordinationRules> {
    let said = description.coordination.as_ref()?;
    let teams: Vec<TeamHours> = description
        .teams
        .values()
        .map(|team| TeamHours {
            organisation: position(&description.organisations, &team.organisation),
            staff: staff(description, team),
            share_of_time: team.share_of_time,
        })
        .collect();
    Some(CoordinationRules {
        theta: said.theta,
        parameters: said.parameters,
        couplings: said.couplings,
        organisations: organisations(description, said, &teams, from),
        dyads: dyads.iter().map(|pair| dyad(description, said, *pair, from)).collect(),
        teams,
        discharge_to_assess: said.levers.discharge_to_assess,
        made: made(description, days),
        programme: said.programme.as_ref().map(|it| programme(description, days, it)),
        survey_every: whole_days(said.survey_every).max(1),
    })
}

/// A lever that was pulled before a change began when it was pulled.
pub(super) fn keep_beginnings(later: &mut Rules, before: &Rules) {
    let (Some(later), Some(before)) = (&mut later.coordination, &before.coordination) else {
        return;
    };
    for (later, before) in later.organisations.iter_mut().zip(&before.organisations) {
        later.hub_since = later.hub_since.map(|from| before.hub_since.unwrap_or(from));
    }
    for (later, before) in later.dyads.iter_mut().zip(&before.dyads) {
        let form = later.single_form_from;
        later.single_form_from = form.map(|from| before.single_form_from.unwrap_or(from));
    }
}

fn organisations(
    description: &Description,
    said: &Coordination,
    teams: &[TeamHours],
    from: u32,
) -> Vec<OrganisationRules> {
    let levers = &said.levers;
    (0_u8..)
        .zip(&description.organisations)
        .map(|(index, (name, organisation))| OrganisationRules {
            stance: said.organisations.get(name).copied().unwrap_or_default(),
            leaving_per_day: organisation.turnover_per_year / 365.0,
            sickness: organisation.sickness,
            staff: teams.iter().filter(|it| it.organisation == index).map(|it| it.staff).sum(),
            huddle: levers.daily_huddle.contains(name),
            hub_since: levers.hub.contains(name).then_some(from),
            fined: levers.fines.contains(name),
            seven_days: levers.seven_days.contains(name),
        })
        .collect()
}

fn dyad(description: &Description, said: &Coordination, pair: (u8, u8), from: u32) -> DyadRules {
    let levers = &said.levers;
    let name = |side: u8| {
        let (name, _) = description
            .organisations
            .get_index(usize::from(side))
            .expect("a dyad is of organisations");
        name.as_str()
    };
    let (one, other) = (name(pair.0), name(pair.1));
    let both = |list: &[String]| both_in(description, list, pair);
    let is_fined = |name: &str| levers.fines.iter().any(|fined| fined == name);
    let is_acute = |side: u8| {
        let owned = description.places.values().filter(|place| place.acute);
        owned
            .into_iter()
            .any(|place| position(&description.organisations, &place.organisation) == side)
    };
    let names = [format!("{one}+{other}"), format!("{other}+{one}")];
    let start = names.iter().find_map(|name| said.dyads.get(name)).copied().unwrap_or_default();
    DyadRules {
        pair,
        start,
        single_form_from: both(&levers.single_form).then_some(from + FORM_DAYS),
        trusted_assessor: both(&levers.trusted_assessor),
        huddle: both(&levers.daily_huddle),
        hub: both(&levers.hub),
        pooled: both(&levers.pooled_budget),
        fined: is_fined(one) && is_acute(pair.1) || is_fined(other) && is_acute(pair.0),
        key: Key::of_name(&format!("dyads.{one}+{other}")),
    }
}

/// Whether both organisations are in a list.
fn both_in(description: &Description, list: &[String], pair: (u8, u8)) -> bool {
    [pair.0, pair.1].iter().all(|side| {
        let name = description.organisations.get_index(usize::from(*side)).map(|(name, _)| name);
        name.is_some_and(|name| list.contains(name))
    })
}

fn programme(description: &Description, days: &Days, said: &Programme) -> ProgrammeRules {
    let starts = day(days, said.starts);
    let ends = starts + whole_days(said.length);
    let listed = |list: &[String]| -> Vec<bool> {
        description.organisations.keys().map(|name| list.contains(name)).collect()
    };
    let within = |after: Duration| Some(starts + whole_days(after)).filter(|day| *day < ends);
    let until = whole_days(said.discussions_until);
    let every = whole_days(said.meeting_every).max(1);
    let first = starts + said.first_meeting_day() as u32;
    let meetings = (0..said.meetings).map(|number| first + number * every);
    ProgrammeRules {
        starts,
        ends,
        attending: listed(&said.attending),
        leadership: listed(&said.leadership_teams),
        discussions: (0..if until > 0 { DISCUSSIONS } else { 0 })
            .map(|number| starts + number * until / DISCUSSIONS)
            .collect(),
        working_note: within(said.working_note_after),
        meetings: meetings.collect(),
        evaluation: within(said.evaluation_after),
        nurture_every: said.nurture_every.map(|every| whole_days(every).max(1)),
        hours: said.people * said.time.seconds / 3_600.0,
    }
}

/// Individual discussions with each organisation.
const DISCUSSIONS: u32 = 3;

fn day(days: &Days, date: Date) -> u32 {
    u32::try_from(days.number_of(date.civil())).unwrap_or(0)
}

fn whole_days(duration: Duration) -> u32 {
    // A cast from f64 saturates; durations are checked to be 0 or more.
    duration.days().round() as u32
}
