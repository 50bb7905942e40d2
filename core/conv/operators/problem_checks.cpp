#include "core/conv/operators/problem_checks.h"

#include <algorithm>
#include <numeric>

namespace convscope::conv {

void add(Problems& found, const char* code, const char* field, ProblemValues values) {
  Problem problem{code, field, std::move(values)};
  if (std::find(found.begin(), found.end(), problem) == found.end()) {
    found.push_back(std::move(problem));
  }
}

bool check_positive(Problems& found, const char* field,
                    std::initializer_list<std::int64_t> values) {
  bool good = true;
  for (const std::int64_t value : values) {
    if (value < 1) {
      add(found, "not_positive", field, {{"setting", field}, {"value", value}});
      good = false;
    } else if (value > kMostCells) {
      add(found, "too_large", field, {{"setting", field}, {"value", value}, {"limit", kMostCells}});
      good = false;
    }
  }
  return good;
}

namespace {

bool check_pads(Problems& found, const LayerSpec& spec) {
  if (spec.padding != PaddingRule::kExplicit) {
    return true;
  }
  bool good = true;
  for (const std::int64_t pad :
       {spec.pads.top, spec.pads.bottom, spec.pads.left, spec.pads.right}) {
    if (pad < 0) {
      add(found, "padding_negative", "padding", {{"value", pad}});
      good = false;
    } else if (pad > kMostCells) {
      add(found, "too_large", "padding",
          {{"setting", "padding"}, {"value", pad}, {"limit", kMostCells}});
      good = false;
    }
  }
  return good;
}

// The largest common divisor of `a` and `b` that is at most `wanted`: a number of groups that
// works.
std::int64_t nearest_groups(std::int64_t a, std::int64_t b, std::int64_t wanted) {
  const std::int64_t common = std::gcd(a, b);
  std::int64_t best = 1;
  for (std::int64_t d = 1; d * d <= common; ++d) {
    for (const std::int64_t divisor : {d, common / d}) {
      if (common % d == 0 && divisor <= wanted) {
        best = std::max(best, divisor);
      }
    }
  }
  return best;
}

bool check_groups(Problems& found, const LayerSpec& spec) {
  const auto check = [&](const char* field, std::int64_t channels) {
    if (channels % spec.groups != 0) {
      add(found, "groups_do_not_divide", "groups",
          {{"setting", field},
           {"channels", channels},
           {"groups", spec.groups},
           {"fit", nearest_groups(spec.in_channels, spec.out_channels, spec.groups)}});
      return false;
    }
    return true;
  };
  const bool in = check("in_channels", spec.in_channels);
  return check("out_channels", spec.out_channels) && in;
}

bool check_weight_size(Problems& found, const LayerSpec& spec) {
  const Shape weight = weight_shape(spec);
  const auto at_least_one = [](std::int64_t size) { return std::max<std::int64_t>(1, size); };
  if (fits({at_least_one(weight.n), at_least_one(weight.c), weight.h, weight.w})) {
    return true;
  }
  add(found, "weight_too_large", "kernel_size",
      {{"n", weight.n}, {"c", weight.c}, {"h", weight.h}, {"w", weight.w}, {"limit", kMostCells}});
  return false;
}

}  // namespace

bool check_window_numbers(Problems& found, const LayerSpec& spec) {
  const bool kernel =
      check_positive(found, "kernel_size", {spec.kernel_size.h, spec.kernel_size.w});
  const bool stride = check_positive(found, "stride", {spec.stride.h, spec.stride.w});
  const bool dilation = check_positive(found, "dilation", {spec.dilation.h, spec.dilation.w});
  return check_pads(found, spec) && kernel && stride && dilation;
}

bool check_input(Problems& found, const Shape& input) {
  const ProblemValues sizes = {{"n", input.n}, {"c", input.c}, {"h", input.h}, {"w", input.w}};
  if (std::min({input.n, input.c, input.h, input.w}) < 1) {
    add(found, "input_empty", "input", sizes);
    return false;
  }
  if (!fits({input.n, input.c, input.h, input.w})) {
    ProblemValues values = sizes;
    values.emplace_back("limit", kMostCells);
    add(found, "input_too_large", "input", std::move(values));
    return false;
  }
  return true;
}

bool fits(std::initializer_list<std::int64_t> sizes) {
  std::int64_t product = 1;
  for (const std::int64_t size : sizes) {
    if (size > kMostCells / product) {
      return false;
    }
    product *= size;
  }
  return true;
}

bool check_channels(Problems& found, const LayerSpec& spec, const Shape& input) {
  const bool in = check_positive(found, "in_channels", {spec.in_channels});
  const bool out = check_positive(found, "out_channels", {spec.out_channels});
  const bool groups = check_positive(found, "groups", {spec.groups});
  bool good = in && out && groups;
  Problems of_input;
  if (in && check_input(of_input, input) && spec.in_channels != input.c) {
    add(found, "channels_differ", "in_channels",
        {{"in_channels", spec.in_channels}, {"input", input.c}});
    good = false;
  }
  if (in && out && groups) {
    good = check_groups(found, spec) && good;
    const Size2 kernel = spec.kernel_size;
    const bool sized =
        std::min(kernel.h, kernel.w) >= 1 && kernel.h <= kMostCells && kernel.w <= kMostCells;
    good = (!sized || check_weight_size(found, spec)) && good;
  }
  return good;
}

bool check_plain_padding(Problems& found, const LayerSpec& spec) {
  bool good = true;
  if (spec.padding == PaddingRule::kSame || spec.padding == PaddingRule::kSameTf) {
    add(found, "padding_needs_numbers", "padding", {});
    good = false;
  }
  const Pads& pads = spec.pads;
  if (spec.padding == PaddingRule::kExplicit &&
      (pads.top != pads.bottom || pads.left != pads.right)) {
    add(found, "padding_uneven", "padding",
        {{"top", pads.top}, {"bottom", pads.bottom}, {"left", pads.left}, {"right", pads.right}});
    good = false;
  }
  if (spec.padding_mode != PaddingMode::kZeros) {
    add(found, "padding_mode_needs_zeros", "padding_mode", {});
    good = false;
  }
  return good;
}

std::pair<CheckedAxis, CheckedAxis> axes_of(const LayerSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  const Size2 reach = dilated_kernel(spec);
  return {{input.h, pads.top, pads.bottom, spec.kernel_size.h, spec.stride.h, spec.dilation.h,
           reach.h, spec.output_padding.h, true},
          {input.w, pads.left, pads.right, spec.kernel_size.w, spec.stride.w, spec.dilation.w,
           reach.w, spec.output_padding.w, false}};
}

bool check_kernel_fits(Problems& found, const CheckedAxis& axis, std::int64_t overhang) {
  if (axis.reach <= axis.padded() + overhang) {
    return true;
  }
  add(found, axis.vertical ? "kernel_too_tall" : "kernel_too_wide", "kernel_size",
      {{"kernel", axis.reach},
       {"input", axis.padded()},
       {"fit", (axis.padded() - 1) / axis.dilation + 1}});
  return false;
}

}  // namespace convscope::conv
