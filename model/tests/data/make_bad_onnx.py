"""Write ONNX models that must be refused into onnx_bad/, with the error that each must give in index.json."""
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).resolve().parent / "onnx_bad"
F32 = np.float32


def conv(x="d", **attrs):
    return helper.make_node("Conv", [x, "wd"], ["c"], name="conv", **attrs)


def model(middle, last="c", shape=(2, 6, 6), **other):
    """x -> QuantizeLinear -> DequantizeLinear -> middle -> QuantizeLinear -> DequantizeLinear"""
    init = {"s": F32(0.02), "z": np.uint8(3), "w": np.ones((4, 2, 3, 3), np.int8), "ws": F32(0.1), "wz": np.int8(0),
            "so": F32(0.3), "zo": np.uint8(9)}
    init.update(other)
    node = helper.make_node
    nodes = [node("QuantizeLinear", ["x", "s", "z"], ["q"], name="q"), node("DequantizeLinear", ["q", "s", "z"], ["d"], name="d"),
             node("DequantizeLinear", ["w", "ws", "wz"], ["wd"], name="wd")] + middle
    nodes += [node("QuantizeLinear", [last, "so", "zo"], ["yq"], name="yq"), node("DequantizeLinear", ["yq", "so", "zo"], ["y"], name="y")]
    info = helper.make_tensor_value_info
    graph = helper.make_graph(nodes, "bad", [info("x", TensorProto.FLOAT, [1] + list(shape))],
                              [info("y", TensorProto.FLOAT, None)],
                              [numpy_helper.from_array(np.asarray(v), k) for k, v in init.items() if v is not None])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
                             ir_version=8)


