//! Tables of a flatbuffer: a macro that declares one, with what verifies it and a function for each field that is read.

use std::marker::PhantomData;

use flatbuffers::{ForwardsUOffset, InvalidFlatbuffer, TableVerifier, VOffsetT, Verifiable, Verifier};

use super::primitives::target;

macro_rules! table {
    // What is read, and what is verified besides.
    ($(#[$doc:meta])* $name:ident {
        $( $field:ident: $kind:ident $(($($arg:tt)*))? = $id:literal; )*
    } $( also { $( $other:ident: $other_kind:ident $(($($other_arg:tt)*))? = $other_id:literal; )* } )? ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'a>(Table<'a>);

        impl<'a> Follow<'a> for $name<'a> {
            type Inner = $name<'a>;
            unsafe fn follow(buf: &'a [u8], loc: usize) -> Self {
                $name(Table::new(buf, loc))
            }
        }

        impl Verifiable for $name<'_> {
            fn run_verifier(v: &mut Verifier, pos: usize) -> Result<(), InvalidFlatbuffer> {
                let t = v.visit_table(pos)?;
                $( let t = table!(@verify t, $field, $id, $kind $(($($arg)*))?); )*
                $( $( let t = table!(@verify t, $other, $other_id, $other_kind $(($($other_arg)*))?); )* )?
                t.finish();
                Ok(())
            }
        }

        impl<'a> $name<'a> {
            $( table!(@get $field, $id, $kind $(($($arg)*))?); )*
        }
    };
    // Of which nothing is read.
    ($(#[$doc:meta])* only $name:ident { $( $field:ident: $kind:ident $(($($arg:tt)*))? = $id:literal; )* }) => {
        $(#[$doc])*
        pub struct $name;

        impl Verifiable for $name {
            fn run_verifier(v: &mut Verifier, pos: usize) -> Result<(), InvalidFlatbuffer> {
                let t = v.visit_table(pos)?;
                $( let t = table!(@verify t, $field, $id, $kind $(($($arg)*))?); )*
                t.finish();
                Ok(())
            }
        }
    };
    (@slot $id:literal) => { (4 + 2 * $id) as VOffsetT };
    (@verify $t:ident, $field:ident, $id:literal, num($ty:ty $(, $default:expr)?)) => {
        $t.visit_field::<$ty>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, text) => {
        $t.visit_field::<Pointer<&str>>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, bytes) => {
        $t.visit_field::<Pointer<Vector<u8>>>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, nums($ty:ty)) => {
        $t.visit_field::<Pointer<Vector<$ty>>>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, tables($ty:ident)) => {
        $t.visit_field::<Pointer<Vector<ForwardsUOffset<$ty>>>>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, present($ty:ident)) => {
        table!(@verify $t, $field, $id, table($ty))
    };
    (@verify $t:ident, $field:ident, $id:literal, table($ty:ident)) => {
        $t.visit_field::<Pointer<$ty>>(stringify!($field), table!(@slot $id), false)?
    };
    // A union: verified as what the field of its type says it is.
    (@verify $t:ident, $field:ident, $id:literal, union($layouts:expr, $type:literal)) => {
        options::verify($t, table!(@slot $type), table!(@slot $id), &$layouts)?
    };
    // A member of the union of an operator's options that is read.
    (@verify $t:ident, $field:ident, $id:literal, member($ty:ident, $key:literal)) => {
        member::<$ty>($t, $key)?
    };
    // SAFETY (all getters): the buffer was verified with the types that are read here.
    (@get $field:ident, $id:literal, num($ty:ty, $default:expr)) => {
        pub fn $field(&self) -> $ty {
            unsafe { self.0.get::<$ty>(table!(@slot $id), Some($default)).unwrap_or($default) }
        }
    };
    (@get $field:ident, $id:literal, text) => {
        pub fn $field(&self) -> &'a str {
            unsafe { self.0.get::<ForwardsUOffset<&str>>(table!(@slot $id), None).unwrap_or_default() }
        }
    };
    (@get $field:ident, $id:literal, bytes) => {
        pub fn $field(&self) -> &'a [u8] {
            let v = unsafe { self.0.get::<ForwardsUOffset<Vector<'a, u8>>>(table!(@slot $id), None) };
            v.map(|v| v.bytes()).unwrap_or_default()
        }
    };
    (@get $field:ident, $id:literal, nums($ty:ty)) => {
        pub fn $field(&self) -> Vec<$ty> {
            let v = unsafe { self.0.get::<ForwardsUOffset<Vector<'a, $ty>>>(table!(@slot $id), None) };
            v.map(|v| v.iter().collect()).unwrap_or_default()
        }
    };
    (@get $field:ident, $id:literal, tables($ty:ident)) => {
        pub fn $field(&self) -> Vec<$ty<'a>> {
            let v = unsafe { self.0.get::<ForwardsUOffset<Vector<'a, ForwardsUOffset<$ty>>>>(table!(@slot $id), None) };
            v.map(|v| v.iter().collect()).unwrap_or_default()
        }
    };
    (@get $field:ident, $id:literal, present($ty:ident)) => {
        pub fn $field(&self) -> bool {
            self.0.vtable().get(table!(@slot $id)) != 0
        }
    };
    (@get $field:ident, $id:literal, table($ty:ident)) => {
        pub fn $field(&self) -> Option<$ty<'a>> {
            unsafe { self.0.get::<ForwardsUOffset<$ty>>(table!(@slot $id), None) }
        }
    };
    (@get $field:ident, $id:literal, member($ty:ident, $key:literal)) => {
        pub fn $field(&self) -> Option<$ty<'a>> {
            if self.options_type() != $key {
                return None;
            }
            unsafe { self.0.get::<ForwardsUOffset<$ty>>(table!(@slot $id), None) }
        }
    };
}

/// An offset forwards. That of nothing, zero, would point to itself.
pub(super) struct Pointer<T>(PhantomData<T>);

impl<T: Verifiable> Verifiable for Pointer<T> {
    fn run_verifier(v: &mut Verifier, pos: usize) -> Result<(), InvalidFlatbuffer> {
        target(v, pos)?;
        ForwardsUOffset::<T>::run_verifier(v, pos)
    }
}

/// Slots of an operator's options, and of what type they are.
const OPTIONS: (VOffsetT, VOffsetT) = (4 + 2 * 4, 4 + 2 * 3);

/// Verifies an operator's options as those of `key`, if they are that.
pub(super) fn member<'v, 'o, 'b, T: Verifiable>(
    mut t: TableVerifier<'v, 'o, 'b>,
    key: u8,
) -> Result<TableVerifier<'v, 'o, 'b>, InvalidFlatbuffer> {
    if let (Some(at), Some(kind)) = (t.deref(OPTIONS.0)?, t.deref(OPTIONS.1)?) {
        if t.verifier().get_u8(kind)? == key {
            Pointer::<T>::run_verifier(t.verifier(), at)?;
        }
    }
    Ok(t)
}
