//! The tables of TFLite's flatbuffer that niello reads: field numbers from the public schema
//! (tensorflow/lite/schema/schema.fbs). A buffer is verified before any field is touched.

use flatbuffers::{
    Follow, ForwardsUOffset, InvalidFlatbuffer, SimpleToVerifyInSlice, Table, VOffsetT, Vector, Verifiable, Verifier,
};

macro_rules! table {
    ($(#[$doc:meta])* $name:ident { $( $field:ident: $kind:ident $(($($arg:tt)*))? = $id:literal; )* }) => {
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
                t.finish();
                Ok(())
            }
        }

        impl<'a> $name<'a> {
            $( table!(@get $field, $id, $kind $(($($arg)*))?); )*
        }
    };
    (@slot $id:literal) => { (4 + 2 * $id) as VOffsetT };
    (@verify $t:ident, $field:ident, $id:literal, num($ty:ty, $default:expr)) => {
        $t.visit_field::<$ty>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, text) => {
        $t.visit_field::<ForwardsUOffset<&str>>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, nums($ty:ty)) => {
        $t.visit_field::<ForwardsUOffset<Vector<$ty>>>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, tables($ty:ident)) => {
        $t.visit_field::<ForwardsUOffset<Vector<ForwardsUOffset<$ty>>>>(stringify!($field), table!(@slot $id), false)?
    };
    (@verify $t:ident, $field:ident, $id:literal, table($ty:ident)) => {
        $t.visit_field::<ForwardsUOffset<$ty>>(stringify!($field), table!(@slot $id), false)?
    };
    // A union member: verified only where the type field says that it is this one.
    (@verify $t:ident, $field:ident, $id:literal, member($ty:ident, $key:literal)) => {
        $t.visit_union::<u8, _>("type", table!(@slot 3), stringify!($field), table!(@slot $id), false, |key, v, pos| match key {
            $key => v.verify_union_variant::<ForwardsUOffset<$ty>>(stringify!($ty), pos),
            _ => Ok(()),
        })?
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

/// A 64-bit integer of a file. Tools that change files put them at places that are no multiple of eight, and LiteRT reads them there.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Long([u8; 8]);

impl From<Long> for i64 {
    fn from(n: Long) -> i64 {
        i64::from_le_bytes(n.0)
    }
}

impl Follow<'_> for Long {
    type Inner = Long;
    unsafe fn follow(buf: &[u8], loc: usize) -> Long {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&buf[loc..loc + 8]);
        Long(bytes)
    }
}

impl Verifiable for Long {
    fn run_verifier(v: &mut Verifier, pos: usize) -> Result<(), InvalidFlatbuffer> {
        v.in_buffer::<Long>(pos)
    }
}

impl SimpleToVerifyInSlice for Long {}

table! {
    /// The file.
    Model {
        operator_codes: tables(OperatorCode) = 1;
        subgraphs: tables(SubGraph) = 2;
        buffers: tables(Buffer) = 4;
    }
}
table! {
    /// Which operator an index means.
    OperatorCode {
        deprecated_code: num(i8, 0) = 0;
        custom_code: text = 1;
        code: num(i32, 0) = 3;
    }
}
table! {
    /// A graph.
    SubGraph {
        tensors: tables(Tensor) = 0;
        inputs: nums(i32) = 1;
        outputs: nums(i32) = 2;
        operators: tables(Operator) = 3;
    }
}
table! {
    /// A tensor.
    Tensor {
        shape: nums(i32) = 0;
        dtype: num(i8, 0) = 1;
        buffer: num(u32, 0) = 2;
        name: text = 3;
        quantization: table(Quantization) = 4;
    }
}
table! {
    /// Scales and zero points.
    Quantization {
        scale: nums(f32) = 2;
        zero_point: nums(Long) = 3;
        dimension: num(i32, 0) = 6;
    }
}
table! {
    /// A node.
    Operator {
        opcode_index: num(u32, 0) = 0;
        inputs: nums(i32) = 1;
        outputs: nums(i32) = 2;
        options_type: num(u8, 0) = 3;
        conv: member(ConvOptions, 1) = 4;
        depthwise: member(DepthwiseOptions, 2) = 4;
        pool: member(PoolOptions, 5) = 4;
        fully_connected: member(FullyConnectedOptions, 8) = 4;
        softmax: member(SoftmaxOptions, 9) = 4;
        add: member(AddOptions, 11) = 4;
        mul: member(MulOptions, 21) = 4;
        sub: member(SubOptions, 28) = 4;
        concatenation: member(ConcatenationOptions, 10) = 4;
        leaky_relu: member(LeakyReluOptions, 75) = 4;
        depth_to_space: member(DepthToSpaceOptions, 94) = 4;
        resize_nearest: member(ResizeNearestOptions, 74) = 4;
    }
}
table! {
    /// Options of CONV_2D.
    ConvOptions {
        padding: num(i8, 0) = 0;
        stride_w: num(i32, 0) = 1;
        stride_h: num(i32, 0) = 2;
        activation: num(i8, 0) = 3;
        dilation_w: num(i32, 1) = 4;
        dilation_h: num(i32, 1) = 5;
    }
}
table! {
    /// Options of DEPTHWISE_CONV_2D.
    DepthwiseOptions {
        padding: num(i8, 0) = 0;
        stride_w: num(i32, 0) = 1;
        stride_h: num(i32, 0) = 2;
        activation: num(i8, 0) = 4;
        dilation_w: num(i32, 1) = 5;
        dilation_h: num(i32, 1) = 6;
    }
}
table! {
    /// Options of MAX_POOL_2D and AVERAGE_POOL_2D.
    PoolOptions {
        padding: num(i8, 0) = 0;
        stride_w: num(i32, 0) = 1;
        stride_h: num(i32, 0) = 2;
        filter_w: num(i32, 0) = 3;
        filter_h: num(i32, 0) = 4;
        activation: num(i8, 0) = 5;
    }
}
table! {
    /// Options of ADD.
    AddOptions {
        activation: num(i8, 0) = 0;
    }
}
table! {
    /// Options of MUL.
    MulOptions {
        activation: num(i8, 0) = 0;
    }
}
table! {
    /// Options of SUB.
    SubOptions {
        activation: num(i8, 0) = 0;
    }
}
table! {
    /// Options of CONCATENATION.
    ConcatenationOptions {
        axis: num(i32, 0) = 0;
        activation: num(i8, 0) = 1;
    }
}
table! {
    /// Options of LEAKY_RELU.
    LeakyReluOptions {
        alpha: num(f32, 0.0) = 0;
    }
}
table! {
    /// Options of DEPTH_TO_SPACE.
    DepthToSpaceOptions {
        size: num(i32, 0) = 0;
    }
}
table! {
    /// Options of RESIZE_NEAREST_NEIGHBOR.
    ResizeNearestOptions {
        align_corners: num(u8, 0) = 0;
    }
}
table! {
    /// Options of SOFTMAX.
    SoftmaxOptions {
        beta: num(f32, 0.0) = 0;
    }
}
table! {
    /// Options of FULLY_CONNECTED.
    FullyConnectedOptions {
        activation: num(i8, 0) = 0;
        weights_format: num(i8, 0) = 1;
    }
}
table! {
    /// Raw contents.
    Buffer {
        data: nums(u8) = 0;
    }
}
