//! Plain networks have the means that queueing theory gives them.
//!
//! Each scenario has no acute place and no delay, so that it is a network of queues and nothing
//! else. Seeds are fixed; a mean must lie within 4 standard errors of the exact value, and the
//! standard error must be small. Formulas are those of Gross, Shortle, Thompson and Harris,
//! *Fundamentals of Queueing Theory*, 4th edition, 2008, by chapter.

use crate::support::{Runs, model, model_of_file};

/// A network of one kind of people who come `per_day` and take `steps`.
fn network(seed: u32, length: &str, per_day: f64, parts: &str, steps: &str) -> String {
    format!(
        r#"
schema = 1
title = "A plain network"
run = {{ start = 2024-01-01, warm_up = "100 days", length = "{length}", seed = {seed} }}
organisations.theory = {{}}
arrivals.people = {{ per_day = {per_day:?}, pathways = {{ through = 1.0 }} }}
{parts}
[pathways.through.steps]
{steps}
out = {{ leave = "done" }}
"#
    )
}

/// The mean number waiting in M/M/c by Erlang's delay formula, for `load` = arrivals x mean service
/// (section 2.3).
fn erlang_c_queue(servers: u32, load: f64) -> f64 {
    // Erlang's loss formula by its recursion, then the chance of waiting from it.
    let loss = (1..=servers).fold(1.0, |loss, n| load * loss / (f64::from(n) + load * loss));
    let use_of_each = load / f64::from(servers);
    let waits = loss / (1.0 - use_of_each * (1.0 - loss));
    waits * use_of_each / (1.0 - use_of_each)
}

/// The mean wait in M/G/1, by the formula of Pollaczek and Khinchine (section 5.1).
fn pollaczek_khinchine(rate: f64, mean: f64, sd: f64) -> f64 {
    rate * (mean * mean + sd * sd) / (2.0 * (1.0 - rate * mean))
}

/// The stationary distribution of a Markov chain from its rates, by the elimination of Grassmann,
/// Taksar and Heyman (*Operations Research* 33(5), 1985), which subtracts nothing.
fn stationary(mut rates: Vec<Vec<f64>>) -> Vec<f64> {
    let states = rates.len();
    for last in (1..states).rev() {
        let out: f64 = rates[last][..last].iter().sum();
        assert!(out > 0.0, "the chain is irreducible");
        let row = rates[last].clone();
        for from in &mut rates[..last] {
            let through = from[last] / out;
            if through > 0.0 {
                from[..last].iter_mut().zip(&row).for_each(|(rate, on)| *rate += through * on);
            }
            from[last] = through;
        }
    }
    let mut chances = vec![1.0];
    while chances.len() < states {
        let state = chances.len();
        let into = chances.iter().zip(&rates).map(|(chance, row)| chance * row[state]).sum();
        chances.push(into);
    }
    let total: f64 = chances.iter().sum();
    chances.iter().map(|chance| chance / total).collect()
}

#[test]
fn erlang_c_has_its_published_values() {
    // M/M/1: rho^2 / (1 - rho). M/M/2: 2 rho^3 / (1 - rho^2) with rho = load / 2.
    assert!((erlang_c_queue(1, 0.7) - 0.49 / 0.3).abs() < 1e-12);
    assert!((erlang_c_queue(2, 1.5) - 2.0 * 0.75_f64.powi(3) / (1.0 - 0.75 * 0.75)).abs() < 1e-12);
}

#[test]
fn the_solver_of_chains_knows_a_queue_with_a_limit() {
    // M/M/1/4 with load 1/2: chances fall by half from state to state.
    let mut rates = vec![vec![0.0; 5]; 5];
    for (below, above) in (0..4).zip(1..) {
        rates[below][above] = 1.0;
        rates[above][below] = 2.0;
    }
    let chances = stationary(rates);
    for (state, chance) in chances.iter().enumerate() {
        let expected = 0.5_f64.powi(state as i32) * 16.0 / 31.0;
        assert!((chance - expected).abs() < 1e-12, "{chances:?}");
    }
}

