#include <algorithm>
#include <cassert>
#include <initializer_list>
#include <numeric>
#include <string>
#include <utility>

#include "core/conv/conv2d_limits.h"
#include "core/conv/conv2d_spec.h"

namespace convscope {

namespace {

using Problems = std::vector<Problem>;
using Values = std::vector<std::pair<std::string, ProblemValue>>;

void add(Problems& found, const char* code, const char* field, Values values) {
  Problem problem{code, field, std::move(values)};
  if (std::find(found.begin(), found.end(), problem) == found.end()) {  // both axes, one sentence
    found.push_back(std::move(problem));
  }
}

// Each check returns whether the numbers it looked at can be used further.

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

bool check_pads(Problems& found, const Conv2dSpec& spec) {
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

// Whether the product of positive sizes stays within kMostCells.
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

bool check_input(Problems& found, const Shape& input) {
  const Values sizes = {{"n", input.n}, {"c", input.c}, {"h", input.h}, {"w", input.w}};
  if (std::min({input.n, input.c, input.h, input.w}) < 1) {
    add(found, "input_empty", "input", sizes);
    return false;
  }
  if (!fits({input.n, input.c, input.h, input.w})) {
    Values values = sizes;
    values.emplace_back("limit", kMostCells);
    add(found, "input_too_large", "input", std::move(values));
    return false;
  }
  return true;
}

// The largest common divisor of `a` and `b` that is at most `wanted`: the groups that would do.
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

void check_groups(Problems& found, const Conv2dSpec& spec) {
  const auto check = [&](const char* field, std::int64_t channels) {
    if (channels % spec.groups != 0) {
      add(found, "groups_do_not_divide", "groups",
          {{"setting", field},
           {"channels", channels},
           {"groups", spec.groups},
           {"fit", nearest_groups(spec.in_channels, spec.out_channels, spec.groups)}});
    }
  };
  check("in_channels", spec.in_channels);
  check("out_channels", spec.out_channels);
}

void check_channels(Problems& found, const Conv2dSpec& spec, const Shape& input) {
  if (spec.in_channels != input.c) {
    add(found, "channels_differ", "in_channels",
        {{"in_channels", spec.in_channels}, {"input", input.c}});
  }
}

void check_same_stride(Problems& found, const Conv2dSpec& spec) {
  if (spec.padding == PaddingRule::kSame && spec.stride != Size2{1, 1}) {
    add(found, "same_needs_stride_one", "stride", {{"h", spec.stride.h}, {"w", spec.stride.w}});
  }
}

// One axis of the geometry: what the checks below need to know of it.
struct Axis {
  std::int64_t size = 0;
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t kernel = 0;
  std::int64_t dilation = 0;
  std::int64_t reach = 0;
  bool vertical = false;

  std::int64_t padded() const { return size + before + after; }
};

bool check_kernel_fits(Problems& found, const Axis& axis) {
  if (axis.reach <= axis.padded()) {
    return true;
  }
  add(found, axis.vertical ? "kernel_too_tall" : "kernel_too_wide", "kernel_size",
      {{"kernel", axis.reach},
       {"input", axis.padded()},
       {"fit", (axis.padded() - 1) / axis.dilation + 1}});
  return false;
}

// torch.nn.functional.pad: reflect reaches size - 1 cells, circular goes round once.
bool check_padding_reach(Problems& found, const Axis& axis, PaddingMode mode) {
  const bool reflect = mode == PaddingMode::kReflect;
  if (!reflect && mode != PaddingMode::kCircular) {
    return true;
  }
  const std::int64_t limit = reflect ? axis.size - 1 : axis.size;
  const std::int64_t pad = std::max(axis.before, axis.after);
  if (pad <= limit) {
    return true;
  }
  const char* tall = reflect ? "reflect_too_tall" : "circular_too_tall";
  const char* wide = reflect ? "reflect_too_wide" : "circular_too_wide";
  add(found, axis.vertical ? tall : wide, "padding_mode",
      {{"pad", pad}, {"input", axis.size}, {"limit", limit}});
  return false;
}

bool check_geometry(Problems& found, const Conv2dSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  const Size2 reach = dilated_kernel(spec);
  const Axis rows = {input.h,         pads.top, pads.bottom, spec.kernel_size.h,
                     spec.dilation.h, reach.h,  true};
  const Axis columns = {input.w,         pads.left, pads.right, spec.kernel_size.w,
                        spec.dilation.w, reach.w,   false};
  bool good = true;
  for (const Axis& axis : {rows, columns}) {
    good = check_kernel_fits(found, axis) && good;
    good = check_padding_reach(found, axis, spec.padding_mode) && good;
  }
  return good;
}

void check_output_size(Problems& found, const Conv2dSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  const Size2 reach = dilated_kernel(spec);
  const std::int64_t h = (input.h + pads.top + pads.bottom - reach.h) / spec.stride.h + 1;
  const std::int64_t w = (input.w + pads.left + pads.right - reach.w) / spec.stride.w + 1;
  if (!fits({input.n, spec.out_channels, h, w})) {
    const bool padded = spec.padding == PaddingRule::kExplicit && spec.out_channels == 1;
    add(found, "output_too_large", padded ? "padding" : "out_channels",
        {{"n", input.n}, {"c", spec.out_channels}, {"h", h}, {"w", w}, {"limit", kMostCells}});
  }
}

void check_weight_size(Problems& found, const Conv2dSpec& spec) {
  const std::int64_t c = spec.in_channels / spec.groups;
  const Size2 kernel = spec.kernel_size;
  if (!fits({spec.out_channels, std::max<std::int64_t>(1, c), kernel.h, kernel.w})) {
    add(found, "weight_too_large", "kernel_size",
        {{"n", spec.out_channels},
         {"c", c},
         {"h", kernel.h},
         {"w", kernel.w},
         {"limit", kMostCells}});
  }
}

}  // namespace

std::vector<Problem> problems(const Conv2dSpec& spec, const Shape& input) {
  Problems found;
  // Single numbers first; what follows uses only numbers that passed, so nothing overflows.
  const bool in = check_positive(found, "in_channels", {spec.in_channels});
  const bool out = check_positive(found, "out_channels", {spec.out_channels});
  const bool groups = check_positive(found, "groups", {spec.groups});
  const bool kernel =
      check_positive(found, "kernel_size", {spec.kernel_size.h, spec.kernel_size.w});
  const bool stride = check_positive(found, "stride", {spec.stride.h, spec.stride.w});
  const bool dilation = check_positive(found, "dilation", {spec.dilation.h, spec.dilation.w});
  const bool pads = check_pads(found, spec);
  const bool input_good = check_input(found, input);

  if (in && input_good) {
    check_channels(found, spec, input);
  }
  if (in && out && groups) {
    check_groups(found, spec);
  }
  if (in && out && groups && kernel) {
    check_weight_size(found, spec);
  }
  if (stride) {
    check_same_stride(found, spec);
  }
  if (kernel && stride && dilation && pads && input_good && check_geometry(found, spec, input) &&
      out) {
    check_output_size(found, spec, input);
  }
  return found;
}

}  // namespace convscope
