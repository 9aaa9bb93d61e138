//! Resize (nearest) by whole factors, Upsample, DepthToSpace: codes that move.

use super::flow::{Flow, Kind};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;
use niello_net::layers::{Conv, Enlarge, Enlarging, Table};
use niello_net::{DType, Node, Op, Value};

impl Importer {
    /// Every pixel becomes a rectangle: wherever the file's rule of coordinates says just that.
    pub(super) fn resize(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let upsample = at.node.op_type == "Upsample";
        let floats = |i: usize| self.constants.get(at.input(i)).map(|c| c.floats.clone()).filter(|f| !f.is_empty());
        let ints = |i: usize| self.constants.get(at.input(i)).map(|c| c.ints.clone()).filter(|f| !f.is_empty());
        let shape = flow.layout.shape.clone();
        if !upsample && floats(2).is_some() && ints(3).is_some() {
            return self.inconsistent(at, "scales and sizes say both how large it becomes");
        }
        let whole = |f: f32| (f.fract() == 0.0 && (1.0..=16.0).contains(&f)).then_some(f as u32);
        let factors: Option<Vec<u32>> = match (floats(if upsample { 1 } else { 2 }), ints(3)) {
            (Some(scales), _) => scales.iter().map(|f| whole(*f)).collect(),
            (None, Some(sizes)) if sizes.len() == shape.len() + 1 && sizes[0] == 1 => {
                let ratio = |(size, old): (&i64, &usize)| whole(*size as f32 / *old as f32);
                std::iter::once(Some(1)).chain(sizes[1..].iter().zip(&shape).map(ratio)).collect()
            }
            _ => None,
        };
        let by = match factors.as_deref() {
            Some([1, 1, h, w]) if shape.len() == 3 => Some([*h, *w]),
            Some([1, 1, w]) if shape.len() == 2 => Some([1, *w]),
            _ => None,
        };
        let stretched = at.text("keep_aspect_ratio_policy", "stretch") == "stretch";
        let nearest = at.text("mode", "nearest") == "nearest" && at.ints("axes").is_none() && stretched;
        match by.filter(|f| nearest && f.iter().all(|f| repeats(at, *f, upsample))) {
            Some(f) => self.larger(at, flow, Enlarging::Nearest(f)),
            None => {
                let why = "other than whole factors of nearest pixels";
                self.unsupported(
                    &at.place,
                    &clean(&at.node.op_type),
                    why,
                    "mode nearest, factors 1 to 16 of rows and columns",
                );
            }
        }
    }

    /// Mode DCR: the channels of a square lie apart from each other. CRD, where they lie beside each other, is the same behind a Conv
    /// whose outputs have another order.
    pub(super) fn depth_to_space(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let size = at.int("blocksize", 0);
        let channels = flow.layout.shape.first().copied().unwrap_or(0) as i64;
        let beside = at.text("mode", "DCR") == "CRD";
        if size < 1 || (size <= 16 && channels % (size * size) != 0) {
            return self.inconsistent(at, format!("blocksize {size} of {channels} channels"));
        }
        if !(beside || at.text("mode", "DCR") == "DCR") || size > 16 {
            let why = format!("mode {}, blocksize {size} of {channels} channels", clean(&at.text("mode", "DCR")));
            return self.unsupported(&at.place, "DepthToSpace", &why, "mode DCR or CRD, a blocksize of 1 to 16");
        }
        self.larger(at, flow, Enlarging::DepthToSpace(size as u32));
        if beside && size > 1 && self.flows.contains_key(at.output()) {
            self.beside.push((self.nodes.len(), at.place.clone()));
        }
    }

    /// Reorders the outputs of the convolutions in front of DepthToSpace of mode CRD.
    pub(super) fn order_squares(&mut self) {
        for (value, place) in std::mem::take(&mut self.beside) {
            if !self.order_square(value) {
                let why = "mode CRD, and its channels do not come straight from a Conv that nobody else takes";
                self.unsupported(&place, "DepthToSpace", why, "mode CRD directly behind a Conv, or mode DCR");
            }
        }
    }

