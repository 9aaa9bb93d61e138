//! A flag that is read before what drives it is known.

use super::value::{Bool, Value};
use super::{Driven, Mod};
use crate::ir::{NetId, Op};

/// A flag declared before its driver: read it with [`Wire::value`], drive it once.
#[derive(Clone, Copy, Debug)]
pub struct Wire<'m> {
    m: &'m Mod<'m>,
    id: NetId,
}

impl<'d> Mod<'d> {
    /// A forward flag. Validation reports one that nothing drives.
    #[track_caller]
    pub fn wire(&self, name: &str) -> Wire<'_> {
        let id = self.op(1, Op::Wire(None));
        self.inner.borrow_mut().module.nets[id.index()].name = Some(name.into());
        Wire { m: self, id }
    }
}

impl<'m> Wire<'m> {
    /// The flag.
    #[track_caller]
    pub fn value(self) -> Bool<'m> {
        Bool::wrap(self.m, self.id, None)
    }

    /// Drives it, once.
    #[track_caller]
    pub fn drive(self, value: Bool<'m>) {
        let net = value.net(self.m);
        let name = || self.m.inner.borrow().module.net(self.id).name.clone().unwrap_or_default();
        self.m.drives(Driven::Wire(self.id), name);
        self.m.inner.borrow_mut().module.nets[self.id.index()].op = Op::Wire(Some(net));
    }
}
