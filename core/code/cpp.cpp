// C++ without a library: every layer is a function of loops.
#include <algorithm>
#include <array>

#include "core/code/literals.h"
#include "core/code/writers.h"

namespace convscope::code {
namespace {

// Lines that know how deep they stand.
class Lines {
 public:
  void add(const std::string& line) { text_ += std::string(2 * depth_, ' ') + line + "\n"; }
  void open(const std::string& line) {
    add(line + " {");
    ++depth_;
  }
  void loop(const std::string& name, const std::string& end) {
    open("for (int " + name + " = 0; " + name + " < " + end + "; ++" + name + ")");
  }
  void close(std::size_t count = 1) {
    for (; count > 0; --count) {
      --depth_;
      add("}");
    }
  }
  std::size_t depth() const { return depth_; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t depth_ = 0;
};

std::string text(std::int64_t number) { return std::to_string(number); }

std::string spaced(std::string place) {
  for (std::size_t at = 0; (at = place.find('*', at)) != std::string::npos; at += 3) {
    place.replace(at, 1, " * ");
  }
  return place;
}

std::string row_of(const PlannedLayer& layer) {
  const conv::LayerSpec& spec = layer.spec;
  return layer.line() ? "0"
                      : spaced(place_text("y", spec.stride.h, "i", spec.dilation.h, spec.pads.top));
}

std::string column_of(const PlannedLayer& layer) {
  const conv::LayerSpec& spec = layer.spec;
  return spaced(place_text("x", spec.stride.w, "j", spec.dilation.w, spec.pads.left));
}

std::string shape_text(const Shape& shape) {
  return text(shape.n) + ", " + text(shape.c) + ", " + text(shape.h) + ", " + text(shape.w);
}

// The loops over the cells of a map; in one dimension y stays 0.
void map_loops(Lines& lines, const PlannedLayer& layer, const std::string& map,
               const char* channel) {
  lines.loop("n", map + ".n");
  lines.loop(channel, map + ".c");
  if (!layer.line()) {
    lines.loop("y", map + ".h");
  }
  lines.loop("x", map + ".w");
}

void tap_loops(Lines& lines, const PlannedLayer& layer) {
  if (!layer.line()) {
    lines.loop("i", text(layer.spec.kernel_size.h));
  }
  lines.loop("j", text(layer.spec.kernel_size.w));
}

std::string at(const PlannedLayer& layer, const char* channel) {
  return std::string("(n, ") + channel + (layer.line() ? ", 0, x)" : ", y, x)");
}

// "3 * (k / 2) + c".
std::string grouped(std::int64_t many, const std::string& name, std::int64_t own,
                    const char* rest) {
  const std::string group = own == 1 ? name : "(" + name + " / " + text(own) + ")";
  return many == 1 ? group : text(many) + " * " + group + " + " + rest;
}

void convolution(Lines& lines, const PlannedLayer& layer) {
  const conv::LayerSpec& spec = layer.spec;
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t filters = spec.out_channels / spec.groups;
  map_loops(lines, layer, "out", "k");
  lines.add("double sum = " + (layer.bias.empty() ? "0" : layer.bias_name + "[k]") + ";");
  const std::size_t depth = lines.depth();
  lines.loop("c", text(channels));
  tap_loops(lines, layer);
  const std::string channel = spec.groups == 1 ? "c" : grouped(channels, "k", filters, "c");
  const std::string place = channel + ", " + row_of(layer) + ", " + column_of(layer) + ")";
  constexpr std::array kPadded = {"zero_padded(in, n, ", "reflected(in, n, ", "replicated(in, n, ",
                                  "wrapped(in, n, "};
  const std::string value = spec.pads == conv::Pads{}
                                ? "double(in.at(n, " + place + ")"
                                : kPadded.at(static_cast<std::size_t>(spec.padding_mode)) + place;
  const std::string i = layer.line() ? "0"
                        : spec.flip  ? text(spec.kernel_size.h - 1) + " - i"
                                     : "i";
  const std::string j = spec.flip ? text(spec.kernel_size.w - 1) + " - j" : "j";
  lines.add("sum += " + value + " * " + layer.weight_name + ".at(k, c, " + i + ", " + j + ");");
  lines.close(lines.depth() - depth);
  lines.add("out.at" + at(layer, "k") + " = float(sum);");
}

void transposed(Lines& lines, const PlannedLayer& layer) {
  const conv::LayerSpec& spec = layer.spec;
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t filters = spec.out_channels / spec.groups;
  const std::string filter = spec.groups == 1 ? "k" : grouped(filters, "c", channels, "k");
  if (!layer.bias.empty()) {
    map_loops(lines, layer, "out", "k");
    lines.add("out.at" + at(layer, "k") + " = " + layer.bias_name + "[k];");
    lines.close(lines.depth() - 1);
  }
  lines.add("// Every cell adds its multiple of the kernel; what falls outside is cut.");
  map_loops(lines, layer, "in", "c");
  lines.loop("k", text(filters));
  tap_loops(lines, layer);
  lines.add("const int row = " + row_of(layer) + ", column = " + column_of(layer) + ";");
  lines.open("if (row >= 0 && row < out.h && column >= 0 && column < out.w)");
  lines.add("out.at(n, " + filter + ", row, column) += in.at" + at(layer, "c") + " * " +
            layer.weight_name + ".at(c, k, " + (layer.line() ? "0" : "i") + ", j);");
}

void open_inside(Lines& lines, const PlannedLayer& layer) {
  lines.add("const int row = " + row_of(layer) + ", column = " + column_of(layer) + ";");
  lines.open("if (row >= 0 && row < in.h && column >= 0 && column < in.w)");
}

void max_pool(Lines& lines, const PlannedLayer& layer) {
  map_loops(lines, layer, "out", "c");
  lines.add("float largest = -INFINITY;");
  const std::size_t depth = lines.depth();
  tap_loops(lines, layer);
  open_inside(lines, layer);
  lines.add("const float value = in.at(n, c, row, column);");
  lines.add("largest = value > largest || std::isnan(value) ? value : largest;");
  lines.close(lines.depth() - depth);
  lines.add("out.at" + at(layer, "c") + " = largest;");
}

void average_pool(Lines& lines, const PlannedLayer& layer) {
  const bool counts = layer.divisor() == 0;
  const bool apart = counts && layer.spec.count_include_pad;
  map_loops(lines, layer, "out", "c");
  lines.add("double sum = 0;");
  if (counts) {
    lines.add("int count = 0;");
  }
  const std::size_t depth = lines.depth();
  tap_loops(lines, layer);
  open_inside(lines, layer);
  lines.add("sum += in.at(n, c, row, column);");
  if (counts && !apart) {
    lines.add("++count;");
  }
  if (apart) {
    lines.close();
    lines.add("// The padding counts, too, but not what lies behind it.");
    lines.open("if (row < " + text(layer.input.h + layer.spec.pads.bottom) + " && column < " +
               text(layer.input.w + layer.spec.pads.right) + ")");
    lines.add("++count;");
  }
  lines.close(lines.depth() - depth);
  lines.add("out.at" + at(layer, "c") + " = float(sum / " +
            (counts ? "count" : text(layer.divisor())) + ");");
}

void relu(Lines& lines) {
  lines.open("for (std::size_t i = 0; i < in.values.size(); ++i)");
  lines.add("const float value = in.values[i];");
  lines.add("out.values[i] = value > 0 || std::isnan(value) ? value : 0;");
}

void unfold(Lines& lines, const PlannedLayer& layer) {
  const conv::Size2& kernel = layer.spec.kernel_size;
  map_loops(lines, layer, "out", "r");
  lines.add("const int c = r / " + text(kernel.h * kernel.w) + ", i = r / " + text(kernel.w) +
            " % " + text(kernel.h) + ", j = r % " + text(kernel.w) + ";");
  open_inside(lines, layer);
  lines.add("out.at(n, r, y, x) = in.at(n, c, row, column);");
}

std::string function(const PlannedLayer& layer) {
  Lines lines;
  lines.open("Tensor " + layer.name + "(const Tensor& in)");
  lines.add("Tensor out = {" + shape_text(layer.output) + "};");
  switch (layer.spec.op) {
    case conv::Op::kConv:
      convolution(lines, layer);
      break;
    case conv::Op::kConvTranspose:
      transposed(lines, layer);
      break;
    case conv::Op::kMaxPool:
      max_pool(lines, layer);
      break;
    case conv::Op::kAvgPool:
      average_pool(lines, layer);
      break;
    case conv::Op::kRelu:
      relu(lines);
      break;
    case conv::Op::kUnfold:
      unfold(lines, layer);
      break;
  }
  lines.close(lines.depth() - 1);
  lines.add("return out;");
  lines.close();
  return lines.text() + "\n";
}

// The C library has names like y1 and log, which an input may have, too.
constexpr const char* kNamespace = "namespace scene {\n\n";
constexpr const char* kNamespaceEnd = "}  // namespace scene\n\n";

constexpr const char* kTensor = R"(// Numbers of shape (n, c, h, w), row by row.
struct Tensor {
  int n, c, h, w;
  std::vector<float> values = std::vector<float>(std::size_t(n) * c * h * w);

