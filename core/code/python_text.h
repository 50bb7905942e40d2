// What programs in Python share.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/code/plan.h"

namespace convscope::code {

// How a library makes a tensor.
struct PythonLibrary {
  std::string_view make;        // "np.array"
  std::string_view dtype;       // "np.float32"
  bool shape_argument = false;  // takes shape=(...), where others have .reshape(...)
};

// "img = np.array([[[[1, 0],\n ...]]]], dtype=np.float32)"; many values stand in one flat list.
std::string python_tensor(const PythonLibrary& library, const std::string& name,
                          const Tensor& tensor, std::vector<std::int64_t> dimensions);
// Of every tensor of the plan, with blank lines between.
std::string python_tensors(const PythonLibrary& library, const Plan& plan);
// The weight and the bias of a layer, "" without.
std::string python_weights(const PythonLibrary& library, const PlannedLayer& layer);

// The title as a comment and the imports, sorted by whoever calls.
std::string python_head(const Plan& plan, std::string_view imports);
// The function that prints a map, given as nested lists: ends with two blank lines.
std::string python_show();

// "print("conv", tuple(out.shape))".
std::string print_shape(const PlannedLayer& layer, std::string_view shape);

// The lines of a layer that reads `x` and leaves its map in `out`.
using LinesOf = std::function<std::string(const PlannedLayer& layer, const std::string& x)>;
// Every layer's lines and its shape, with `between` after each; then the map.
std::string python_layers(const Plan& plan, const LinesOf& lines_of, std::string_view between = "");
// "out = out + bias[:, None, None]\n", channels first; "" without a bias.
std::string bias_line(const PlannedLayer& layer);
// "weight[:, :, ::-1, ::-1]" where the layer turns its kernel.
std::string kernel_name(const PlannedLayer& layer);

// "((0, 0), (0, 0), (1, 1), (1, 1))": what is padded on each axis; `axes` is "nchw", "nhwc" or
// "hw".
std::string pad_pairs(const conv::Pads& pads, bool one_dimensional, std::string_view axes = "nchw");
// ", stride=(2, 2)" where it is not 1.
std::string unless_one(std::string_view name, const conv::Size2& size, bool one_dimensional);
// "1:4, 1:4": a map of `size` from `top` and `left` on.
std::string slices(const conv::Pads& cut, const Shape& size, bool one_dimensional);
// ", mode="reflect"", as np.pad and jnp.pad take it; "" for zeros.
std::string mode_argument(conv::PaddingMode mode);

}  // namespace convscope::code
