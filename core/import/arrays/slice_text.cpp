#include "core/import/arrays/slice_text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/import/text/plain_text.h"

namespace convscope::imports {
namespace {

// One entry between commas, as written.
struct Item {
  std::size_t at = 0;
  bool ellipsis = false;
  bool range = false;                 // whether it has a colon
  std::optional<std::int64_t> start;  // for a single number: that number
  std::optional<std::int64_t> stop;
  std::optional<std::int64_t> step;
};

class SliceReader {
 public:
  explicit SliceReader(const PlainText& text) : text_(text), chars_(text.chars()) {}

  std::vector<Item> items() {
    std::vector<Item> found;
    skip_blanks();
    const bool brackets = accept('[');
    while (true) {
      skip_blanks();
      if (at_ == chars_.size() || (brackets && peek() == ']')) {
        break;
      }
      found.push_back(item());
      skip_blanks();
      if (!accept(',')) {
        break;
      }
    }
    if (brackets && !accept(']')) {
      unexpected();
    }
    skip_blanks();
    if (at_ != chars_.size()) {
      unexpected();
    }
    return found;
  }

  [[noreturn]] void fail(const char* code, std::size_t at, ProblemValues more = {}) const {
    more.insert(more.begin(), {"column", text_.place(at).column});
    throw Failure({code, "slice", std::move(more)});
  }

 private:
  char peek() const { return at_ < chars_.size() ? chars_[at_] : '\0'; }
  void skip_blanks() {
    while (is_blank(peek()) || peek() == '\n') {
      ++at_;
    }
  }
  bool accept(char wanted) {
    const bool there = peek() == wanted && wanted != '\0';
    at_ += there ? 1 : 0;
    return there;
  }
  [[noreturn]] void unexpected() const {
    if (at_ == chars_.size()) {
      fail("slice_ends", at_);
    }
    fail("slice_unexpected", at_, {{"word", text_.quoted(at_, at_ + 1)}});
  }

  Item item() {
    Item found;
    found.at = at_;
    if (peek() == kEllipsisSign || chars_.substr(at_).starts_with("...")) {
      at_ += peek() == kEllipsisSign ? 1 : 3;
      found.ellipsis = true;
      return found;
    }
    found.start = number();
    skip_blanks();
    if (!accept(':')) {
      if (!found.start) {
        unexpected();
      }
      return found;
    }
    found.range = true;
    found.stop = number();
    skip_blanks();
    if (accept(':')) {
      skip_blanks();
      const std::size_t at = at_;
      found.step = number();
      if (found.step == 0) {
        fail("slice_step_zero", at);
      }
    }
    return found;
  }

  // Numbers beyond 64 bits are clamped, like any bound.
  std::optional<std::int64_t> number() {
    skip_blanks();
    if (!is_digit(peek()) && peek() != '-' && peek() != '+') {
      return std::nullopt;
    }
    const bool negative = peek() == '-';
    at_ += is_digit(peek()) ? 0 : 1;
    const std::size_t begin = at_;
    while (is_digit(peek())) {
      ++at_;
    }
    if (begin == at_) {
      unexpected();
    }
    constexpr std::int64_t kMost = std::int64_t{1} << 60;
    std::int64_t value = kMost;
    std::from_chars(chars_.data() + begin, chars_.data() + at_, value);
    value = std::min(value, kMost);
    return negative ? -value : value;
  }

