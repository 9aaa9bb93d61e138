//! The operators of each format, as the registries of the importers say them: `niello check --list`, and the list in README.

use niello_model::supported::Supported;
use niello_model::{onnx, tflite};

/// Where README's list begins and ends.
const MARKS: [&str; 2] = ["<!-- operators: `niello block catalogue` -->\n", "<!-- end of operators -->\n"];

/// All operators, by format and name.
pub fn operators() -> Vec<Supported> {
    let mut all = tflite::supported();
    all.extend(onnx::supported());
    all
}

/// Names of a format, those together of which the same is built; words in brackets say what. Those built whole come first.
fn sentence(format: &str) -> String {
    let mut groups: Vec<(&str, Vec<String>)> = vec![("", Vec::new())];
    for o in operators().iter().filter(|o| o.format == format) {
        let name = format!("`{}`", o.name);
        match groups.iter_mut().find(|g| g.0 == o.built) {
            Some(group) => group.1.push(name),
            None => groups.push((o.built, vec![name])),
        }
    }
    let part = |(built, names): &(&str, Vec<String>)| match *built {
        "" => names.join(", "),
        built => format!("{} ({built})", names.join(", ")),
    };
    groups.iter().map(part).collect::<Vec<_>>().join("; ")
}

/// Lines of at most so many characters, all but the first one indented.
fn wrapped(text: &str, most: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= most => *line = format!("{line} {word}"),
            _ => lines.push(format!("  {word}")),
        }
    }
    lines.join("\n") + "\n"
}

/// The list as README has it.
pub fn markdown() -> String {
    ["TFLite", "ONNX", "QONNX", "niello"]
        .map(|format| wrapped(&format!("- **{format}**: {}.", sentence(format)), 150))
        .concat()
}

/// README with the present list; None: it has no place for one.
pub fn readme(text: &str) -> Option<String> {
    let (before, rest) = text.split_once(MARKS[0])?;
    let (_, after) = rest.split_once(MARKS[1])?;
    Some(format!("{before}{}{}{}{after}", MARKS[0], markdown(), MARKS[1]))
}