def cases():
    node = helper.make_node
    yield "conv_pads", model([conv(pads=[1, 1, 1])]), "E103"
    yield "conv_pads_negative", model([conv(pads=[-1, 0, 0, 0])]), "E101"
    yield "conv_stride_zero", model([conv(strides=[0, 1])]), "E103"
    yield "conv_dilation_huge", model([conv(dilations=[1 << 40, 1])]), "E101"
    yield "conv_kernel_shape", model([conv(kernel_shape=[2, 2])]), "E103"
    yield "conv_too_large", model([conv()], shape=(2, 2, 2)), "E103"
    yield "conv_groups", model([conv(group=3)]), "E103"
    yield "conv_group_zero", model([conv(group=0)]), "E103"
    yield "conv_auto_pad", model([conv(auto_pad="AROUND")]), "E103"
    yield "conv_rank", model([conv()], shape=(2, 6)), "E103"
    yield "conv_scale_zero", model([conv()], ws=F32(0)), "E104"
    yield "conv_scale_nan", model([conv()], ws=F32(np.nan)), "E104"
    yield "conv_scale_missing", model([conv()], ws=None), "E103"
    yield "conv_scales", model([conv()], ws=np.ones(3, F32)), "E104"
    yield "conv_weights_int32", model([conv()], w=np.ones((4, 2, 3, 3), np.int32)), "E10"
    yield "conv_empty", model([conv()], w=np.ones((0, 2, 3, 3), np.int8)), "E10"
    yield "image_huge", model([conv()], shape=(2, 1 << 20, 1 << 20)), "E105"
    yield "image_wide", model([conv()], shape=(2, 4, 9000)), "E105"
    yield "cycle", model([node("Relu", ["loop"], ["a"]), node("Relu", ["a"], ["loop"])], last="a"), "E103"
    yield "itself", model([node("Add", ["d", "c"], ["c"])]), "E103"
    yield "nobody", model([node("Add", ["d", "ghost"], ["c"])]), "E103"
    yield "add_shapes", model([conv(), node("QuantizeLinear", ["c", "so", "zo"], ["cq"]),
                               node("DequantizeLinear", ["cq", "so", "zo"], ["cd"]), node("Add", ["d", "cd"], ["a"])], last="a"), "E101"
    yield "unused", model([conv(), node("Relu", ["d"], ["r"]), node("QuantizeLinear", ["r", "so", "zo"], ["idle"])]), "E101"
    yield "double_quantizers", model([node("QuantizeLinear", ["d", "so", "zo"], ["e"]),
                                      node("DequantizeLinear", ["e", "so", "zo"], ["f"]), conv("f")]), "E101"
    yield "two_producers", model([conv(), node("Relu", ["d"], ["c"])]), "E103"
    yield "no_name", model([conv(), node("Relu", ["d"], [""])]), "E103"
    yield "bias_along_rows", model([conv(), node("Add", ["c", "bias"], ["b"])], last="b", bias=np.ones((1, 1, 4, 1), F32)), "E101"
    yield "zero_point_type", model([conv()], wz=np.uint8(0)), "E103"
    yield "pad_value", model([node("Pad", ["d", "to", "v"], ["c"])], to=np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64),
                             v=F32(99)), "E101"
    yield "resize_axes", model([node("Resize", ["d", "", "to"], ["c"], mode="nearest", axes=[0, 1, 3, 2])],
                               to=np.array([1, 1, 1, 2], F32)), "E103"
    yield "resize_huge", model([node("Resize", ["d", "", "to"], ["c"], mode="nearest"),
                                node("Resize", ["c", "", "to"], ["c2"], mode="nearest"),
                                node("Resize", ["c2", "", "to"], ["c3"], mode="nearest")], last="c3", shape=(2, 40, 40),
                               to=np.array([1, 1, 16, 16], F32)), "E105"
    yield "concat_axis_far", model([node("Concat", ["d", "d"], ["c"], axis=9)]), "E103"
    yield "pool_kernel", model([node("MaxPool", ["d"], ["c"])]), "E103"
    yield "pool_huge", model([node("MaxPool", ["d"], ["c"], kernel_shape=[1 << 30, 1 << 30])]), "E101"
    yield "pool_indices", model([node("MaxPool", ["d"], ["c", "i"], kernel_shape=[2, 2])]), "E101"
    yield "transpose_perm", model([node("Transpose", ["d"], ["c"], perm=[0, 1, 1, 2])]), "E103"
    yield "transpose_batch", model([node("Transpose", ["d"], ["c"], perm=[1, 0, 2, 3])]), "E101"
    yield "reshape_total", model([node("Reshape", ["d", "to"], ["c"])], to=np.array([1, 5, -1], np.int64)), "E103"
    yield "reshape_overflow", model([node("Reshape", ["d", "to"], ["c"])],
                                    to=np.array([1, 1 << 40, 1 << 40], np.int64)), "E103"
    yield "concat_axis", model([node("Concat", ["d", "d"], ["c"], axis=2)]), "E101"
    yield "concat_one", model([node("Concat", ["d"], ["c"], axis=1)]), "E101"
    yield "pad_mode", model([node("Pad", ["d", "to"], ["c"], mode="reflect")], to=np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64)), "E101"
    yield "pad_negative", model([node("Pad", ["d", "to"], ["c"])], to=np.array([0, 0, -1, 0, 0, 0, 0, 0], np.int64)), "E101"
    yield "pad_huge", model([node("Pad", ["d", "to"], ["c"])], to=np.array([0, 0, 1 << 40, 0, 0, 0, 0, 0], np.int64)), "E101"
    yield "resize_half", model([node("Resize", ["d", "", "to"], ["c"], mode="nearest")], to=np.array([1, 1, 1.5, 2], F32)), "E101"
    yield "depth_to_space", model([node("DepthToSpace", ["d"], ["c"], blocksize=3)]), "E103"
    yield "unsqueeze_axis", model([node("Unsqueeze", ["d", "to"], ["c"])], to=np.array([9], np.int64)), "E103"
    yield "clip_bounds", model([node("Clip", ["d", "hi", "lo"], ["c"])], lo=F32(0), hi=F32(1)), "E101"
    yield "mul_constant", model([node("Mul", ["d", "wd"], ["c"])]), "E101"
    yield "float_end", model([conv(), node("Sigmoid", ["c"], ["e"])], last="e"), "E101"
    quant = lambda s, z, b, **a: model([node("Quant", ["d", "qs", "qz", "qb"], ["c"], domain="qonnx.custom_op.general", **a)],
                                       qs=np.asarray(s, F32), qz=F32(z), qb=F32(b))
    yield "quant_bits", quant(0.1, 0, 17), "E101"
    yield "quant_bits_fraction", quant(0.1, 0, 2.5), "E101"
    yield "quant_zero_fraction", quant(0.1, 0.5, 4), "E101"
    yield "quant_scale", quant(0, 0, 4), "E104"
    yield "quant_scales", quant(np.ones((2, 1, 1)), 0, 4), "E101"
    yield "quant_constant", model([node("Quant", ["one", "qs", "qz", "qb"], ["cw"], domain="qonnx.custom_op.general"),
                                   node("MatMul", ["d", "cw"], ["c"])], shape=(6,), one=F32(1), qs=np.ones(3, F32), qz=F32(0),
                                  qb=F32(4)), "E103"
    pool = lambda **a: model([node("AveragePool", ["d"], ["c"], **a)])
    yield "average_kernel", pool(), "E103"
    yield "average_kernel_zero", pool(kernel_shape=[0, 2]), "E103"
    yield "average_kernel_huge", pool(kernel_shape=[1 << 40, 2]), "E101"
    yield "average_kernel_large", pool(kernel_shape=[7, 7]), "E103"
    yield "average_one", pool(kernel_shape=[1, 1], strides=[2, 2]), "E101"
    yield "average_pads", pool(kernel_shape=[2, 2], pads=[1, 1]), "E103"
    yield "average_scale", model([node("AveragePool", ["d"], ["c"], kernel_shape=[2, 2])], so=F32(1e-42)), "E104"
    yield "average_end", model([node("AveragePool", ["d"], ["c"], kernel_shape=[2, 2]), node("Sigmoid", ["c"], ["e"])], last="e"), "E101"
    yield "divide_by_zero", model([node("Div", ["d", "nil"], ["c"])], nil=F32(0)), "E104"
    yield "subtract_two", model([node("Sub", ["d", "d"], ["c"])]), "E101"
    yield "add_vector", model([node("Add", ["d", "v"], ["c"])], v=np.ones((2, 1, 1), F32)), "E101"
    yield "spread_channels", model([conv(), node("QuantizeLinear", ["c", "so", "zo"], ["cq"]), node("DequantizeLinear", ["cq", "so", "zo"], ["cd"]),
                                    node("GlobalAveragePool", ["cd"], ["g"]), node("QuantizeLinear", ["g", "so", "zo"], ["gq"]),
                                    node("DequantizeLinear", ["gq", "so", "zo"], ["gd"]), node("Mul", ["d", "gd"], ["m"])], last="m"), "E101"
    yield "squares_of_input", model([node("DepthToSpace", ["d"], ["c"], blocksize=2, mode="CRD")], shape=(4, 3, 3)), "E101"
    yield "normal_nan", model([conv(), node("BatchNormalization", ["c", "nan", "one", "one", "one"], ["b"])], last="b",
                              nan=np.full(4, np.nan, F32), one=np.ones(4, F32)), "E104"
    yield "quant_mode", quant(0.1, 0, 4, rounding_mode="SOMEHOW"), "E104"


def main():
    OUT.mkdir(exist_ok=True)
    index = []
    for name, m, code in cases():
        onnx.save(m, str(OUT / (name + ".onnx")))
        index.append({"name": name, "code": code})
    with open(OUT / "index.json", "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(e) for e in index) + "\n]\n")
    print(len(index), "models")


if __name__ == "__main__":
    main()
