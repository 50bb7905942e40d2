#include "core/picture/beside/code_program.h"
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/conv/analysis/step.h"
#include "core/lesson/layer_code.h"

namespace convscope::picture::beside {

namespace {

bool has_channels(const derive::LayerResult& layer) { return layer.input.shape().c > 1; }

// How far a slice reaches on each axis, by the program.
conv::Size2 slice_size(lesson::CodeStrip kind, const derive::LayerResult& layer) {
  const Shape& kernel = layer.weight.shape();
  const bool mistaken = kind == lesson::CodeStrip::kLoop && has_channels(layer);
  return mistaken ? conv::Size2{kernel.c, kernel.h} : conv::Size2{kernel.h, kernel.w};
}

// Python's slices end with what they slice.
std::int64_t cut_length(std::int64_t from, std::int64_t length, std::int64_t size) {
  return std::clamp<std::int64_t>(size - from, 0, length);
}

// Multiplying two tensors: their sizes must agree, or one of them be 1. Dimensions are compared
// from the last to the first.
std::optional<std::string> size_error(const std::vector<std::int64_t>& a,
                                      const std::vector<std::int64_t>& b) {
  for (std::size_t dimension = a.size(); dimension-- > 0;) {
    const std::int64_t left = a[dimension];
    const std::int64_t right = b[dimension];
    if (left != right && left != 1 && right != 1) {
      return "RuntimeError: The size of tensor a (" + std::to_string(left) +
             ") must match the size of tensor b (" + std::to_string(right) +
             ") at non-singleton dimension " + std::to_string(dimension);
    }
  }
  return std::nullopt;
}

std::vector<std::int64_t> kernel_shape(const derive::LayerResult& layer) {
  const Shape& kernel = layer.weight.shape();
  return has_channels(layer) ? std::vector{kernel.c, kernel.h, kernel.w}
                             : std::vector{kernel.h, kernel.w};
}

std::vector<std::int64_t> segment_shape(lesson::CodeStrip kind, const derive::LayerResult& layer,
                                        std::int64_t i, std::int64_t j) {
  const conv::Size2 size = slice_size(kind, layer);
  const Shape& image = layer.input.shape();
  const std::int64_t rows = cut_length(i, size.h, image.h);
  const std::int64_t columns = cut_length(j, size.w, image.w);
  return has_channels(layer) ? std::vector{image.c, rows, columns} : std::vector{rows, columns};
}

// torch.sum(segment * kernel) with sizes of 1 stretched.
double broadcast_sum(const derive::LayerResult& layer, const Index& at, std::int64_t rows,
                     std::int64_t columns) {
  const Shape& kernel = layer.weight.shape();
  double sum = 0;
  for (std::int64_t c = 0; c < kernel.c; ++c) {
    for (std::int64_t y = 0; y < (rows == 1 ? kernel.h : rows); ++y) {
      for (std::int64_t x = 0; x < (columns == 1 ? kernel.w : columns); ++x) {
        const double value =
            layer.input.at({at.n, c, at.y + (rows == 1 ? 0 : y), at.x + (columns == 1 ? 0 : x)});
        sum += value * layer.weight.at({at.c, c, kernel.h == 1 ? 0 : y, kernel.w == 1 ? 0 : x});
      }
    }
  }
  return sum;
}

std::string slice_text(const std::string& size, std::int64_t from, std::int64_t length) {
  return size + std::to_string(from) + ":" + std::to_string(from + length);
}

// "8 - 3 + 1 = 6", the size of a square map of a square image; empty where the lecture's arithmetic
// does not hold.
std::string size_comment(const derive::LayerResult& layer, bool loop) {
  const Shape& image = layer.input.shape();
  const Shape& kernel = layer.weight.shape();
  const Shape& out = layer.output_shape;
  if (image.h != image.w || kernel.h != kernel.w || out.h != image.h - kernel.h + 1 ||
      out.w != out.h) {
    return "";
  }
  const std::string sum = std::to_string(image.h) + " - " + std::to_string(kernel.h) +
                          " + 1 = " + std::to_string(out.h);
  return loop ? "  # " + sum : "  # img - kernel + 1 (" + sum + ")";
}

// "(8,8)", as the lecture's comments write a size.
std::string plain_size(std::int64_t h, std::int64_t w) {
  return "(" + std::to_string(h) + "," + std::to_string(w) + ")";
}

// The lecture's loop draws its numbers, and its comment calls the channels of the kernel filters.
std::string drawn_image(const Shape& image) {
  return "img = torch.randn(" + python_shape({image.c, image.h, image.w}) + ")  # " +
         std::to_string(image.c) + "-num of channels, " + plain_size(image.h, image.w) +
         "-img size";
}

std::string drawn_kernel(const Shape& kernel) {
  return "kernel = torch.randn(" + python_shape({kernel.c, kernel.h, kernel.w}) + ")  # " +
         std::to_string(kernel.c) + "-num of filters, " + plain_size(kernel.h, kernel.w) +
         "-kernel size";
}

// "img = torch.Tensor([[1, 1], [0, 1]])" on one line; empty where it would be a long one, and for
// numbers that are not whole.
std::string written_plane(const std::string& name, const Tensor& tensor, std::int64_t n) {
  constexpr std::size_t kMostLetters = 112;
  std::string text = name + " = torch.Tensor([";
  for (std::int64_t y = 0; y < tensor.shape().h && text.size() <= kMostLetters; ++y) {
    text += y == 0 ? "[" : ", [";
    for (std::int64_t x = 0; x < tensor.shape().w && text.size() <= kMostLetters; ++x) {
      const float value = tensor.at({n, 0, y, x});
      if (value != std::floor(value) || std::abs(value) > 999) {
        return "";
      }
      text += (x == 0 ? "" : ", ") + std::to_string(static_cast<int>(value));
    }
    text += "]";
  }
  text += "])";
  return text.size() <= kMostLetters ? text : "";
}

void add_line(std::vector<std::string>& lines, std::string line, const char* comment = "") {
  if (!line.empty()) {
    lines.push_back(std::move(line) + comment);
  }
}

// The lines that make image and kernel: drawn in the loop, written out around the linear layer.
void add_numbers(Program& program, const derive::LayerResult& layer) {
  if (program.kind == lesson::CodeStrip::kLoop && has_channels(layer)) {
    program.setup.push_back(drawn_image(layer.input.shape()));
    program.setup.push_back(drawn_kernel(layer.weight.shape()));
  } else if (program.kind == lesson::CodeStrip::kLinear && !has_channels(layer)) {
    add_line(program.setup, written_plane("img", layer.input, 0));
    add_line(program.setup, written_plane("weights", layer.weight, 0), "  # kernel weights");
  }
}

void add_linear(Program& program, const derive::LayerResult& layer) {
  const Shape& weight = layer.weight.shape();
  const std::string count = std::to_string(weight.c * weight.h * weight.w);
  const std::string product = (weight.c > 1 ? std::to_string(weight.c) + " * " : "") +
                              std::to_string(weight.h) + " * " + std::to_string(weight.w);
  program.setup.push_back("local_linear = nn.Linear(" + count + ", 1" +
                          (layer.spec.bias ? ")" : ", bias=False)") + "  # " + count + " = " +
                          product);
  program.setup.push_back("local_linear.weight = nn.Parameter(weights.reshape(-1))  # set weights");
  if (layer.spec.bias) {
    program.setup.push_back("local_linear.bias = nn.Parameter(bias)");
  }
}

void add_setup(Program& program, const derive::LayerResult& layer, std::int64_t filter,
               bool whole) {
  const Shape& out = layer.output_shape;
  const std::string size = std::to_string(out.h) + ", " + std::to_string(out.w);
  const bool loop = program.kind == lesson::CodeStrip::kLoop;
  if (out.c == 1 && whole) {
    add_numbers(program, layer);
  }
  if (out.c > 1) {
    program.setup.push_back(std::string(loop ? "kernel" : "weights") + " = conv.weight[" +
                            std::to_string(filter) + "]");
    if (layer.spec.bias) {
      program.setup.back() += "; bias = conv.bias[" + std::to_string(filter) + "]";
    }
  }
  if (!loop) {
    add_linear(program, layer);
  }
  program.setup.push_back("result = torch.zeros(" + (loop ? size : "(" + size + ")") + ")" +
                          size_comment(layer, loop));
}

}  // namespace

Program program_of(lesson::CodeStrip kind, const derive::LayerResult& layer, std::int64_t filter,
                   bool whole) {
  Program program;
  program.kind = kind;
  add_setup(program, layer, filter, whole);
  const bool loop = kind == lesson::CodeStrip::kLoop;
  const bool channels = has_channels(layer);
  const std::string name = loop ? "kernel" : "weights";
  const std::string begin = channels ? "img[:, " : "img[";
  const std::string rows = channels && !loop ? "1" : "0";
  const std::string columns = channels && !loop ? "2" : "1";
  program.sum = loop ? "torch.sum(segment * kernel)" : "local_linear(segment)";
  if (loop && layer.spec.bias) {
    program.sum += " + bias";
  }
  program.loops = {"for i in range(result.shape[0]):", "    for j in range(result.shape[1]):",
                   "        segment = " + begin + "i : i + " + name + ".shape[" + rows +
                       "], j : j + " + name + ".shape[" + columns + "]]" +
                       (loop ? "" : ".reshape(-1)"),
                   "        result[i, j] = " + program.sum};
  return program;
}

std::string unknown_settings(const derive::LayerResult& layer, bool one_dimensional) {
  const conv::LayerSpec& spec = layer.spec;
  if (spec.op != conv::Op::kConv || one_dimensional) {
    return lesson::torch_class(spec.op, one_dimensional);
  }
  std::string settings;
  const auto add = [&](const std::string& text) {
    settings += (settings.empty() ? "" : ", ") + text;
  };
  const auto pair = [](const char* name, std::int64_t h, std::int64_t w) {
    const std::string both = std::to_string(h) + ", " + std::to_string(w);
    return std::string(name) + "=" + (h == w ? std::to_string(h) : "(" + both + ")");
  };
  if (spec.stride != conv::Size2{1, 1}) {
    add(pair("stride", spec.stride.h, spec.stride.w));
  }
  if (layer.pads != conv::Pads{}) {
    const conv::Pads& pads = layer.pads;
    const bool even = pads.top == pads.bottom && pads.left == pads.right;
    add(even ? pair("padding", pads.top, pads.left) : "padding");
  }
  if (spec.dilation != conv::Size2{1, 1}) {
    add(pair("dilation", spec.dilation.h, spec.dilation.w));
  }
  if (spec.groups != 1) {
    add("groups=" + std::to_string(spec.groups));
  }
  if (spec.flip) {
    add("torch.flip");
  }
  return settings;
}

Turn turn_of(const Program& program, const derive::LayerResult& layer, const Index& output_at) {
  Turn turn;
  turn.i = output_at.y;
  turn.j = output_at.x;
  const conv::Size2 size = slice_size(program.kind, layer);
  const bool channels = has_channels(layer);
  turn.slice = "img[" + slice_text(channels ? ":, " : "", turn.i, size.h) +
               slice_text(", ", turn.j, size.w) + "]";
  turn.shape = segment_shape(program.kind, layer, turn.i, turn.j);
  if (program.kind == lesson::CodeStrip::kLoop && channels) {
    turn.error = size_error(turn.shape, kernel_shape(layer));
    if (!turn.error) {
      turn.value = broadcast_sum(layer, output_at, turn.shape[1], turn.shape[2]) +
                   (layer.spec.bias ? layer.bias.at({0, 0, 0, output_at.c}) : 0);
    }
    return turn;
  }
  if (program.kind == lesson::CodeStrip::kLinear) {
    const Shape& weight = layer.weight.shape();
    turn.slice += ".reshape(-1)";
    turn.shape = {weight.c * weight.h * weight.w};
  }
  turn.value = conv::step_at(layer.input, layer.weight, layer.bias, layer.spec,
                             conv::position_of(layer.output_shape, output_at))
                   .value;
  return turn;
}

std::optional<Index> first_error(const Program& program, const derive::LayerResult& layer,
                                 std::int64_t n, std::int64_t filter) {
  if (program.kind != lesson::CodeStrip::kLoop || !has_channels(layer)) {
    return std::nullopt;
  }
  // A slice's rows depend on i alone and its columns on j alone, so that the first row and the
  // first column tell.
  const auto fails = [&](std::int64_t i, std::int64_t j) {
    return size_error(segment_shape(program.kind, layer, i, j), kernel_shape(layer)).has_value();
  };
  for (std::int64_t j = 0; j < layer.output_shape.w; ++j) {
    if (fails(0, j)) {
      return Index{n, filter, 0, j};
    }
  }
  for (std::int64_t i = 1; i < layer.output_shape.h; ++i) {
    if (fails(i, 0)) {
      return Index{n, filter, i, 0};
    }
  }
  return std::nullopt;
}

std::string segment_text(const Program& program, const derive::LayerResult& layer, const Turn& turn,
                         std::int64_t n) {
  constexpr std::int64_t kMostValues = 9;
  const conv::Size2& kernel = layer.spec.kernel_size;
  const bool few = program.kind == lesson::CodeStrip::kLinear && turn.shape.front() <= kMostValues;
  const bool small = layer.input_range.low >= 0 && layer.input_range.high <= 9;
  std::string list;
  for (std::int64_t tap = 0; few && small && tap < turn.shape.front(); ++tap) {
    const Index at = {n, tap / (kernel.h * kernel.w), turn.i + tap / kernel.w % kernel.h,
                      turn.j + tap % kernel.w};
    const float value = layer.input.at(at);
    if (value != std::floor(value)) {
      return turn.slice + "  " + python_shape(turn.shape);
    }
    list += (list.empty() ? "[" : ", ") + std::to_string(static_cast<int>(value));
  }
  return turn.slice + (list.empty() ? "  " + python_shape(turn.shape) : " = " + list + "]");
}

std::string python_shape(const std::vector<std::int64_t>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace convscope::picture::beside
