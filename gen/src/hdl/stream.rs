//! Ports, valid/ready streams and instances.
//!
//! A [`Source`] is where beats come from: an input stream of this module, or an output stream of an
//! instance. A [`Sink`] is where they go. [`Mod::connect`] joins the two and checks both sides.

use super::value::{Bool, SInt, UInt, Value};
use super::{Driven, Mod};
use crate::ir::{BeatShape, Dir, Inst, InstId, ModuleId, NetId, Op, Port, PortId, StreamPorts};
use crate::num::Bits;

/// What a driven end refers to.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// An output port of this module.
    Port(PortId),
    /// An input of an instance, by position among its inputs.
    Inst(InstId, usize),
    /// A net declared before its driver.
    Wire(NetId),
}

/// A stream that beats come from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'m> {
    m: &'m Mod<'m>,
    shape: BeatShape,
    data: UInt<'m>,
    valid: Bool<'m>,
    last: Option<Bool<'m>>,
    ready: Bool<'m>,
    ready_slot: Slot,
}

/// A stream that beats go to.
#[derive(Clone, Copy, Debug)]
pub struct Sink<'m> {
    m: &'m Mod<'m>,
    shape: BeatShape,
    ready: Bool<'m>,
    valid: Bool<'m>,
    data_slot: Slot,
    valid_slot: Slot,
    last_slot: Option<Slot>,
}

/// An instance of a finished module.
#[derive(Clone, Copy, Debug)]
pub struct Instance<'m> {
    m: &'m Mod<'m>,
    id: InstId,
    module: ModuleId,
}

impl<'d> Mod<'d> {
    #[track_caller]
    fn port(&self, name: &str, dir: Dir, width: u32) -> PortId {
        let mut inner = self.inner.borrow_mut();
        inner.module.ports.push(Port { name: name.into(), dir, width: width.max(1), net: None });
        PortId(inner.module.ports.len() as u32 - 1)
    }

    /// A scalar input port.
    #[track_caller]
    pub fn input(&self, name: &str, width: u32) -> UInt<'_> {
        let p = self.port(name, Dir::In, width);
        let id = self.op(width.max(1), Op::Input(p));
        let mut inner = self.inner.borrow_mut();
        inner.module.nets[id.index()].name = Some(name.into());
        inner.module.ports[p.index()].net = Some(id);
        drop(inner);
        UInt::wrap(self, id, None)
    }

    /// A scalar output port.
    #[track_caller]
    pub fn output(&self, name: &str, value: UInt<'_>) {
        let p = self.port(name, Dir::Out, value.width());
        let net = value.net(self);
        self.drive(Slot::Port(p), net);
    }

    /// An input stream: `<name>_tdata`, `_tvalid`, `_tready` and, with `last`, `_tlast`.
    #[track_caller]
    pub fn stream_in(&self, name: &str, shape: BeatShape, last: bool) -> Source<'_> {
        let data = self.input(&format!("{name}_tdata"), shape.width());
        let valid = Bool::wrap(self, self.input(&format!("{name}_tvalid"), 1).sig().id, None);
        let last = last.then(|| Bool::wrap(self, self.input(&format!("{name}_tlast"), 1).sig().id, None));
        let ready_port = self.port(&format!("{name}_tready"), Dir::Out, 1);
        let ready = self.op(1, Op::Wire(None));
        self.drive(Slot::Port(ready_port), ready);
        let mut inner = self.inner.borrow_mut();
        let port_at = |k: u32| PortId(ready_port.0 - k);
        let n = 2 + u32::from(last.is_some());
        inner.module.streams.push(StreamPorts {
            name: name.into(),
            dir: Dir::In,
            data: port_at(n),
            valid: port_at(n - 1),
            ready: ready_port,
            last: last.map(|_| port_at(1)),
            shape,
        });
        drop(inner);
        let ready = Bool::wrap(self, ready, None);
        Source { m: self, shape, data, valid, last, ready, ready_slot: Slot::Wire(ready.sig().id) }
    }

    /// An output stream: `<name>_tdata`, `_tvalid`, `_tready` and, with `last`, `_tlast`.
    #[track_caller]
    pub fn stream_out(&self, name: &str, shape: BeatShape, last: bool) -> Sink<'_> {
        let data = self.port(&format!("{name}_tdata"), Dir::Out, shape.width());
        let valid_port = self.port(&format!("{name}_tvalid"), Dir::Out, 1);
        let last_port = last.then(|| self.port(&format!("{name}_tlast"), Dir::Out, 1));
        let ready_id = self.input(&format!("{name}_tready"), 1).sig().id;
        let mut inner = self.inner.borrow_mut();
        let ready_port = PortId(inner.module.ports.len() as u32 - 1);
        inner.module.streams.push(StreamPorts {
            name: name.into(),
            dir: Dir::Out,
            data,
            valid: valid_port,
            ready: ready_port,
            last: last_port,
            shape,
        });
        drop(inner);
        let ready = Bool::wrap(self, ready_id, None);
        self.sink(shape, ready, Slot::Port(data), Slot::Port(valid_port), last_port.map(Slot::Port))
    }

    #[track_caller]
    fn sink<'m>(
        &'m self,
        shape: BeatShape,
        ready: Bool<'m>,
        data_slot: Slot,
        valid_slot: Slot,
        last_slot: Option<Slot>,
    ) -> Sink<'m> {
        let valid = self.op(1, Op::Wire(None));
        self.drive(valid_slot, valid);
        let valid = Bool::wrap(self, valid, None);
        Sink { m: self, shape, ready, valid, data_slot, valid_slot: Slot::Wire(valid.sig().id), last_slot }
    }

    /// Joins a source to a sink: payload, valid, ready, last. Shapes must agree.
    #[track_caller]
    pub fn connect<'m>(&'m self, from: Source<'m>, to: Sink<'m>) {
        if from.shape != to.shape {
            let what = format!("connecting beats of {:?} to {:?}", from.shape, to.shape);
            self.misuse(&what, "insert a width_converter or fix the shapes");
            return;
        }
        to.drive(from.valid, from.data, from.last);
        from.set_ready(to.ready);
    }

    /// An instance of a finished module.
    #[track_caller]
    pub fn instance(&self, name: &str, module: ModuleId) -> Instance<'_> {
        let inputs = self.build.design.borrow().module(module).ports_of(Dir::In).map(|_| None).collect();
        let mut inner = self.inner.borrow_mut();
        let section = inner.section;
        inner.module.insts.push(Inst { name: name.into(), module, inputs, section });
        Instance { m: self, id: InstId(inner.module.insts.len() as u32 - 1), module }
    }

    #[track_caller]
    fn drive(&self, slot: Slot, net: NetId) {
        let name = || {
            let inner = self.inner.borrow();
            match slot {
                Slot::Port(p) => inner.module.ports[p.index()].name.clone(),
                Slot::Inst(i, _) => inner.module.insts[i.index()].name.clone(),
                Slot::Wire(w) => inner.module.net(w).name.clone().unwrap_or_else(|| "a stream".into()),
            }
        };
        let what = match slot {
            Slot::Port(p) => Driven::Port(p),
            Slot::Inst(i, k) => Driven::Pin(i, k),
            Slot::Wire(w) => Driven::Wire(w),
        };
        self.drives(what, name);
        let m = &mut self.inner.borrow_mut().module;
        match slot {
            Slot::Port(p) => m.ports[p.index()].net = Some(net),
            Slot::Inst(i, k) => m.insts[i.index()].inputs[k] = Some(net),
            Slot::Wire(w) => m.nets[w.index()].op = Op::Wire(Some(net)),
        }
    }
}

