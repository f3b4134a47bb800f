//! The pathways on paper and on a projector: a lane for each, with boxes in the colours of the
//! organisations, from left to right and in as many rows as they need.

use kuva::backend::svg::SvgBackend;
use kuva::render::color::Color;
use kuva::render::render::{PathData, Primitive, Scene, TextAnchor};

use super::{Drawing, Kind, Lane, Stop, a_day};
use crate::report::pictures::FONT;

/// Colours that nearly everybody can tell apart (Okabe and Ito), for edges and letters, and the same
/// pale for areas.
const COLOURS: [(&str, &str); 6] = [
    ("#0072b2", "#dcecf6"),
    ("#b34700", "#fbe6d8"),
    ("#007a59", "#d9f0e8"),
    ("#7b4ea3", "#eae0f2"),
    ("#8a6414", "#f3e9d4"),
    ("#555555", "#eeeeee"),
];
/// What belongs to nobody.
const NOBODY: (&str, &str) = ("#555555", "#f4f4f4");
/// Letters.
const INK: &str = "#222222";
/// A box, in points.
const BOX: (f64, f64) = (168.0, 104.0);
/// Between two boxes.
const GAP: f64 = 56.0;
/// Between two rows, at least.
const LEAST_GAP: f64 = 92.0;
/// Boxes in a row.
const PER_ROW: usize = 7;
/// Around everything.
const MARGIN: f64 = 28.0;
/// What the title of a lane takes.
const TITLE: f64 = 46.0;
/// What title and legend take.
const HEAD: f64 = 92.0;
/// The band that says where people are.
const BAND: f64 = 20.0;
/// A line of words under the title of a lane, and its characters for each box of a row.
const NOTE: f64 = 18.0;
const NOTE_LINE: usize = 27;
/// A line of words under a box.
const WORDS: f64 = 13.0;
/// Characters in a line of a box.
const LINE: usize = 21;

impl Drawing {
    /// As SVG.
    pub fn svg(&self) -> String {
        let width = 2.0 * MARGIN + PER_ROW as f64 * (BOX.0 + GAP);
        let height_of = |lane: &Lane| title_height(lane) + row_heights(lane).sum::<f64>();
        let height = 2.0 * MARGIN + HEAD + self.lanes.iter().map(height_of).sum::<f64>();
        let mut scene = Scene::new(width, height);
        scene.background_color = Some("white".to_owned());
        scene.font_family = Some(FONT.to_owned());
        self.head(&mut scene);
        let mut top = MARGIN + HEAD;
        for lane in &self.lanes {
            draw_lane(&mut scene, lane, top, width);
            top += height_of(lane);
        }
        SvgBackend::new().render_scene(&scene)
    }

    /// The title, and which colour is whose.
    fn head(&self, scene: &mut Scene) {
        text(scene, (MARGIN, MARGIN + 22.0), &self.title, 24, INK, true);
        let mut x = MARGIN;
        let y = MARGIN + 54.0;
        for (index, title) in self.organisations.iter().enumerate() {
            let (edge, area) = colour(Some(index));
            rectangle(scene, (x, y - 14.0), (22.0, 18.0), area, Some(edge));
            text(scene, (x + 30.0, y), title, 16, INK, false);
            x += 30.0 + 9.6 * title.chars().count() as f64 + 34.0;
        }
        let note = "numbers on arrows: people expected a day";
        text(scene, (x, y), note, 14, "#555555", false);
    }
}

/// What is said of a lane under its title.
fn notes(lane: &Lane) -> Vec<String> {
    lane.while_delayed().map_or(Vec::new(), |text| lines(&text, PER_ROW * NOTE_LINE, 4))
}

/// What the title of a lane takes, with what is said under it.
fn title_height(lane: &Lane) -> f64 {
    TITLE + NOTE * notes(lane).len() as f64
}

/// How high each row of a lane is, with what is written under it.
fn row_heights(lane: &Lane) -> impl Iterator<Item = f64> {
    lane.stops.chunks(PER_ROW).map(|row| {
        let most = row.iter().map(|stop| words(stop).len()).max().unwrap_or(0);
        BOX.1 + LEAST_GAP.max(10.0 + BAND + 14.0 + WORDS * most as f64 + 26.0)
    })
}

/// Where the rows of a lane begin.
fn row_tops(lane: &Lane, top: f64) -> Vec<f64> {
    let mut next = top + title_height(lane);
    let mut tops = Vec::new();
    for height in row_heights(lane) {
        tops.push(next);
        next += height;
    }
    tops
}

