//! The cycle loop of the batch ABI, for engines that run in this process. The Verilator shim and the
//! Icarus bench are the same loop in their languages.

use crate::batch::{Batch, Breach, Received, Status, Trace, JUNK, MAX_BREACHES};
use crate::streams::Border;

/// A design that can be stepped; several independent copies (lanes) in lock step.
pub trait CycleModel {
    /// Number of lanes.
    fn lanes(&self) -> usize;
    /// Drives an input port, by position among the inputs.
    fn set_input(&mut self, lane: usize, input: usize, words: &[u64]);
    /// Drives reset.
    fn set_reset(&mut self, lane: usize, reset: bool);
    /// Settles combinational nets.
    fn settle(&mut self);
    /// Reads an output port, by position among the outputs.
    fn output(&self, lane: usize, output: usize, words: &mut [u64]);
    /// The rising edge.
    fn clock(&mut self);
}

/// Where one lane stands.
struct Lane<'a> {
    batch: &'a Batch,
    trace: Trace,
    reset_index: usize,
    next_beat: Vec<usize>,
    offering: Vec<bool>,
    waiting: Vec<bool>,
    held: Vec<Vec<u64>>,
    idle: u64,
    in_reset: bool,
    done: bool,
}

/// Runs one batch a lane. Fewer batches than lanes leave the other lanes at rest.
pub fn drive(model: &mut impl CycleModel, border: &Border, batches: &[Batch]) -> Vec<Trace> {
    let mut lanes: Vec<Lane> = batches.iter().map(|b| Lane::new(border, b)).collect();
    let widest = border.sources.iter().chain(&border.sinks).map(|s| s.words()).max().unwrap_or(1);
    let mut buf = vec![0u64; widest + 1];
    let mut cycle = 0;
    while lanes.iter().any(|l| !l.done) {
        for (i, lane) in lanes.iter_mut().enumerate().filter(|(_, l)| !l.done) {
            lane.in_reset = lane.drive_inputs(model, i, border, cycle, &mut buf);
        }
        model.settle();
        for (i, lane) in lanes.iter_mut().enumerate().filter(|(_, l)| !l.done) {
            lane.sample(model, i, border, cycle, &mut buf);
        }
        model.clock();
        cycle += 1;
        for lane in lanes.iter_mut().filter(|l| !l.done) {
            lane.finish(cycle);
        }
    }
    lanes.into_iter().map(|l| l.trace).collect()
}

