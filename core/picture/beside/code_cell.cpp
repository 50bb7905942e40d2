// The lecture's first cell: nn.Conv2d, called with an image, and the shapes that it prints.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/layer_code.h"
#include "core/picture/beside/code_program.h"

namespace convscope::picture::beside {
namespace {

std::string torch_size(const Shape& shape) {
  return "torch.Size([" + std::to_string(shape.n) + ", " + std::to_string(shape.c) + ", " +
         std::to_string(shape.h) + ", " + std::to_string(shape.w) + "])";
}

// "nn.Conv2d(3, 5, kernel_size=3, padding=(1, 2))" -> "3", "5", "kernel_size=3", ...
std::vector<std::string> arguments_of(std::string_view expression) {
  std::vector<std::string> arguments(1);
  int depth = 0;
  for (const char c : expression.substr(expression.find('(') + 1)) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth < 0) {
      break;
    }
    if (c == ',' && depth == 0) {
      arguments.emplace_back();
    } else if (c != ' ' || !arguments.back().empty()) {
      arguments.back() += c;
    }
  }
  return arguments;
}

}  // namespace

Program cell_of(const lesson::Layer& layer, const derive::LayerResult& result, bool whole) {
  const Shape& image = result.input.shape();
  Program program;
  program.kind = lesson::CodeStrip::kConv2d;
  std::vector<std::string> arguments = arguments_of(lesson::layer_expression(layer, image));
  constexpr std::array kNames = {"in_channels=", "out_channels="};
  for (std::size_t i = 0; i < std::min(arguments.size(), kNames.size()); ++i) {
    arguments[i].insert(0, kNames[i]);
  }
  const std::string make = "conv = torch.nn.Conv2d(";
  std::string comment;
  if (whole) {
    constexpr std::array kComments = {"  # Number of input channels",
                                      "  # Number of filters/output channels"};
    program.setup.push_back(make);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      program.setup.push_back("    " + arguments[i] + "," +
                              (i < kComments.size() ? kComments[i] : ""));
    }
    program.setup.emplace_back(")");
    comment = "  # " + std::to_string(image.n) + "-batch size, " + std::to_string(image.c) +
              "-num of channels, (" + std::to_string(image.h) + "," + std::to_string(image.w) +
              ")-img size";
  } else {
    std::string call;
    for (const std::string& argument : arguments) {
      call += (call.empty() ? "" : ", ") + argument;
    }
    program.setup.push_back(make + call + ")");
  }
  program.setup.push_back("img = torch.randn((" + std::to_string(image.n) + ", " +
                          std::to_string(image.c) + ", " + std::to_string(image.h) + ", " +
                          std::to_string(image.w) + "))" + comment);
  program.printed.resize(program.setup.size());
  program.setup.emplace_back("print(f\"img shape: {img.shape}\")");
  program.printed.push_back("img shape: " + torch_size(image));
  program.call = program.setup.size();
  program.setup.emplace_back("out = conv(img)");
  program.printed.emplace_back();
  program.setup.emplace_back("print(f\"out shape: {out.shape}\")");
  program.printed.push_back("out shape: " + torch_size(result.output_shape));
  return program;
}

}  // namespace convscope::picture::beside