/// Where the box of a stop begins.
fn corner(index: usize, rows: &[f64]) -> (f64, f64) {
    let (row, column) = (index / PER_ROW, index % PER_ROW);
    (MARGIN + GAP / 2.0 + column as f64 * (BOX.0 + GAP), rows[row])
}

/// What is written under a stop: who starts again or goes elsewhere.
fn words(stop: &Stop) -> Vec<String> {
    stop.turns.iter().flat_map(|turn| lines(&turn.text, LINE + 7, 3)).collect()
}

fn draw_lane(scene: &mut Scene, lane: &Lane, top: f64, width: f64) {
    line(scene, (MARGIN, top), (width - MARGIN, top), "#bbbbbb", 1.0);
    let title = format!("{} · {} people a day", lane.title, a_day(lane.people));
    text(scene, (MARGIN, top + 26.0), &title, 19, INK, true);
    for (row, part) in notes(lane).iter().enumerate() {
        text(scene, (MARGIN, top + 47.0 + NOTE * row as f64), part, 13, "#444444", false);
    }
    let rows = row_tops(lane, top);
    bands(scene, lane, &rows);
    for (index, stop) in lane.stops.iter().enumerate() {
        arrow_to(scene, lane, index, &rows);
        draw_stop(scene, stop, corner(index, &rows));
        turns(scene, lane, index, &rows);
    }
}

/// Under each row, in which place people are.
fn bands(scene: &mut Scene, lane: &Lane, rows: &[f64]) {
    let mut first = 0;
    while first < lane.stops.len() {
        let place = &lane.stops[first].place;
        let row_end = (first / PER_ROW + 1) * PER_ROW;
        let same = |stop: &&Stop| stop.place == *place;
        let count = lane.stops[first..].iter().take(row_end - first).take_while(same).count();
        let last = first + count - 1;
        if let Some((title, organisation)) = place {
            let (edge, area) = colour(Some(*organisation));
            let (x, y) = corner(first, rows);
            let right = corner(last, rows).0 + BOX.0;
            let y = y + BOX.1 + 10.0;
            rectangle(scene, (x, y), (right - x, BAND), area, Some(edge));
            let most = ((right - x) / 8.0) as usize;
            text(scene, (x + 8.0, y + 15.0), &clip(&format!("in: {title}"), most), 13, edge, false);
        }
        first += count;
    }
}

/// The arrow from the stop before, and how many people come.
fn arrow_to(scene: &mut Scene, lane: &Lane, index: usize, rows: &[f64]) {
    let (x, y) = corner(index, rows);
    let middle = y + BOX.1 / 2.0;
    let begins = index.is_multiple_of(PER_ROW);
    let from = if begins { x - GAP / 2.0 + 2.0 } else { x - GAP + 3.0 };
    if index == 0 || leads_on(&lane.stops[index - 1], index) {
        line(scene, (from, middle), (x - 8.0, middle), "#444444", 2.0);
        let head = format!("M{},{} l-9,-5 l0,10 Z", x - 2.0, middle);
        path(scene, head, Some("#444444"), "#444444", 0.5, None);
    }
    let ends = (index + 1).is_multiple_of(PER_ROW) && index + 1 < lane.stops.len();
    if ends && leads_on(&lane.stops[index], index + 1) {
        let right = x + BOX.0;
        line(scene, (right + 3.0, middle), (right + GAP / 2.0 - 2.0, middle), "#444444", 2.0);
    }
    if let (false, Some(people)) = (begins, lane.stops[index].a_day()) {
        label(scene, (x - GAP / 2.0 - 3.0, middle - 9.0), &people, 13, INK);
    }
}

/// Whether people go on from a stop to the next one.
fn leads_on(stop: &Stop, next: usize) -> bool {
    match stop.kind {
        Kind::Leave => false,
        Kind::Split => stop.turns.iter().any(|turn| turn.to == Some(next)),
        _ => true,
    }
}

