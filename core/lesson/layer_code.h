// A layer as PyTorch code.
#pragma once

#include <string>
#include <string_view>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// The layer's name in lesson files: "conv2d", "max_pool1d", "relu".
std::string_view op_word(const Layer& layer);

// PyTorch's class for it: "Conv2d", "MaxPool1d", "ReLU".
std::string torch_class(const Layer& layer);
std::string torch_class(conv::Op op, bool one_dimensional);

// "nn.Conv2d(3, 5, kernel_size=3, stride=2, padding=1, bias=False)": settings at their default are
// omitted. Padding that PyTorch's layer doesn't support becomes a layer before it:
// "nn.Sequential(nn.ConstantPad1d((1, 2), 0.0), nn.Conv1d(...))". `input` is (N, C, H, W).
std::string layer_expression(const Layer& layer, const Shape& input);

// The lines that create the layer: "conv = nn.Conv2d(...)", and for a true convolution
// "conv.weight.data = torch.flip(conv.weight.data, (2, 3))".
std::string layer_code(const Layer& layer, const Shape& input);

}  // namespace convscope::lesson