impl<'a> Lane<'a> {
    fn new(border: &Border, batch: &'a Batch) -> Lane<'a> {
        let (n, k) = (border.sources.len(), border.sinks.len());
        let trace = Trace {
            status: Status::TimedOut,
            cycles: 0,
            accepted: vec![Vec::new(); n],
            received: vec![Received::default(); k],
            breaches: Vec::new(),
        };
        let held = border.sinks.iter().map(|s| vec![0; s.words()]).collect();
        Lane {
            batch,
            trace,
            reset_index: 0,
            next_beat: vec![0; n],
            offering: vec![false; n],
            waiting: vec![false; k],
            held,
            idle: 0,
            in_reset: false,
            done: false,
        }
    }

    /// Drives every input for a cycle; returns whether it is a reset cycle.
    fn drive_inputs(
        &mut self,
        model: &mut impl CycleModel,
        lane: usize,
        border: &Border,
        cycle: u64,
        buf: &mut [u64],
    ) -> bool {
        if self.batch.resets.get(self.reset_index).is_some_and(|r| cycle >= r.start + r.length) {
            self.reset_index += 1;
        }
        let reset = self.batch.resets.get(self.reset_index).filter(|r| cycle >= r.start);
        if let Some(r) = reset.filter(|r| cycle == r.start) {
            self.next_beat.copy_from_slice(&r.resume);
            self.offering.fill(false);
            self.waiting.fill(false);
        }
        let in_reset = reset.is_some();
        model.set_reset(lane, in_reset);
        for (i, (port, plan)) in border.sources.iter().zip(&self.batch.sources).enumerate() {
            let free = self.next_beat[i] < plan.beats && !plan.stall.at(cycle);
            self.offering[i] = !in_reset && (self.offering[i] || free);
            let n = port.words();
            if self.offering[i] {
                buf[..n].copy_from_slice(&plan.words[self.next_beat[i] * n..][..n]);
            } else {
                buf[..n].fill(JUNK);
            }
            model.set_input(lane, port.data, buf);
            model.set_input(lane, port.valid, &[u64::from(self.offering[i])]);
            if let Some(last) = port.last {
                let bit = port.width as usize;
                model.set_input(lane, last, &[buf[bit / 64] >> (bit % 64) & 1]);
            }
        }
        for (i, (port, plan)) in border.sinks.iter().zip(&self.batch.sinks).enumerate() {
            let ready = !in_reset && !plan.stall.at(cycle) && (!plan.after_valid || self.waiting[i]);
            model.set_input(lane, port.ready, &[u64::from(ready)]);
        }
        in_reset
    }

    /// Looks at every output, moves beats and checks the stream rules.
    fn sample(&mut self, model: &mut impl CycleModel, lane: usize, border: &Border, cycle: u64, buf: &mut [u64]) {
        let in_reset = self.in_reset;
        let mut bit = [0u64];
        let mut moved = in_reset;
        for (i, port) in border.sources.iter().enumerate() {
            model.output(lane, port.ready, &mut bit);
            if self.offering[i] && bit[0] == 1 {
                self.trace.accepted[i].push(cycle);
                self.next_beat[i] += 1;
                self.offering[i] = false;
                moved = true;
            }
        }
        for (i, (port, plan)) in border.sinks.iter().zip(&self.batch.sinks).enumerate() {
            let ready = !in_reset && !plan.stall.at(cycle) && (!plan.after_valid || self.waiting[i]);
            model.output(lane, port.valid, &mut bit);
            let valid = bit[0] == 1 && !in_reset;
            let n = port.words();
            if valid {
                buf[..=n].fill(0);
                model.output(lane, port.data, buf);
                if let Some(last) = port.last {
                    let at = port.width as usize;
                    model.output(lane, last, &mut bit);
                    buf[at / 64] |= bit[0] << (at % 64);
                }
            }
            if self.waiting[i] {
                if !valid {
                    self.breach(cycle, i, Breach::Withdrawn);
                } else if self.held[i] != buf[..n] {
                    self.breach(cycle, i, Breach::Unstable);
                }
            }
            if valid && ready {
                self.trace.received[i].words.extend_from_slice(&buf[..n]);
                self.trace.received[i].cycles.push(cycle);
                moved = true;
            }
            self.waiting[i] = valid && !ready;
            if self.waiting[i] {
                self.held[i].copy_from_slice(&buf[..n]);
            }
        }
        self.idle = if moved { 0 } else { self.idle + 1 };
    }

    fn breach(&mut self, cycle: u64, sink: usize, rule: Breach) {
        if self.trace.breaches.len() < MAX_BREACHES {
            self.trace.breaches.push((cycle, sink, rule));
        }
    }

    /// Decides whether the run ends after this cycle.
    fn finish(&mut self, cycles: u64) {
        self.trace.cycles = cycles;
        let empty = self.next_beat.iter().zip(&self.batch.sources).all(|(n, s)| *n >= s.beats);
        let fed = self.trace.received.iter().zip(&self.batch.sinks).all(|(r, s)| r.cycles.len() >= s.expect);
        let more_resets = self.batch.resets.last().is_some_and(|r| cycles < r.start + r.length);
        let status = if more_resets {
            None
        } else if empty && fed && self.idle >= self.batch.drain {
            Some(Status::Done)
        } else if self.idle >= self.batch.watchdog {
            Some(Status::Hang)
        } else {
            (cycles >= self.batch.max_cycles).then_some(Status::TimedOut)
        };
        if let Some(status) = status {
            self.trace.status = status;
            self.done = true;
        }
    }
}
