//! Right answers: labels beside the model, or those that the user names.

use niello_model::{DType, Tensor};

use crate::imported::Given;
use crate::Error;

/// Right answers of the golden model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Samples whose largest element is the labelled one.
    pub right: usize,
    /// Samples.
    pub of: usize,
    /// What was asked for, in percent.
    pub least: Option<f64>,
}

impl Accuracy {
    /// In percent.
    pub fn percent(&self) -> f64 {
        100.0 * self.right as f64 / self.of.max(1) as f64
    }

    /// As accurate as was asked for.
    pub fn agrees(&self) -> bool {
        self.least.is_none_or(|least| self.percent() >= least)
    }
}

/// Counts right answers; of equal elements the first one counts, as argmax has it.
///
/// # Errors
/// E106: the file does not hold one class for each sample.
pub(super) fn accuracy(given: &Given, results: &[Tensor], least: Option<f64>) -> Result<Accuracy, Error> {
    let labels = &given.samples;
    let classes = results.first().map_or(0, Tensor::len);
    let refuse = |what: String, help: &str| Error::new("E106", format!("{} {what}", given.from), help);
    const HELP: &str = "one class a sample, as integers of shape [samples]";
    if labels.dtype == DType::F32 {
        return Err(refuse("holds floats, not classes".into(), HELP));
    }
    if labels.shape[1..].iter().product::<usize>() != 1 {
        return Err(refuse(format!("has shape {:?}", labels.shape), HELP));
    }
    if labels.samples.len() != results.len() {
        let what = format!("holds {} labels, the inputs {} samples", labels.samples.len(), results.len());
        return Err(refuse(what, "give labels of the same samples"));
    }
    let class = |t: &Tensor| t.ints().first().copied().unwrap_or(-1);
    let out = |l: &Tensor| !(0..classes as i64).contains(&class(l));
    if let Some(i) = labels.samples.iter().position(out) {
        let what = format!("has label {} for sample {i}", class(&labels.samples[i]));
        return Err(refuse(what, &format!("the model has {classes} classes, counted from 0")));
    }
    let right = results.iter().zip(&labels.samples).filter(|(r, l)| class(l) == first_largest(r)).count();
    Ok(Accuracy { right, of: results.len(), least })
}

fn first_largest(t: &Tensor) -> i64 {
    let v: Vec<f64> = match t {
        Tensor::F32(v) => v.iter().map(|x| f64::from(*x)).collect(),
        Tensor::Int(v) => v.iter().map(|x| *x as f64).collect(),
    };
    (1..v.len()).fold(0, |best, i| if v[i] > v[best] { i } else { best }) as i64
}