  const PlainText& text_;
  std::string_view chars_;
  std::size_t at_ = 0;
};

// As PySlice_AdjustIndices: where the range starts in a dimension of this size, and how many places
// it has.
SliceSide side_of_range(const Item& item, std::int64_t size) {
  const std::int64_t step = item.step.value_or(1);
  const auto bounded = [&](std::int64_t at) {
    at += at < 0 ? size : 0;
    return step > 0 ? std::clamp<std::int64_t>(at, 0, size)
                    : std::clamp<std::int64_t>(at, -1, size - 1);
  };
  const std::int64_t start = item.start ? bounded(*item.start) : (step > 0 ? 0 : size - 1);
  const std::int64_t stop = item.stop ? bounded(*item.stop) : (step > 0 ? size : -1);
  const std::int64_t span = step > 0 ? stop - start : start - stop;
  const std::int64_t pace = step > 0 ? step : -step;
  const std::int64_t count = span > 0 ? (span - 1) / pace + 1 : 0;
  return {start, count > 1 ? step : 1, count, false};
}

SliceSide side_of(const SliceReader& reader, const Item& item, std::int64_t size) {
  if (item.range) {
    const SliceSide side = side_of_range(item, size);
    if (side.count == 0) {
      reader.fail("slice_empty", item.at, {{"size", size}});
    }
    return side;
  }
  const std::int64_t at = *item.start + (*item.start < 0 ? size : 0);
  if (at < 0 || at >= size) {
    reader.fail("slice_outside", item.at,
                {{"index", *item.start}, {"size", size}, {"last", size - 1}});
  }
  return {at, 1, 1, true};
}

std::vector<SliceSide> sides_of(const PlainText& text, std::span<const std::int64_t> shape) {
  SliceReader reader(text);
  std::vector<Item> items = reader.items();
  const auto ellipses = std::ranges::count(items, true, &Item::ellipsis);
  const auto said = std::ssize(items) - ellipses;
  if (said > std::ssize(shape)) {
    reader.fail("slice_too_many", items[shape.size()].at,
                {{"found", said}, {"rank", std::ssize(shape)}});
  }
  std::vector<SliceSide> sides;
  const auto add_whole = [&](std::ptrdiff_t count) {
    for (; count > 0; --count) {
      const std::int64_t size = shape[sides.size()];
      if (size == 0) {
        reader.fail("slice_empty", 0, {{"size", size}});
      }
      sides.push_back({0, 1, size, false});
    }
  };
  bool expanded = false;
  for (const Item& item : items) {
    if (item.ellipsis && expanded) {
      reader.fail("slice_two_ellipses", item.at);
    }
    if (item.ellipsis) {
      expanded = true;
      add_whole(std::ssize(shape) - said);
    } else {
      sides.push_back(side_of(reader, item, shape[sides.size()]));
    }
  }
  add_whole(std::ssize(shape) - std::ssize(sides));
  return sides;
}

}  // namespace

Result<std::vector<SliceSide>> read_slice(std::string_view text,
                                          std::span<const std::int64_t> shape) {
  return as_result([&] { return sides_of(PlainText(text), shape); });
}

std::vector<std::int64_t> sliced_shape(std::span<const SliceSide> sides) {
  std::vector<std::int64_t> shape;
  for (const SliceSide& side : sides) {
    if (!side.dropped) {
      shape.push_back(side.count);
    }
  }
  return shape;
}

NpyArray sliced(const NpyArray& array, std::span<const SliceSide> sides) {
  const std::size_t rank = sides.size();
  std::vector<std::int64_t> strides(rank, 1);
  for (std::size_t d = rank; d-- > 1;) {
    strides[d - 1] = strides[d] * array.shape[d];
  }
  NpyArray part;
  part.shape = sliced_shape(sides);
  std::int64_t count = 1;
  std::int64_t at = 0;
  for (std::size_t d = 0; d < rank; ++d) {
    count *= sides[d].count;
    at += sides[d].start * strides[d];
  }
  part.values.reserve(static_cast<std::size_t>(count));
  std::vector<std::int64_t> index(rank, 0);
  for (std::int64_t i = 0; i < count; ++i) {
    part.values.push_back(array.values[static_cast<std::size_t>(at)]);
    for (std::size_t d = rank; d-- > 0;) {
      const std::int64_t pace = sides[d].step * strides[d];
      at += pace;
      if (++index[d] < sides[d].count) {
        break;
      }
      at -= pace * sides[d].count;
      index[d] = 0;
    }
  }
  return part;
}

}  // namespace convscope::imports