fn draw_stop(scene: &mut Scene, stop: &Stop, (x, y): (f64, f64)) {
    let (edge, area) = colour(stop.organisation);
    let is_plain = matches!(stop.kind, Kind::Wait | Kind::Hours | Kind::Split | Kind::Ready);
    let fill = if is_plain { "#ffffff" } else { area };
    rectangle(scene, (x, y), BOX, fill, Some(edge));
    if matches!(stop.kind, Kind::Place | Kind::Team | Kind::Meeting) {
        rectangle(scene, (x, y), (6.0, BOX.1), edge, None);
    }
    text(scene, (x + 12.0, y + 17.0), &stop.kind.word().to_uppercase(), 11, edge, true);
    let mut line_at = y + 35.0;
    for part in lines(&stop.title, LINE - 4, 2) {
        text(scene, (x + 12.0, line_at), &part, 13, INK, true);
        line_at += 17.0;
    }
    line_at += 1.0;
    let detail = stop.detail.strip_prefix(stop.title.as_str()).unwrap_or(&stop.detail);
    let detail = detail.trim_start_matches([',', ' ']);
    let room = if line_at > y + 60.0 { 2 } else { 3 };
    for part in lines(detail, LINE + 2, room) {
        text(scene, (x + 12.0, line_at), &part, 12, "#444444", false);
        line_at += 15.0;
    }
}

/// Who starts again or goes elsewhere: an arc within the row, and words.
fn turns(scene: &mut Scene, lane: &Lane, index: usize, rows: &[f64]) {
    let (x, y) = corner(index, rows);
    for turn in &lane.stops[index].turns {
        let is_near = turn.to.is_some_and(|to| to / PER_ROW == index / PER_ROW && to <= index);
        if let (Some(to), true) = (turn.to, is_near) {
            let target = corner(to, rows).0 + BOX.0 * 0.25;
            let from = x + BOX.0 * 0.75;
            let high = y - 20.0;
            let way =
                format!("M{from},{} C{from},{high} {target},{high} {target},{}", y - 2.0, y - 7.0);
            path(scene, way, None, "#444444", 1.6, Some("5 4"));
            let head = format!("M{target},{} l-5,-9 l10,0 Z", y - 1.0);
            path(scene, head, Some("#444444"), "#444444", 0.5, None);
        }
    }
    for (row, part) in words(&lane.stops[index]).iter().enumerate() {
        let below = y + BOX.1 + 10.0 + BAND + 14.0 + WORDS * row as f64;
        text(scene, (x, below), part, 11, "#444444", false);
    }
}

fn colour(organisation: Option<usize>) -> (&'static str, &'static str) {
    organisation.map_or(NOBODY, |index| COLOURS[index % COLOURS.len()])
}

/// Text in lines of so many characters, so many at most.
fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = clip(&format!("{last} …"), columns);
        }
    }
    lines.into_iter().map(|line| clip(&line, columns)).collect()
}

fn clip(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    let cut: String = text.chars().take(columns.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

fn text(scene: &mut Scene, (x, y): (f64, f64), content: &str, size: u32, colour: &str, bold: bool) {
    put(scene, (x, y), content, size, colour, bold, TextAnchor::Start);
}

/// Text around a point.
fn label(scene: &mut Scene, at: (f64, f64), content: &str, size: u32, colour: &str) {
    put(scene, at, content, size, colour, false, TextAnchor::Middle);
}

fn put(
    scene: &mut Scene,
    (x, y): (f64, f64),
    content: &str,
    size: u32,
    colour: &str,
    bold: bool,
    anchor: TextAnchor,
) {
    scene.add(Primitive::Text {
        x,
        y,
        // The drawing library reads `$` as the start of a formula.
        content: content.replace('$', "\\$"),
        size,
        anchor,
        rotate: None,
        bold,
        color: Some(Color::from(colour)),
    });
}

fn rectangle(
    scene: &mut Scene,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
    fill: &str,
    stroke: Option<&str>,
) {
    scene.add(Primitive::Rect {
        x,
        y,
        width,
        height,
        fill: Color::from(fill),
        stroke: stroke.map(Color::from),
        stroke_width: stroke.map(|_| 1.5),
        opacity: None,
    });
}

fn line(scene: &mut Scene, (x1, y1): (f64, f64), (x2, y2): (f64, f64), stroke: &str, width: f64) {
    let stroke = Color::from(stroke);
    scene.add(Primitive::Line {
        x1,
        y1,
        x2,
        y2,
        stroke,
        stroke_width: width,
        stroke_dasharray: None,
    });
}

fn path(
    scene: &mut Scene,
    d: String,
    fill: Option<&str>,
    stroke: &str,
    stroke_width: f64,
    dashes: Option<&str>,
) {
    scene.add(Primitive::Path(Box::new(PathData {
        d,
        fill: fill.map(Color::from),
        stroke: Color::from(stroke),
        stroke_width,
        opacity: None,
        stroke_dasharray: dashes.map(str::to_owned),
    })));
}