impl<'m> Source<'m> {
    /// The module this stream belongs to.
    #[track_caller]
    pub fn module(self) -> &'m Mod<'m> {
        self.m
    }

    /// What a beat holds.
    #[track_caller]
    pub fn shape(self) -> BeatShape {
        self.shape
    }

    /// The payload.
    #[track_caller]
    pub fn data(self) -> UInt<'m> {
        self.data
    }

    /// A beat is offered.
    #[track_caller]
    pub fn valid(self) -> Bool<'m> {
        self.valid
    }

    /// The end-of-frame mark; false where the stream has none.
    #[track_caller]
    pub fn last(self) -> Bool<'m> {
        self.last.unwrap_or_else(|| self.m.bool(false))
    }

    /// The ready signal, also before [`Source::set_ready`].
    #[track_caller]
    pub fn ready(self) -> Bool<'m> {
        self.ready
    }

    /// A beat moves in this cycle.
    #[track_caller]
    pub fn fire(self) -> Bool<'m> {
        self.m.fire(self.valid, self.ready)
    }

    /// An element, unsigned.
    #[track_caller]
    pub fn lane(self, index: u32) -> UInt<'m> {
        let lane = self.data.slice(index * self.shape.bits, self.shape.bits);
        let name = self.m.inner.borrow().module.nets[self.data.sig().id.index()].name.clone();
        match name {
            Some(port) => lane.called(format!("{}_lane{index}", port.trim_end_matches("_tdata"))),
            None => lane,
        }
    }

    /// An element, two's complement.
    #[track_caller]
    pub fn lane_s(self, index: u32) -> SInt<'m> {
        self.lane(index).as_signed()
    }

    /// An element as a signed number of `bits + 1` or `bits` bits, by the stream's own signedness.
    #[track_caller]
    pub fn lane_number(self, index: u32) -> SInt<'m> {
        if self.shape.signed {
            self.lane_s(index)
        } else {
            self.lane(index).to_signed()
        }
    }

    /// Drives ready, once.
    #[track_caller]
    pub fn set_ready(self, ready: Bool<'m>) {
        if let Some(stream) = self.m.stream_of(self.valid.sig().id) {
            ready.called(format!("{stream}_ready"));
        }
        let net = ready.net(self.m);
        self.m.drive(self.ready_slot, net);
    }
}

impl<'m> Sink<'m> {
    /// What a beat holds.
    #[track_caller]
    pub fn shape(self) -> BeatShape {
        self.shape
    }