    fn order_square(&mut self, value: usize) -> bool {
        let Some(Enlarge { channels, by: Enlarging::DepthToSpace(size), .. }) = self.nodes[value - 1].op.layer() else {
            return false;
        };
        let (channels, size) = (*channels, *size);
        let mut from = self.nodes[value - 1].inputs[0];
        loop {
            let takers = self.nodes.iter().flat_map(|n| &n.inputs).filter(|i| **i == from).count();
            let Some(node) = from.checked_sub(1).filter(|_| takers == 1) else { return false };
            if self.nodes[node].op.layer::<Table>().is_none() {
                break;
            }
            from = self.nodes[node].inputs[0];
        }
        let Some(conv) = self.nodes[from - 1].op.layer_mut::<Conv>() else { return false };
        let (places, depth) = ((size * size) as usize, (channels / (size * size)) as usize);
        // Place by place, the channels of each: there stands what the file has channel by channel.
        let order: Vec<usize> = (0..places).flat_map(|s| (0..depth).map(move |c| c * places + s)).collect();
        let d = &mut conv.dense;
        let columns = d.weights.len() / d.bias.len();
        d.weights = order.iter().flat_map(|r| d.weights[r * columns..][..columns].to_vec()).collect();
        d.bias = order.iter().map(|r| d.bias[*r]).collect();
        if let Some(r) = d.recode.as_mut().filter(|r| r.scales.len() > 1) {
            r.scales = order.iter().map(|row| r.scales[*row]).collect();
        }
        true
    }

    fn larger(&mut self, at: &At, flow: Flow, by: Enlarging) {
        match &flow.kind {
            Kind::Plain(DType::F32) => return self.never_quantized(at),
            Kind::Pending(p) => return self.unquantized(at, &p.op.clone()),
            _ => {}
        }
        let signal = flow.layout.shape.len() == 2;
        if signal && matches!(by, Enlarging::DepthToSpace(_)) {
            let op = clean(&at.node.op_type);
            return self.unsupported(
                &at.place,
                &op,
                "a sample has two dimensions",
                "samples of [channels, rows, columns]",
            );
        }
        let Some(([height, width, channels], flow)) = self.image(at, flow) else { return };
        if height.max(width).max(channels) > 8192 {
            let count = height.max(width).max(channels) as u64;
            return self.errors.push(crate::ModelError::TooLarge { place: at.place.clone(), count, limit: 8192 });
        }
        let e = Enlarge { height: height as u32, width: width as u32, channels: channels as u32, by };
        let [rows, cols, depth] = e.out().map(|n| n as usize);
        let count = rows as u64 * cols as u64 * depth as u64;
        if rows.max(cols) > 8192 || count > super::constant::MAX_ELEMENTS {
            return self.errors.push(crate::ModelError::TooLarge {
                place: at.place.clone(),
                count,
                limit: super::constant::MAX_ELEMENTS,
            });
        }
        let layout = if signal { Layout::image(&[depth, cols]) } else { Layout::image(&[depth, rows, cols]) };
        let output = Value { name: clean(at.output()), shape: layout.stored(), dtype: self.dtype(flow.source) };
        let (name, kind, inputs) = (output.name.clone(), clean(&at.node.op_type), vec![flow.source]);
        let source = self.push(Node { name, kind, op: Op::from(e), inputs, output, float_in_framework: false });
        let flow = self.behind(at, Flow { layout, source, kind: flow.kind });
        self.put(at, flow);
    }
}

/// With these rules of coordinates, pixel `o` of the result is pixel `o / factor`.
fn repeats(at: &At, factor: u32, upsample: bool) -> bool {
    let (default, rounding) = if upsample { ("asymmetric", "floor") } else { ("half_pixel", "round_prefer_floor") };
    let coordinates = at.text("coordinate_transformation_mode", default);
    let rounding = at.text("nearest_mode", rounding);
    // One period tells: pixels repeat with the factor.
    (0..2 * factor).all(|o| {
        let f = factor as f32;
        let x = match coordinates.as_str() {
            "asymmetric" => o as f32 / f,
            "half_pixel" | "pytorch_half_pixel" | "half_pixel_symmetric" => (o as f32 + 0.5) / f - 0.5,
            _ => return false,
        };
        let nearest = match rounding.as_str() {
            "floor" => x.floor(),
            "ceil" => x.ceil(),
            "round_prefer_floor" => (x - 0.5).ceil(),
            "round_prefer_ceil" => (x + 0.5).floor(),
            _ => return false,
        };
        nearest.max(0.0) as u32 == o / factor
    })
}