  std::size_t offset(int i, int j, int y, int x) const {
    return ((std::size_t(i) * c + j) * h + y) * w + x;
  }
  float& at(int i, int j, int y, int x) { return values[offset(i, j, y, x)]; }
  float at(int i, int j, int y, int x) const { return values[offset(i, j, y, x)]; }
};

)";

constexpr std::array kPaddings = {
    R"(double zero_padded(const Tensor& in, int n, int c, int y, int x) {
  return y < 0 || y >= in.h || x < 0 || x >= in.w ? 0 : in.at(n, c, y, x);
}

)",
    R"(double reflected(const Tensor& in, int n, int c, int y, int x) {
  y = y < 0 ? -y : y >= in.h ? 2 * (in.h - 1) - y : y;
  x = x < 0 ? -x : x >= in.w ? 2 * (in.w - 1) - x : x;
  return in.at(n, c, y, x);
}

)",
    R"(double replicated(const Tensor& in, int n, int c, int y, int x) {
  return in.at(n, c, std::clamp(y, 0, in.h - 1), std::clamp(x, 0, in.w - 1));
}

)",
    R"(double wrapped(const Tensor& in, int n, int c, int y, int x) {
  return in.at(n, c, (y + in.h) % in.h, (x + in.w) % in.w);
}

)"};

