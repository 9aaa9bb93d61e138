//! MaxPool, AveragePool, QLinearAveragePool, GlobalAveragePool, QLinearGlobalAveragePool.

use super::conv::result;
use super::flow::{Flow, Kind, Pending, Real, What};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;
use niello_net::layers::Pool;
use niello_net::{Codes, DType, Node, Op, Value, Window};

impl Importer {
    pub(super) fn average_pool(&mut self, at: &At) {
        let Some((x, flow)) = self.operand(at, 0) else { return };
        let Some((pending, layout, flow)) = self.means(at, x, flow) else { return };
        self.put(at, Flow { layout, kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// Channels may be declared last.
    pub(super) fn qlinear_average_pool(&mut self, at: &At) {
        let Some((x, mut flow)) = self.integer_operand(at, 0, 1) else { return };
        let Some(to) = self.codes(at, 3, 4) else { return };
        let last = declared_last(at, &mut flow);
        let Some((pending, mut layout, _)) = self.means(at, x, flow) else { return };
        if last {
            layout = back_to_last(&layout);
        }
        self.finish(at, pending, layout, to);
    }

    fn means(&mut self, at: &At, x: Codes, flow: Flow) -> Option<(Pending, Layout, Flow)> {
        let signal = flow.layout.shape.len() == 2;
        let (image, flow) = self.image(at, flow)?;
        let window = self.pooling(at, image, signal)?;
        let count_outside = at.int("count_include_pad", 0) != 0;
        // ONNX Runtime takes a patch that is the image for a global average, which has another rule.
        let what = if window.is_global() { What::Mean(x, window) } else { What::Means(x, window, count_outside) };
        let mut pending = self.pending(at, flow.source, what);
        pending.float = self.takes_int8_or_passed(at);
        Some((pending, result(&window, image[2], signal), flow))
    }

    /// The window of a pooling.
    fn pooling(&mut self, at: &At, image: [usize; 3], signal: bool) -> Option<Window> {
        let kernel = match (at.ints("kernel_shape"), signal) {
            (Some([ky, kx]), false) => [*ky, *kx],
            (Some([k]), true) => [1, *k],
            _ => {
                self.inconsistent(at, "kernel_shape does not fit its operand");
                return None;
            }
        };
        let ceil = at.int("ceil_mode", 0) != 0;
        let window = self.attributes(at, image, kernel, signal, ceil)?;
        if window.taps() == 1 {
            let op = clean(&at.node.op_type);
            self.unsupported(&at.place, &op, "patches of one pixel", "patches of two pixels or more");
            return None;
        }
        Some(window)
    }

    /// The largest code is that of the largest real: functions that never fall change nothing in that.
    pub(super) fn max_pool(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        match &flow.kind {
            Kind::Plain(DType::F32) => {
                return self.unsupported(&at.place, "MaxPool", "it works on floats", "quantize its input");
            }
            Kind::Plain(d) if self.opset < 12 => {
                let what = format!("operator set {} has no MaxPool of {}", self.opset, d.name());
                return self.inconsistent(at, what);
            }
            Kind::Pending(p) => return self.unquantized(at, &p.op.clone()),
            Kind::Real(r @ Real { function: Some(_), .. }) if !r.values().is_sorted() => {
                return self.unsupported(
                    &at.place,
                    "MaxPool",
                    "its operand's function falls",
                    "a QuantizeLinear before it",
                );
            }
            _ => {}
        }
        let signal = flow.layout.shape.len() == 2;
        let Some((image, flow)) = self.image(at, flow) else { return };
        if at.node.output.get(1).is_some_and(|o| !o.is_empty()) {
            return self.unsupported(&at.place, "MaxPool", "it gives indices", "one output");
        }
        let Some(window) = self.pooling(at, image, signal) else { return };
        let dtype = self.dtype(flow.source);
        let layout = result(&window, image[2], signal);
        let op = Op::from(Pool { window, average: None, outside: dtype.range().0, float32: None });
        let output = Value { name: clean(at.output()), shape: layout.stored(), dtype };
        let (name, inputs) = (output.name.clone(), vec![flow.source]);
        let source = self.push(Node { name, kind: "MaxPool".into(), op, inputs, output, float_in_framework: false });
        let flow = self.behind(at, Flow { layout, source, kind: flow.kind });
        self.put(at, flow);
    }

    pub(super) fn global_average_pool(&mut self, at: &At) {
        let Some((x, flow)) = self.operand(at, 0) else { return };
        let Some((window, flow)) = self.whole(at, flow) else { return };
        let mut pending = self.pending(at, flow.source, What::Mean(x, window));
        pending.float = flow.passed();
        let layout = averaged(&flow.layout);
        self.put(at, Flow { layout, kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// ReduceMean over the whole image of each channel. ONNX Runtime computes it in float.
    pub(super) fn reduce_mean(&mut self, at: &At) {
        let Some((x, flow)) = self.operand(at, 0) else { return };
        let given = at.ints("axes").map(<[i64]>::to_vec);
        let axes = given.or_else(|| self.constants.get(at.input(1)).map(|c| c.ints.clone())).unwrap_or_default();
        // The batch is the first dimension in the file, the channels are the second.
        let rank = flow.layout.shape.len() as i64 + 1;
        let mut axes: Vec<i64> = axes.iter().map(|a| if *a < 0 { a + rank } else { *a }).collect();
        axes.sort_unstable();
        if rank < 3 || !axes.iter().copied().eq(2..rank) {
            let why = format!("it averages over dimensions {axes:?} of {rank}");
            return self.unsupported(&at.place, "ReduceMean", &why, "the mean over all rows and columns of an image");
        }
        let Some((window, flow)) = self.whole(at, flow) else { return };
        let mut pending = self.pending(at, flow.source, What::Mean(x, window));
        pending.float = !self.is_qonnx;
        let mut layout = averaged(&flow.layout);
        if at.int("keepdims", 1) == 0 {
            layout = Layout::plain(&layout.shape[..1]);
        }
        self.put(at, Flow { layout, kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// Channels may be declared last.
    pub(super) fn qlinear_global_average_pool(&mut self, at: &At) {
        let Some((x, mut flow)) = self.integer_operand(at, 0, 1) else { return };
        let Some(to) = self.codes(at, 3, 4) else { return };
        let last = declared_last(at, &mut flow);
        let Some((window, flow)) = self.whole(at, flow) else { return };
        let pending = self.pending(at, flow.source, What::Mean(x, window));
        let mut layout = averaged(&flow.layout);
        if last {
            layout = back_to_last(&layout);
        }
        self.finish(at, pending, layout, to);
    }

    /// The window that is the whole image.
    fn whole(&mut self, at: &At, flow: Flow) -> Option<(Window, Flow)> {
        let ([height, width, channels], flow) = self.image(at, flow)?;
        let (kernel, one) = ([height as i64, width as i64], [1, 1]);
        let padding = crate::window::Padding::Explicit([0; 4]);
        let image = [height, width, channels];
        let described = crate::window::Described { image, kernel, stride: one, dilation: one, padding };
        Some((self.windowed(at, &described)?, flow))
    }
}

/// Channels are the last dimension in the file: they become the first one.
fn declared_last(at: &At, flow: &mut Flow) -> bool {
    let (last, rank) = (at.int("channels_last", 0) != 0, flow.layout.shape.len());
    if last && rank > 1 {
        let perm: Vec<usize> = std::iter::once(rank - 1).chain(0..rank - 1).collect();
        flow.layout = flow.layout.transposed(&perm);
    }
    last
}

/// Channels are the last dimension again.
fn back_to_last(layout: &Layout) -> Layout {
    layout.transposed(&(1..layout.shape.len()).chain([0]).collect::<Vec<usize>>())
}

/// One pixel is left.
fn averaged(before: &Layout) -> Layout {
    let shape: Vec<usize> = before.shape.iter().enumerate().map(|(i, d)| if i == 0 { *d } else { 1 }).collect();
    Layout::image(&shape)
}
