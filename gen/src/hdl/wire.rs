//! A flag that is read before what drives it is known.

use super::value::{Bool, Value};
use super::Mod;
use crate::ir::{DesignError, NetId, Op};

/// A flag declared before its driver: read it with [`Wire::value`], drive it once.
#[derive(Clone, Copy, Debug)]
pub struct Wire<'m> {
    m: &'m Mod<'m>,
    id: NetId,
}

impl<'d> Mod<'d> {
    /// A forward flag. Validation reports one that nothing drives.
    pub fn wire(&self, name: &str) -> Wire<'_> {
        let id = self.op(1, Op::Wire(None));
        self.inner.borrow_mut().module.nets[id.index()].name = Some(name.into());
        Wire { m: self, id }
    }
}

impl<'m> Wire<'m> {
    /// The flag.
    pub fn value(self) -> Bool<'m> {
        Bool::wrap(self.m, self.id, None)
    }

    /// Drives it, once.
    #[track_caller]
    pub fn drive(self, value: Bool<'m>) {
        let net = value.net(self.m);
        let mut inner = self.m.inner.borrow_mut();
        let slot = &mut inner.module.nets[self.id.index()];
        let twice = !matches!(slot.op, Op::Wire(None));
        slot.op = Op::Wire(Some(net));
        let net = slot.name.clone().unwrap_or_default();
        drop(inner);
        if twice {
            self.m.build.report(DesignError::MultiplyDriven { module: self.m.name(), net });
        }
    }
}
