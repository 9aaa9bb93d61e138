//! Within a device: the fastest plan that a budget of resources allows.
//!
//! Multipliers and LUTs fall as the interval grows, but for steps of a few: a plan that fits is found by bisection, the fastest one
//! within a five-hundredth. Block RAMs do not: wide memories of few words are LUTs. With a limit of them, intervals are first tried
//! one after the other, each a quarter longer.

use super::interval::{at_interval, check_reachable, most_cycles};
use super::known::Known;
use super::{resources, Budget, Pipeline, Plan, PlanError};
use crate::{Network, Placed};
use niello_gen::device::Resources;
use niello_gen::ir::Reports;

/// The fastest plan within a budget.
pub(super) fn within(network: &Network, budget: &Budget, known: &Known) -> Result<Plan, Reports<PlanError>> {
    let fastest = network.nodes.iter().map(Placed::fewest_cycles).max().unwrap_or(1).max(1);
    let slowest = most_cycles(network).max(fastest);
    let mut search = Search { network, budget, known, fastest, slowest, fewest: (u64::MAX, slowest) };
    match search.first()? {
        (dear, Some(plan)) => search.between(dear, plan),
        _ => Err(search.exceeded()?.into()),
    }
}

struct Search<'a> {
    network: &'a Network,
    budget: &'a Budget,
    known: &'a Known<'a>,
    /// Cycles of the slowest layer with all multipliers that it can use.
    fastest: u64,
    /// With one multiplier.
    slowest: u64,
    /// The fewest block RAMs that were seen, and at which interval.
    fewest: (u64, u64),
}

impl Search<'_> {
    /// The plan at an interval, if it is within the budget.
    fn fits(&mut self, target: u64) -> Result<Option<Plan>, Reports<PlanError>> {
        if check_reachable(self.network, target, self.known).is_err() {
            return Ok(None);
        }
        // Line buffers only grow once the pace is known.
        let first = Pipeline::build(self.network, target, &[], self.known)?;
        let taken = resources::total(&first.stages, self.known.device);
        self.fewest = self.fewest.min((taken.block_rams, target));
        if self.budget.exceeded(&taken).is_some() {
            return Ok(None);
        }
        let plan = at_interval(self.network, target, self.known)?;
        Ok(Some(plan).filter(|p| self.budget.exceeded(&p.resources()).is_none()))
    }

    /// The slowest interval that is known to be too fast, and a plan that fits, if any does.
    fn first(&mut self) -> Result<(u64, Option<Plan>), Reports<PlanError>> {
        let mut dear = self.fastest.saturating_sub(1);
        let mut target = self.fastest;
        while self.budget.block_rams.is_some() && target < self.slowest {
            if let Some(plan) = self.fits(target)? {
                return Ok((dear, Some(plan)));
            }
            dear = target;
            target += target.div_ceil(4);
        }
        Ok((dear, self.fits(self.slowest)?))
    }

    /// Fast plans are too large, slow ones fit; between them the ratio halves, because intervals span orders of magnitude.
    fn between(&mut self, mut dear: u64, mut best: Plan) -> Result<Plan, Reports<PlanError>> {
        let mut cheap = best.ii.max(self.fastest).max(dear + 1);
        while cheap - dear > 1 + cheap / 512 {
            let mid = ((dear.max(1) as f64 * cheap as f64).sqrt() as u64).clamp(dear + 1, cheap - 1);
            match self.fits(mid)? {
                Some(plan) => (cheap, best) = (plan.ii.clamp(dear + 1, mid), plan),
                None => dear = mid,
            }
        }
        Ok(best)
    }

    /// What even the smallest plans take too much of.
    fn exceeded(&self) -> Result<PlanError, Reports<PlanError>> {
        let least = at_interval(self.network, self.slowest, self.known)?.resources();
        let rams = at_interval(self.network, self.fewest.1, self.known)?.resources().block_rams;
        let least = Resources { block_rams: least.block_rams.min(rams), ..least };
        let (what, least, most) = self.budget.exceeded(&least).unwrap_or(("resources", 0, 0));
        Ok(PlanError::Over { what, least, most })
    }
}
