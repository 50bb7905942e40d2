// Error messages about what is behind or beside the convolutions.
#include <algorithm>
#include <utility>

#include "core/import/layers/mismatch_message.h"
#include "core/import/text/plain_text.h"

namespace convscope::imports {
namespace {

// How many numbers reach a linear layer after these layers, and how many it expects. "mat1 and mat2
// shapes cannot be multiplied (1x600 and 120x84)"; older: "size mismatch, m1: [1 x 600], m2: [120 x
// 84]"; before it, from x.view(-1, 120): "shape '[-1, 120]' is invalid for input of size 600".
std::optional<std::pair<std::int64_t, std::int64_t>> features(std::string_view text) {
  for (const auto& [first, second] :
       {std::pair{"shapes cannot be multiplied (", " and "}, {"size mismatch, m1: [", ", m2: ["}}) {
    const Numbers left = numbers_after(text, first);
    const Numbers right =
        numbers_after(text.substr(std::min(text.find(first), text.size())), second);
    if (left.size() == 2 && right.size() == 2) {
      return std::pair{left[1], right[0]};
    }
  }
  const Numbers shape = numbers_after(text, "shape '[");
  const std::int64_t size = number_after(text, "is invalid for input of size ");
  if (shape.size() != 2 || shape[1] <= 0 || size < 0) {
    return std::nullopt;
  }
  const std::int64_t images = shape[0] > 0 && size % shape[0] == 0 ? shape[0] : 1;
  return std::pair{size / images, shape[1]};
}

}  // namespace

std::optional<Mismatch> linear_features(const Message& message) {
  const auto both = features(message.text);
  if (!both) {
    return std::nullopt;
  }
  const bool any = !message.layers.empty();
  return placed(
      Problem{
          "mismatch_linear", "in_features", {{"found", both->first}, {"expected", both->second}}},
      any ? std::optional(message.layers.size() - 1) : std::nullopt);
}

// load_state_dict: "size mismatch for conv1.weight: copying a param with shape torch.Size([8, 3, 3,
// 3]) from checkpoint, the shape in current model is torch.Size([8, 1, 3, 3])".
std::optional<Mismatch> state_of_another(const Message& message) {
  constexpr std::string_view kMark = "size mismatch for ";
  const Numbers found = numbers_after(message.text, "copying a param with shape torch.Size([");
  const Numbers expected = numbers_after(message.text, "shape in current model is torch.Size([");
  const std::size_t begin = message.text.find(kMark);
  if (begin == std::string_view::npos || found.empty() || expected.empty()) {
    return std::nullopt;
  }
  const std::string_view rest = message.text.substr(begin + kMark.size());
  ProblemValues values = {{"name", std::string(rest.substr(0, rest.find(':')))},
                          {"found", joined(found)},
                          {"expected", joined(expected)}};
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    if (!conv::has_weight(spec.op) || spec.groups <= 0) {
      return false;
    }
    const Shape weight = conv::weight_shape(spec);
    const Numbers sides = expected.size() == 1   ? Numbers{spec.out_channels}
                          : expected.size() == 3 ? Numbers{weight.n, weight.c, weight.w}
                                                 : Numbers{weight.n, weight.c, weight.h, weight.w};
    return sides == expected;
  });
  const auto differs = std::ranges::mismatch(found, expected).in1;
  if (found.size() != expected.size() || differs == found.end()) {
    return placed(Problem{"mismatch_state_rank", "", std::move(values)}, layer);
  }
  // A weight is (out, in, height, width), of a transposed layer (in, out, height, width).
  const bool linear = found.size() == 2;
  const bool transposed =
      layer && message.layers[*layer].op == conv::Op::kConvTranspose && found.size() > 1;
  const auto axis = differs - found.begin();
  const std::string setting = axis > 1 ? "kernel_size"
                              : linear ? (axis == 0 ? "out_features" : "in_features")
                              : (axis == 0) != transposed ? "out_channels"
                                                          : "in_channels";
  values.emplace_back("setting", setting);
  values.emplace_back("there", *differs);
  return placed(Problem{"mismatch_state", setting, std::move(values)}, layer);
}

// torch.cat: "Sizes of tensors must match except in dimension 1. Expected size 28 but got size 14
// for tensor number 1 in the list"; older: "Got 28 and 14 in dimension 2".
std::optional<Mismatch> joined_maps(const Message& message) {
  if (!message.says("must match except in dimension")) {
    return std::nullopt;
  }
  std::int64_t first = number_after(message.text, "Expected size ");
  std::int64_t second = number_after(message.text, "but got size ");
  if (first < 0 || second < 0) {
    first = number_after(message.text, "Got ");
    second = number_after(message.text, "Got " + std::to_string(first) + " and ");
  }
  if (first < 0 || second < 0) {
    return std::nullopt;
  }
  return placed(Problem{"mismatch_join", "", {{"first", first}, {"second", second}}}, std::nullopt);
}

// x + y: "The size of tensor a (28) must match the size of tensor b (26) at non-singleton dimension
// 3".
std::optional<Mismatch> added_maps(const Message& message) {
  const std::int64_t first = number_after(message.text, "The size of tensor a (");
  const std::int64_t second = number_after(message.text, "the size of tensor b (");
  const std::int64_t axis = number_after(message.text, "non-singleton dimension ");
  if (first < 0 || second < 0 || axis < 0) {
    return std::nullopt;
  }
  return placed(Problem{axis == 1 ? "mismatch_add_channels" : "mismatch_add",
                        "",
                        {{"first", first}, {"second", second}}},
                std::nullopt);
}

}  // namespace convscope::imports
