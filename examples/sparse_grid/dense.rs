//! A bank whose memory has each element: what `sparse_lookup` is compared with.

use niello::gen::hdl::{Bool, Mod, Source, UInt};

/// Registers from an index to its element.
pub const CYCLES: u32 = 4;

/// Cycles from a table's last element to the first index.
pub const TO_ASK: u64 = 2;

/// A bank of two tables by turns.
pub struct Dense<'m> {
    /// There is a table.
    pub ready: Bool<'m>,
    /// The element, so many cycles behind its index.
    pub element: UInt<'m>,
}

/// `s` brings tables of up to `size` elements, one a cycle; it is `asked` only where it is ready.
pub fn dense<'m>(
    m: &'m Mod<'m>,
    name: &str,
    s: Source<'m>,
    size: u32,
    (asked, last, index): (Bool<'m>, Bool<'m>, UInt<'m>),
) -> Dense<'m> {
    let named = |what: &str| format!("{name}_{what}");
    let on = m.bool(true);
    m.section(&format!("{name}: every element has a place"));
    let (coming, whole) = (m.level(&named("tables"), 2), m.level(&named("tables_whole"), 2));
    s.set_ready(!coming.full());
    let ends = (s.fire() & s.last()).named(named("ends"));
    let there = m.delay_flag(&named("there"), on, ends);
    let half = |what: &str, step: Bool<'m>| {
        let r = m.reg_b(&named(what)).reset(0);
        r.set_when(step, !r.q());
        r.q()
    };
    let write_half = half("write_half", ends);
    let place = m.counter(&named("place"), u64::from(size) + 1).reset(0);
    let bits = place.q().width();
    let inside = place.q().lt(m.u(size.into(), bits)).named(named("inside"));
    let after = inside.pick((place.q() + m.u(1, 1)).trunc(bits), place.q());
    place.set_when(s.fire(), ends.pick(m.u(0, bits), after));
    let sizes: Vec<UInt> = [(0, !write_half), (1, write_half)]
        .map(|(k, here)| m.delay(&named(&format!("size_of_{k}")), ends & here, after))
        .to_vec();
    let ram = m.ram(name, s.data().width(), 2 * size);
    let in_half = |half: Bool<'m>, at: UInt<'m>| {
        let from = half.pick(m.u(size.into(), ram.addr_bits()), m.u(0, ram.addr_bits()));
        (from + at).trunc(ram.addr_bits())
    };
    ram.write(s.fire() & inside, in_half(write_half, place.q()).called(named("write_at")), s.data());

    let leaves = (asked & last).named(named("leaves"));
    let read_half = half("read_half", leaves);
    coming.moves(ends, m.pipe_flag(&named("emptied"), on, leaves, CYCLES));
    whole.moves(there, leaves);
    let size_now = read_half.pick(sizes[1], sizes[0]);
    let has = m.delay(&named("has"), on, index.zext(bits).lt(size_now));
    let at = m.delay_flag(&named("asked"), on, asked);
    let address = m.delay(&named("address"), on, in_half(read_half, index).called(named("read_at")));
    let read = m.delay(&named("read"), on, ram.read(at, address));
    let has = m.pipe(&named("has_then"), on, has, 2);
    let element = m.delay(&named("element"), on, has.pick(read, m.u(0, read.width())));
    Dense { ready: whole.some(), element }
}