constexpr const char* kPrintShape =
    R"(void print_shape(const char* name, std::initializer_list<int> shape) {
  std::printf("%s ", name);
  const char* before = "(";
  for (const int side : shape) {
    std::printf("%s%d", before, side);
    before = ", ";
  }
  std::printf(")\n");
}

)";

constexpr const char* kShowMaps = R"(void show(const Tensor& out) {
  for (int n = 0; n < out.n; ++n) {
    for (int k = 0; k < out.c; ++k) {
      std::printf("out[%d][%d]\n", n, k);
      for (int y = 0; y < out.h; ++y) {
        for (int x = 0; x < out.w; ++x) {
          std::printf(x == 0 ? "%.7g" : " %.7g", out.at(n, k, y, x));
        }
        std::puts("");
      }
    }
  }
}

)";

constexpr const char* kShowRows = R"(void show(const Tensor& out) {
  for (int n = 0; n < out.n; ++n) {
    std::printf("out[%d]\n", n);
    for (int k = 0; k < out.c; ++k) {
      for (int x = 0; x < out.h * out.w; ++x) {
        std::printf(x == 0 ? "%.7g" : " %.7g", out.values[out.offset(n, k, 0, x)]);
      }
      std::puts("");
    }
  }
}

)";

// Rows of numbers as C++ names what is not finite.
std::string rows_text(const Tensor& tensor, std::size_t indent) {
  std::string rows =
      number_lines(tensor.values(), static_cast<std::size_t>(tensor.shape().w), indent);
  for (const auto& [name, word] :
       {std::pair<std::string, std::string>{"nan", "NAN"}, {"inf", "INFINITY"}}) {
    for (std::size_t at = 0; (at = rows.find(name, at)) != std::string::npos;) {
      rows.replace(at, name.size(), word);
      at += word.size();
    }
  }
  return rows;
}

std::string tensor_text(const std::string& name, const Tensor& tensor) {
  return "const Tensor " + name + " = {" + shape_text(tensor.shape()) + ", {\n" +
         rows_text(tensor, 4) + "}};\n";
}

std::string tensors(const Plan& plan) {
  std::string all = tensor_text(plan.input_name, plan.input);
  for (const PlannedLayer& layer : plan.layers) {
    all += layer.weight.empty() ? "" : tensor_text(layer.weight_name, layer.weight);
    all += layer.bias.empty() ? ""
                              : "const std::vector<float> " + layer.bias_name + " = {\n" +
                                    rows_text(layer.bias, 4) + "};\n";
  }
  return all + "\n";
}

std::string paddings(const Plan& plan) {
  std::string all;
  for (std::size_t mode = 0; mode < kPaddings.size(); ++mode) {
    const bool used = std::ranges::any_of(plan.layers, [&](const PlannedLayer& layer) {
      return layer.spec.op == conv::Op::kConv && layer.spec.pads != conv::Pads{} &&
             static_cast<std::size_t>(layer.spec.padding_mode) == mode;
    });
    all += used ? kPaddings.at(mode) : "";
  }
  return all;
}

std::string main_function(const Plan& plan) {
  std::string lines = "int main() {\n";
  for (std::size_t i = 0; i < plan.layers.size(); ++i) {
    const PlannedLayer& layer = plan.layers[i];
    lines += std::string("  ") + (i == 0 ? "scene::Tensor " : "") + "out = scene::" + layer.name +
             "(" + (i == 0 ? "scene::" + plan.input_name : "out") + ");\n";
    const bool rows = layer.unfolds() && layer.last;
    lines += "  scene::print_shape(\"" + layer.name + "\", {out.n, out.c, " +
             (rows           ? "out.h * out.w"
              : layer.line() ? "out.w"
                             : "out.h, out.w") +
             "});\n";
  }
  return lines + "  scene::show(out);\n}\n";
}

}  // namespace

std::string cpp_program(const Plan& plan) {
  std::string layers;
  for (const PlannedLayer& layer : plan.layers) {
    layers += function(layer);
  }
  const bool rows = plan.one_dimensional || plan.layers.back().unfolds();
  return "// " + plan.title +
         "\n// c++ -std=c++17 -O2 FILE.cpp\n#include <algorithm>\n#include <cmath>\n"
         "#include <cstdio>\n#include <initializer_list>\n#include <vector>\n\n" +
         kNamespace + kTensor + tensors(plan) + paddings(plan) + layers + kPrintShape +
         (rows ? kShowRows : kShowMaps) + kNamespaceEnd + main_function(plan);
}

}  // namespace convscope::code