    /// The receiver takes a beat.
    #[track_caller]
    pub fn ready(self) -> Bool<'m> {
        self.ready
    }

    /// A beat moves in this cycle.
    #[track_caller]
    pub fn fire(self) -> Bool<'m> {
        self.m.fire(self.valid, self.ready)
    }

    /// Nothing waits at this end, so that a pipeline behind it may move: also before [`Sink::drive`].
    #[track_caller]
    pub fn free(self) -> Bool<'m> {
        !self.valid | self.ready
    }

    /// Drives valid, payload and last, once.
    #[track_caller]
    pub fn drive(self, valid: Bool<'m>, data: UInt<'m>, last: Option<Bool<'m>>) {
        let m = self.m;
        let data = if data.width() == self.shape.width() {
            data
        } else {
            let what = format!("payload of {} bits driven by {}", self.shape.width(), data.width());
            m.misuse(&what, "make the lanes fit the stream's shape");
            m.bits(Bits::zero(self.shape.width().max(1)))
        };
        m.drive(self.valid_slot, valid.net(m));
        m.drive(self.data_slot, data.net(m));
        match (self.last_slot, last) {
            (Some(slot), Some(last)) => m.drive(slot, last.net(m)),
            (Some(_), None) => m.misuse("the stream has a last mark that nothing drives", "pass Some(last)"),
            _ => {}
        }
    }
}

impl<'m> Instance<'m> {
    #[track_caller]
    fn stream(self, name: &str) -> Option<StreamPorts> {
        self.m.build.design.borrow().module(self.module).stream(name).cloned()
    }

    #[track_caller]
    fn input_slot(self, port: PortId) -> Slot {
        let design = self.m.build.design.borrow();
        Slot::Inst(self.id, crate::ir::input_index(design.module(self.module), port))
    }

    #[track_caller]
    fn out(self, port: PortId) -> NetId {
        let width = self.m.build.design.borrow().module(self.module).ports[port.index()].width;
        self.m.op(width, Op::InstOut(self.id, port))
    }

    #[track_caller]
    fn flag(self, port: PortId) -> Bool<'m> {
        Bool::wrap(self.m, self.out(port), None)
    }

    /// The instance's input streams by name, in the order of its ports.
    #[track_caller]
    pub fn inputs(self) -> Vec<String> {
        let design = self.m.build.design.borrow();
        let streams = design.module(self.module).streams.iter().filter(|s| s.dir == Dir::In);
        streams.map(|s| s.name.clone()).collect()
    }

    /// The instance's output stream, here a source.
    #[track_caller]
    pub fn source(self, name: &str) -> Source<'m> {
        let m = self.m;
        let Some(s) = self.stream(name).filter(|s| s.dir == Dir::Out) else {
            m.misuse(&format!("the instance has no output stream `{name}`"), "see its port table");
            return m.stream_in(name, BeatShape::new(1, 1, false), false);
        };
        let data = UInt::wrap(m, self.out(s.data), None);
        let ready = m.op(1, Op::Wire(None));
        m.drive(self.input_slot(s.ready), ready);
        let ready = Bool::wrap(m, ready, None);
        let (valid, last) = (self.flag(s.valid), s.last.map(|l| self.flag(l)));
        Source { m, shape: s.shape, data, valid, last, ready, ready_slot: Slot::Wire(ready.sig().id) }
    }

    /// The instance's input stream, here a sink.
    #[track_caller]
    pub fn sink(self, name: &str) -> Sink<'m> {
        let m = self.m;
        let Some(s) = self.stream(name).filter(|s| s.dir == Dir::In) else {
            m.misuse(&format!("the instance has no input stream `{name}`"), "see its port table");
            return m.stream_out(name, BeatShape::new(1, 1, false), false);
        };
        let ready = self.flag(s.ready);
        let last = s.last.map(|l| self.input_slot(l));
        m.sink(s.shape, ready, self.input_slot(s.data), self.input_slot(s.valid), last)
    }

    /// Drives a scalar input of the instance.
    #[track_caller]
    pub fn set(self, port: &str, value: UInt<'m>) {
        match self.find(port, Dir::In) {
            Some((p, width)) if width == value.width() => {
                let net = value.net(self.m);
                self.m.drive(self.input_slot(p), net);
            }
            Some((_, width)) => {
                self.m
                    .misuse(&format!("port `{port}` of {width} bits driven by {}", value.width()), "match the widths");
            }
            None => self.m.misuse(&format!("the instance has no input `{port}`"), "see its port table"),
        }
    }

    /// Reads a scalar output of the instance.
    #[track_caller]
    pub fn get(self, port: &str) -> UInt<'m> {
        match self.find(port, Dir::Out) {
            Some((p, _)) => UInt::wrap(self.m, self.out(p), None),
            None => {
                self.m.misuse(&format!("the instance has no output `{port}`"), "see its port table");
                self.m.u(0, 1)
            }
        }
    }

    #[track_caller]
    fn find(self, name: &str, dir: Dir) -> Option<(PortId, u32)> {
        let design = self.m.build.design.borrow();
        let found = design.module(self.module).ports_of(dir).find(|(_, p)| p.name == name);
        found.map(|(id, p)| (id, p.width))
    }
}