#[test]
fn m_m_1_waits_as_theory_says() {
    let load = 0.7;
    let text = network(
        1,
        "4000 days",
        10.0,
        r#"teams.server = { organisation = "theory", headcount = 1 }"#,
        r#"work = { task = "server", takes = { exponential = "0.07 days" } }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    let queue = load * load / (1.0 - load);
    runs.assert_mean("queue.server", queue, 0.02);
    runs.assert_mean("wait_days.server", queue / 10.0, 0.02);
    runs.assert_mean("utilisation.server", load, 0.005);
    runs.assert_mean("arrivals_per_day.people", 10.0, 0.005);
    runs.assert_mean("stay_days.all", (queue + load) / 10.0, 0.02);
}

#[test]
fn m_m_c_waits_as_erlang_says_for_the_staff_of_a_team() {
    for (seed, servers, load) in [(2, 2, 1.4), (3, 5, 4.0), (4, 20, 16.0)] {
        let parts =
            format!("teams.servers = {{ organisation = \"theory\", headcount = {servers} }}");
        let steps = format!(
            "work = {{ task = \"servers\", takes = {{ exponential = \"{} days\" }} }}",
            load / 10.0
        );
        let runs = Runs::of(&model(&network(seed, "4000 days", 10.0, &parts, &steps)), 40);
        let queue = erlang_c_queue(servers, load);
        runs.assert_mean("queue.servers", queue, 0.03);
        runs.assert_mean("wait_days.servers", queue / 10.0, 0.03);
        runs.assert_mean("utilisation.servers", load / f64::from(servers), 0.005);
    }
}

#[test]
fn m_m_c_waits_as_erlang_says_for_the_beds_of_a_place() {
    let (beds, load) = (8, 6.4);
    let text = network(
        5,
        "4000 days",
        10.0,
        &format!("places.ward = {{ organisation = \"theory\", capacity = {beds} }}"),
        "bed = { enter = \"ward\" }\ntreatment = { stay = { exponential = \"0.64 days\" } }",
    );
    let runs = Runs::of(&model(&text), 40);
    let queue = erlang_c_queue(beds, load);
    runs.assert_mean("queue.ward", queue, 0.03);
    runs.assert_mean("wait_days.ward", queue / 10.0, 0.03);
    runs.assert_mean("people_in.ward", load, 0.005);
    runs.assert_mean("occupancy.ward", load / f64::from(beds), 0.005);
    runs.assert_mean("throughput_per_day.ward", 10.0, 0.005);
}

#[test]
fn cases_at_once_and_absence_are_as_good_as_staff() {
    // 5 posts less a fifth, each with half the time and 4 cases at once: 8 servers.
    let text = network(
        6,
        "4000 days",
        10.0,
        r#"teams.servers = { organisation = "theory", headcount = 5, vacancy = 0.2, share_of_time = 0.5, cases_at_once = 4 }"#,
        r#"work = { task = "servers", takes = { exponential = "0.64 days" } }"#,
    );
    let runs = Runs::of(&model(&text), 40);
    runs.assert_mean("wait_days.servers", erlang_c_queue(8, 6.4) / 10.0, 0.03);
    runs.assert_mean("utilisation.servers", 0.8, 0.005);
}

#[test]
fn m_g_1_waits_as_pollaczek_and_khinchine_say() {
    let mean = 0.06;
    let cases = [
        (7, "\"0.06 days\"", 0.0),
        (8, "{ gamma = { mean = \"0.06 days\", sd = \"0.09 days\" } }", 0.09),
        (9, "{ lognormal = { mean = \"0.06 days\", sd = \"0.06 days\" } }", 0.06),
        (10, "{ erlang = { mean = \"0.06 days\", stages = 4 } }", 0.03),
        (11, "{ uniform = { low = \"0 days\", high = \"0.12 days\" } }", 0.12 / 12_f64.sqrt()),
        (
            12,
            "{ triangular = { low = \"0 days\", mode = \"0.06 days\", high = \"0.12 days\" } }",
            0.06 / 6_f64.sqrt(),
        ),
    ];
    for (seed, takes, sd) in cases {
        let text = network(
            seed,
            "4000 days",
            10.0,
            r#"teams.server = { organisation = "theory", headcount = 1 }"#,
            &format!("work = {{ task = \"server\", takes = {takes} }}"),
        );
        let runs = Runs::of(&model(&text), 16);
        let wait = pollaczek_khinchine(10.0, mean, sd);
        runs.assert_mean("wait_days.server", wait, 0.02);
        runs.assert_mean("queue.server", 10.0 * wait, 0.02);
        runs.assert_mean("utilisation.server", 0.6, 0.005);
    }
}

#[test]
fn m_g_infinity_holds_arrivals_times_the_mean_stay_whatever_its_distribution() {
    let cases = [
        (13, "\"6 days\""),
        (14, "{ exponential = \"6 days\" }"),
        (15, "{ lognormal = { mean = \"6 days\", sd = \"5 days\" } }"),
        (16, "{ gamma = { mean = \"6 days\", sd = \"9 days\" } }"),
    ];
    for (seed, stay) in cases {
        let text = network(
            seed,
            "1000 days",
            20.0,
            r#"places.home = { organisation = "theory", capacity = "unlimited" }"#,
            &format!("in = {{ enter = \"home\" }}\nbe = {{ stay = {stay} }}"),
        );
        let runs = Runs::of(&model(&text), 20);
        runs.assert_mean("people_in.home", 120.0, 0.005);
        runs.assert_mean("throughput_per_day.home", 20.0, 0.005);
        let never_waits = runs.estimate("wait_days.home");
        assert!(never_waits.mean.abs() < f64::EPSILON, "{never_waits:?}");
    }
}

#[test]
fn work_that_is_done_again_is_a_queue_with_feedback() {
    // Jackson: with chance 0.3 of another round, the server sees 7 / 0.7 = 10 a day (section 4.2).
    let text = network(
        17,
        "4000 days",
        7.0,
        r#"teams.server = { organisation = "theory", headcount = 1 }"#,
        r#"work = { task = "server", takes = { exponential = "0.07 days" }, again = { chance = 0.3, from = "work" } }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    let queue = 0.49 / 0.3;
    runs.assert_mean("queue.server", queue, 0.02);
    runs.assert_mean("wait_days.server", queue / 10.0, 0.02);
    runs.assert_mean("stay_days.all", (queue + 0.7) / 7.0, 0.02);
}

#[test]
fn a_network_of_teams_is_jacksons() {
    // Triage by 2, then work by 1 for 60 %, then back to triage for a quarter of those.
    // Triage sees t = 8 + 0.25 w and work w = 0.6 t a day.
    let text = network(
        18,
        "4000 days",
        8.0,
        "teams.triage = { organisation = \"theory\", headcount = 2 }
        teams.worker = { organisation = \"theory\", headcount = 1 }",
        r#"triage = { task = "triage", takes = { exponential = "0.15 days" } }
        needed = { split = { work = 0.6, out = 0.4 } }
        work = { task = "worker", takes = { exponential = "0.12 days" }, again = { chance = 0.25, from = "triage" } }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    let triage = 8.0 / (1.0 - 0.25 * 0.6);
    let work = 0.6 * triage;
    let waiting = [erlang_c_queue(2, triage * 0.15), erlang_c_queue(1, work * 0.12)];
    runs.assert_mean("queue.triage", waiting[0], 0.02);
    runs.assert_mean("queue.worker", waiting[1], 0.02);
    runs.assert_mean("wait_days.triage", waiting[0] / triage, 0.02);
    runs.assert_mean("wait_days.worker", waiting[1] / work, 0.02);
    let people = waiting[0] + waiting[1] + triage * 0.15 + work * 0.12;
    runs.assert_mean("stay_days.all", people / 8.0, 0.02);
}

/// Two stations in line: one bed, then a place for `room` people of whom one at a time is served.
/// Who is ready in the bed keeps it until the place accepts them.
fn line(seed: u32, per_day: f64, length: &str, first: f64, room: usize, second: f64) -> String {
    network(
        seed,
        length,
        per_day,
        &format!(
            "places.bed = {{ organisation = \"theory\", capacity = 1 }}
            places.next = {{ organisation = \"theory\", capacity = {room} }}
            teams.server = {{ organisation = \"theory\", headcount = 1 }}"
        ),
        &format!(
            "bed = {{ enter = \"bed\" }}
            treatment = {{ stay = {{ exponential = \"{first} days\" }} }}
            next = {{ enter = \"next\" }}
            work = {{ task = \"server\", takes = {{ exponential = \"{second} days\" }} }}"
        ),
    )
}

#[test]
fn a_line_with_blocking_after_service_is_its_markov_chain() {
    const LONGEST: usize = 160;
    for (seed, room) in [(19, 1), (20, 3)] {
        let (arrive, first, second) = (4.0, 1.0 / 0.12, 1.0 / 0.13);
        // State: people not past the bed, whether the one in it is blocked, people in the place.
        let kinds = room + 2;
        let state = |people: usize, then: usize| people * kinds + then;
        let blocked = room + 1;
        let mut rates = vec![vec![0.0; (LONGEST + 1) * kinds]; (LONGEST + 1) * kinds];
        for people in 0..=LONGEST {
            for then in 0..kinds {
                let from = state(people, then);
                let in_place = then.min(room);
                if people < LONGEST {
                    rates[from][state(people + 1, then)] = arrive;
                }
                if people > 0 && then < blocked {
                    let to = if then == room {
                        state(people, blocked)
                    } else {
                        state(people - 1, then + 1)
                    };
                    rates[from][to] = first;
                }
                if then == blocked {
                    // Nobody is blocked in an empty bed; the state leads back where it could be.
                    rates[from][state(people.saturating_sub(1), room)] = second;
                } else if in_place > 0 {
                    rates[from][state(people, then - 1)] = second;
                }
            }
        }
        let chances = stationary(rates);
        let mean = |value: &dyn Fn(usize, usize) -> f64| -> f64 {
            (0..=LONGEST)
                .flat_map(|people| (0..kinds).map(move |then| (people, then)))
                .map(|(people, then)| chances[state(people, then)] * value(people, then))
                .sum()
        };
        assert!(
            mean(&|people, _| f64::from(u8::from(people == LONGEST))) < 1e-9,
            "cut off far out"
        );
        let in_bed = mean(&|people, _| people.min(1) as f64);
        let waiting = mean(&|people, _| people.saturating_sub(1) as f64);
        let held_up = mean(&|_, then| f64::from(u8::from(then == blocked)));
        let in_next = mean(&|_, then| then.min(room) as f64);
        let served = mean(&|_, then| f64::from(u8::from(then > 0)));

        let runs = Runs::of(&model(&line(seed, arrive, "8000 days", 0.12, room, 0.13)), 20);
        runs.assert_mean("people_in.bed", in_bed, 0.01);
        runs.assert_mean("queue.bed", waiting, 0.03);
        runs.assert_mean("wait_days.bed", waiting / arrive, 0.03);
        runs.assert_mean("queue.next", held_up, 0.03);
        runs.assert_mean("wait_days.next", held_up / arrive, 0.03);
        runs.assert_mean("people_in.next", in_next, 0.01);
        runs.assert_mean("utilisation.server", served, 0.01);
        runs.assert_mean("throughput_per_day.next", arrive, 0.01);
    }
}

#[test]
fn the_most_that_a_blocked_line_lets_through_is_that_of_its_slower_end() {
    // With people always waiting, the people past treatment are a queue with `room` + 1 at most,
    // the last of whom holds the bed: M/M/1/(room + 1).
    for (seed, room) in [(21, 1), (22, 4)] {
        let ratio: f64 = 0.13 / 0.12;
        let chances: Vec<f64> = (0..=room + 1).map(|state| ratio.powi(state)).collect();
        let total: f64 = chances.iter().sum();
        let most = (1.0 - chances[0] / total) / 0.13;
        let room = room.unsigned_abs() as usize;
        let runs = Runs::of(&model(&line(seed, 12.0, "2000 days", 0.12, room, 0.13)), 16);
        runs.assert_mean("throughput_per_day.next", most, 0.005);
        runs.assert_mean("throughput_per_day.bed", most, 0.005);
        runs.assert_mean("occupancy.bed", 1.0, 0.005);
    }
}

#[test]
fn a_meeting_keeps_people_half_a_round_and_a_round_for_each_time_they_are_put_off() {
    let text = network(
        23,
        "2000 days",
        5.0,
        r#"meetings.panel = { organisation = "theory", between = "14:00", decided = 0.4 }"#,
        r#"decision = { meeting = "panel" }"#,
    );
    let runs = Runs::of(&model(&text), 16);
    runs.assert_mean("wait_days.panel", 0.5 + 0.6 / 0.4, 0.01);
}

#[test]
fn a_meeting_with_so_many_turns_is_a_queue_with_bulk_service() {
    // Before each sitting: who was left, and Poisson(5) new ones; 6 are taken (section 3.5).
    const LONGEST: usize = 200;
    let (new, turns) = (5.0_f64, 6);
    let mut of_new = vec![(-new).exp()];
    for count in 1..=LONGEST {
        of_new.push(of_new[count - 1] * new / count as f64);
    }
    let mut rates = vec![vec![0.0; LONGEST + 1]; LONGEST + 1];
    for (before, row) in rates.iter_mut().enumerate() {
        let left = before.saturating_sub(turns);
        for (count, chance) in of_new.iter().enumerate() {
            row[(left + count).min(LONGEST)] += chance;
        }
    }
    let chances = stationary(rates);
    let left: f64 =
        chances.iter().enumerate().map(|(n, p)| n.saturating_sub(turns) as f64 * p).sum();
    let text = network(
        24,
        "4000 days",
        new,
        &format!(
            "meetings.panel = {{ organisation = \"theory\", between = \"14:00\", cases = {turns} }}"
        ),
        r#"decision = { meeting = "panel" }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("wait_days.panel", left / new + 0.5, 0.02);
}

#[test]
fn littles_law_holds_for_every_place_and_team_of_the_baseline() {
    // Without harm, so that nobody who waits gives up: those have no wait that ends in service.
    // And with fewer people, so that all queues are in balance.
    let names = model_of_file("scenarios/baseline.toml", &[]).names;
    let mut sets =
        vec!["run.length=\"2 years\"".to_owned(), "arrivals.emergency.per_day=47".to_owned()];
    for (pathway, harms) in names.pathways.iter().zip(&names.hazards) {
        for harm in harms {
            sets.push(format!("pathways.{}.while_delayed.{}.per_day=0", pathway.id, harm.id));
        }
    }
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    let model = model_of_file("scenarios/baseline.toml", &sets);
    let mut tallies = vec![(0.0, 0.0, 0.0); model.names.places.len() + model.names.teams.len()];
    for replication in 0..3 {
        let observed = model.simulate(replication);
        let queues = observed.places.iter().map(|place| &place.queue).chain(&observed.teams);
        for (sum, queue) in tallies.iter_mut().zip(queues) {
            sum.0 += queue.waiting_area as f64;
            sum.1 += queue.waits.seconds as f64;
            sum.2 += queue.waits.count as f64;
        }
    }
    let names = model.names.places.iter().chain(&model.names.teams);
    for (name, (area, seconds, count)) in names.zip(tallies) {
        assert!(count > 1_000.0, "{} served {count}", name.id);
        // The queue's length is the rate of those served times their wait, up to those who wait
        // when measuring begins and ends.
        let difference = (area - seconds).abs() / area.max(60.0 * count);
        assert!(difference < 0.02, "{}: {area} and {seconds} of {count}", name.id);
    }
}
